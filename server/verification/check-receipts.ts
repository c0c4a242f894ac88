import type { Sha256 } from '../kernel/digest.ts';
import type { PackDescription, PackItem } from '../packs/manifest/pack-description.ts';
import { isReceiptPath, parseReceipt, receiptPath } from '../packs/manifest/receipt.ts';
import type { PackContents } from './pack-contents.ts';

/** Checks that every redacted copy has its receipt, over a committed original that stays withheld. */
export function checkReceipts(
  contents: PackContents,
  description: PackDescription | null,
  commitments: { leaves: ReadonlySet<Sha256> | null; opened: ReadonlySet<Sha256> },
): void {
  const { find, files } = contents;
  if (description === null) return;
  const wanted = new Set<string>();
  for (const item of description.items) {
    if (item.role !== 'media') continue;
    const path = receiptPath(exhibitOf(item.path));
    if (wanted.has(path)) find('receipt-shared', item.path);
    wanted.add(path);
    if (files.has(path)) checkReceipt(path, item);
    else find('receipt-missing', item.path);
  }
  for (const path of files.keys()) {
    if (isReceiptPath(path) && !wanted.has(path)) find('receipt-foreign', path);
  }

  function checkReceipt(path: string, item: PackItem): void {
    const receipt = parseReceipt(contents.text(path) ?? '');
    if (receipt === null) {
      find('receipt-malformed', path);
      return;
    }
    const { output, inputCommitment } = receipt;
    const same = output.path === item.path && output.sha256 === item.sha256;
    if (!same || output.sizeBytes !== item.bytes) find('receipt-other-file', path);
    if (commitments.opened.has(inputCommitment)) find('receipt-opened', path);
    else if (commitments.leaves?.has(inputCommitment) === false) find('receipt-uncommitted', path);
  }
}

/** `data/media/V-01.mp4` is of the exhibit V-01. */
function exhibitOf(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.[^.]*$/, '');
}
