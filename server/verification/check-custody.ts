import { custodyIncluded, parseCustody } from '../packs/manifest/custody-lines.ts';
import type { PackDescription } from '../packs/manifest/pack-description.ts';
import { DESCRIPTION } from './check-description.ts';
import type { PackContents } from './pack-contents.ts';

/** Where the events lie. */
export const CUSTODY = 'evidence/custody.jsonl';

/** Checks that the pack's events are in the tree of the checkpoint that stands beside them. */
export function checkCustody(contents: PackContents, description: PackDescription | null): void {
  const { find } = contents;
  const custody = parseCustody(contents.text(CUSTODY) ?? '');
  if (custody === null) {
    find('custody-malformed', CUSTODY);
    return;
  }
  // Of no events, all are in the log: true and worthless. Making a pack is an event itself.
  if (custody.lines.length === 0) find('custody-empty', CUSTODY);
  if (!custodyIncluded(custody)) find('custody-not-included', CUSTODY);
  if (description !== null && description.custody.events !== custody.lines.length) {
    find('custody-description', DESCRIPTION);
  }
}
