import type { Sha256 } from '../kernel/digest.ts';
import { commitmentLeaf, parseCommitments, parseOpenings } from '../packs/manifest/commitments.ts';
import { parseReceipt, receiptPath } from '../packs/manifest/receipt.ts';
import { VerificationError } from './errors.ts';
import type { PackContents } from './pack-contents.ts';
import type { JudgedOpening } from './report.ts';

/**
 * Judges openings that were given to an auditor beside the pack: whether the pack committed to what
 * they name. A false one says nothing against the pack.
 *
 * @param text - lines as `dalil open` writes them.
 * @param sound - whether the commitments are those that were signed; else nothing can be judged.
 * @throws {VerificationError} `OPENING_UNREADABLE` when it holds anything else, or nothing.
 */
export function judgeOpenings(
  text: string,
  contents: PackContents,
  sound: boolean,
): readonly JudgedOpening[] {
  const openings = parseOpenings(text.replaceAll('\r\n', '\n').replace(/\n*$/, '\n'));
  if (openings === null || openings.length === 0) throw unreadable();
  const leaves = new Set(parseCommitments(contents.text('evidence/commitments.txt') ?? ''));
  const copies = copiesByOriginal(contents);
  return openings.map((opening): JudgedOpening => {
    const { item } = opening;
    const leaf = commitmentLeaf(opening);
    const committed = leaves.has(leaf) ? 'COMMITTED' : 'NOT COMMITTED';
    return {
      leaf,
      class: item.class,
      sha256: item.sha256,
      bytes: item.bytes,
      result: sound ? committed : 'NOT CHECKED',
      copies: copies.get(leaf) ?? [],
    };
  });
}

/** Which copies in the pack were made from a committed original, as their receipts say. */
function copiesByOriginal({ files, text }: PackContents): ReadonlyMap<Sha256, string[]> {
  const copies = new Map<Sha256, string[]>();
  for (const path of files.keys()) {
    const exhibit = /^data\/media\/([^/]+)\.[^/.]+$/.exec(path)?.[1];
    const receipt = exhibit === undefined ? null : parseReceipt(text(receiptPath(exhibit)) ?? '');
    if (receipt === null) continue;
    const { inputCommitment } = receipt;
    copies.set(inputCommitment, [...(copies.get(inputCommitment) ?? []), path]);
  }
  return copies;
}

function unreadable(): VerificationError {
  return new VerificationError(
    'OPENING_UNREADABLE',
    'The file is no opening: it must hold the one line that was given for an item, unchanged. Ask for it again.',
  );
}
