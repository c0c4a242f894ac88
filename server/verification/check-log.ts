import { parseCheckpoint } from '../kernel/checkpoint.ts';
import { type ParsedNote, parseNote, signaturesBy } from '../kernel/signed-note.ts';
import { parseCustody } from '../packs/manifest/custody-lines.ts';
import { ed25519KeyBytes } from '../packs/manifest/public-key.ts';
import { parseTlogProof, sealingIncluded } from '../packs/manifest/tlog-proof.ts';
import { CUSTODY } from './check-custody.ts';
import type { JudgedSeal } from './check-seal.ts';
import type { PackContents } from './pack-contents.ts';
import type { CheckLogSignature } from './ports.ts';

const PROOF = 'seal/statement.tlog-proof';

/**
 * Checks that the custody log has the statement, and, by a key that the auditor brought, that the
 * log signed both checkpoints of the pack. Without the key nobody knows whose log it is.
 */
export async function checkLog(
  contents: PackContents,
  { statement, statementSha256 }: JudgedSeal,
  logKeyPem: string | undefined,
  checkSignature: CheckLogSignature,
): Promise<void> {
  const { find, skip } = contents;
  const proof = parseTlogProof(contents.text(PROOF) ?? '');
  const custody = parseCustody(contents.text(CUSTODY) ?? '');
  if (proof === null) find('log-proof-malformed', PROOF);
  else {
    const { pack, statement: logged } = proof.sealing;
    const same = statement === null || pack === statement.pack;
    if (!same || (statementSha256 !== null && logged !== statementSha256)) {
      find('log-proof-other-statement', PROOF);
    }
    if (!sealingIncluded(proof)) find('log-proof-not-included', PROOF);
    const origin = custody?.checkpoint.split('\n')[0] ?? proof.log.origin;
    if (origin !== proof.log.origin) find('log-proof-other-log', PROOF);
  }

  const key = logKeyPem === undefined ? null : ed25519KeyBytes(logKeyPem);
  if (logKeyPem === undefined) skip('logSignature');
  else if (key === null) find('log-key-unusable', null);
  else {
    await judge(PROOF, proof?.checkpoint, key, logKeyPem);
    await judge(CUSTODY, custody?.checkpoint, key, logKeyPem);
  }

  async function judge(path: string, note: string | undefined, key: Uint8Array, pem: string) {
    const parsed = parseNote(note ?? '');
    const origin = parsed === null ? undefined : parseCheckpoint(parsed.text)?.origin;
    if (parsed === null || origin === undefined) return find('log-checkpoint-malformed', path);
    const ours = signaturesBy(parsed, { name: origin, key });
    if (ours.length === 0) return find('log-other-key', path);
    for (const { signature } of ours) {
      const right = await checkSignature({ publicKeyPem: pem, bytes: textOf(parsed), signature });
      if (right === false) find('log-signature-wrong', path);
      if (right === null) skip('logSignature');
    }
  }
}

function textOf({ text }: ParsedNote): Uint8Array {
  return new TextEncoder().encode(text);
}
