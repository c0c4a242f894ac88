import type { Sha256 } from '../kernel/digest.ts';
import {
  commitmentLeaf,
  commitmentRoot,
  parseCommitments,
  parseOpenings,
} from '../packs/manifest/commitments.ts';
import type { PackDescription } from '../packs/manifest/pack-description.ts';
import type { Statement } from '../packs/manifest/statement.ts';
import { DESCRIPTION } from './check-description.ts';
import type { PackContents } from './pack-contents.ts';

const COMMITMENTS = 'evidence/commitments.txt';
const OPENINGS = 'evidence/openings.jsonl';

/** Checks the root of the commitments; returns them, or null when they cannot be read. */
export function checkCommitments(
  contents: PackContents,
  description: PackDescription | null,
  statement: Statement | null,
): ReadonlySet<Sha256> | null {
  const { find, skip } = contents;
  const leaves = parseCommitments(contents.text(COMMITMENTS) ?? '');
  if (leaves === null) {
    find('commitments-malformed', COMMITMENTS);
    skip('openings');
    skip('receipts');
    return null;
  }
  const root = commitmentRoot(leaves);
  if (statement === null) skip('commitments');
  else if (root !== statement.commitmentRoot) find('commitments-other-root', COMMITMENTS);
  const said = description?.commitments;
  if (said !== undefined && (said.root !== root || said.leaves !== leaves.length)) {
    find('commitments-description', DESCRIPTION);
  }
  return new Set(leaves);
}

/**
 * Checks that every exhibit is opened, once, and nothing else is.
 *
 * @returns the leaves that are opened.
 */
export function checkOpenings(
  contents: PackContents,
  description: PackDescription | null,
  leaves: ReadonlySet<Sha256> | null,
): ReadonlySet<Sha256> {
  const { find } = contents;
  const openings = parseOpenings(contents.text(OPENINGS) ?? 'none');
  if (openings === null) {
    find('openings-malformed', OPENINGS);
    return new Set();
  }
  const byLeaf = new Map(openings.map((opening) => [commitmentLeaf(opening), opening.item]));
  for (const leaf of byLeaf.keys()) {
    if (leaves !== null && !leaves.has(leaf)) find('opening-uncommitted', OPENINGS);
  }
  if (description === null) return new Set(byLeaf.keys());
  const claimed = new Set<Sha256>();
  for (const { path, leaf, sha256, bytes, role } of description.items) {
    if (leaf === undefined && role !== 'case' && role !== 'media') continue;
    const item = leaf === undefined ? undefined : byLeaf.get(leaf);
    if (item?.class !== 'exhibit' || item.sha256 !== sha256 || item.bytes !== bytes) {
      find('opening-missing', path);
    }
    if (leaf === undefined) continue;
    if (claimed.has(leaf)) find('opening-shared', path);
    claimed.add(leaf);
  }
  for (const leaf of byLeaf.keys()) {
    if (!claimed.has(leaf)) find('opening-foreign', OPENINGS);
  }
  return new Set(byLeaf.keys());
}
