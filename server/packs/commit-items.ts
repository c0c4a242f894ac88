import { toHex } from '../kernel/digest.ts';
import type { RandomBytes } from '../kernel/ids.ts';
import { type CommittedItem, commitmentLeaf, SALT_BYTES } from './manifest/commitments.ts';
import type { PackCommitment, SaltedItem } from './pack-draft.ts';

/** A thing to commit to; `source` names it for us alone. */
export interface ItemToCommit {
  readonly source: string;
  readonly item: CommittedItem;
  /** Path of the file that it is; null when it is withheld. */
  readonly path: string | null;
}

/** Draws a salt for every item and hides it in a leaf. */
export function commitItems(
  items: readonly ItemToCommit[],
  random: RandomBytes,
): { salted: SaltedItem[]; commitments: PackCommitment[] } {
  const salted = items.map(
    ({ source, item, path }): SaltedItem => ({
      source,
      item,
      path,
      salt: toHex(random(SALT_BYTES)),
    }),
  );
  return {
    salted,
    commitments: salted.map((one) => ({
      leaf: commitmentLeaf(one),
      source: one.source,
      path: one.path,
    })),
  };
}
