import {
  type PackDescription,
  type PackItem,
  parsePackDescription,
} from '../packs/manifest/pack-description.ts';
import type { Statement } from '../packs/manifest/statement.ts';
import type { JudgedBag } from './check-bag.ts';
import type { PackContents } from './pack-contents.ts';

/** Where the description lies. */
export const DESCRIPTION = 'evidence/pack.json';

/** Where files of a role lie. Else a copy could pass for an annex, and would need no receipt. */
const PLACES: Record<PackItem['role'], RegExp> = {
  letter: /^data\/letter\/[^/]+\.pdf$/,
  annex: /^data\/annex\/[^/]+\.pdf$/,
  case: /^data\/cases\/[^/]+\.json$/,
  statistics: /^data\/statistics\/[^/]+\.csv$/,
  media: /^data\/media\/[^/]+\.(?:mp4|jpg|png|webp)$/,
};

/** Checks that the description says what statement, lists and files say; null when it is none. */
export function checkDescription(
  contents: PackContents,
  { payload, info }: JudgedBag,
  statement: Statement | null,
): PackDescription | null {
  const { find, skip, files } = contents;
  const description = parsePackDescription(contents.text(DESCRIPTION) ?? '');
  if (description === null) {
    find('description-malformed', DESCRIPTION);
    // What hangs on it cannot be judged, and must not pass for judged.
    skip('openings');
    skip('receipts');
    return null;
  }
  const { id, sealedAt, supersedes, sample, items } = description;
  if (id !== contents.folder) find('description-other-pack', DESCRIPTION);
  if (statement !== null && sealedAt !== statement.sealedAt) {
    find('description-other-time', DESCRIPTION);
  }
  if (statement !== null && supersedes !== statement.supersedes) {
    find('description-other-superseded', DESCRIPTION);
  }
  if (info !== null && info.sample !== sample) find('description-sample', DESCRIPTION);
  const described = new Set(items.map(({ path }) => path));
  for (const path of payload?.keys() ?? []) {
    if (!described.has(path)) find('description-item-left-out', path);
  }
  for (const { path, sha256, bytes, role } of items) {
    if (payload !== null && payload.get(path) !== sha256) find('description-item-digest', path);
    if ((files.get(path)?.sizeBytes ?? bytes) !== bytes) find('description-item-size', path);
    if (!PLACES[role].test(path)) find('description-item-place', path);
  }
  return description;
}
