import type { Sha256 } from '../kernel/digest.ts';
import { formatTlogProof } from './manifest/tlog-proof.ts';
import type { PackCustody } from './ports.ts';

/**
 * Records in the custody log that a statement was sealed, and which one it replaces, and proves that
 * the log has it.
 *
 * The event tells a reader of the log nothing of the pack: what the commitment stands for goes into
 * the proof, which lies in the pack.
 *
 * @returns the text of `seal/statement.tlog-proof`.
 */
export async function recordSealing(
  { pack, statement, supersedes }: { pack: string; statement: Sha256; supersedes: Sha256 | null },
  custody: PackCustody,
): Promise<string> {
  const about = { pack, statement };
  const { index } = await custody.record({ kind: 'sealed', role: 'system', detail: about });
  if (supersedes !== null) {
    const replaced = { pack, statement, superseded: supersedes };
    await custody.record({ kind: 'superseded', role: 'system', detail: replaced });
  }
  const { checkpoint, entries } = await custody.excerpt([index]);
  const { salt, detail } = await custody.opening(index);
  return formatTlogProof({
    sealing: { salt: salt as Sha256, at: detail.at, pack, statement },
    index,
    proof: entries[0]!.proof.map((hash) => hash as Sha256),
    checkpoint,
  });
}
