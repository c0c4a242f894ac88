import type { Sha256 } from '../kernel/digest.ts';
import {
  commitmentLeaf,
  commitmentRoot,
  parseCommitments,
  parseOpenings,
} from '../packs/manifest/commitments.ts';
import { custodyIncluded, parseCustody } from '../packs/manifest/custody-lines.ts';
import { type PackDescription, parsePackDescription } from '../packs/manifest/pack-description.ts';
import { parseReceipt, receiptPath } from '../packs/manifest/receipt.ts';
import type { Statement } from '../packs/manifest/statement.ts';
import type { JudgedBag } from './check-bag.ts';
import type { PackContents } from './pack-contents.ts';

const DESCRIPTION = 'evidence/pack.json';
const COMMITMENTS = 'evidence/commitments.txt';
const OPENINGS = 'evidence/openings.jsonl';
const CUSTODY = 'evidence/custody.jsonl';

/** Checks what the files under `evidence/` say of each other, of the payload and of the statement. */
export function checkEvidence(
  contents: PackContents,
  { payload, info }: JudgedBag,
  statement: Statement | null,
): void {
  const { find, files } = contents;
  const description = parsePackDescription(contents.text(DESCRIPTION) ?? '');
  if (description === null) {
    find('description', DESCRIPTION, 'The description is missing or not of its one form.');
  } else {
    checkDescription(description);
  }
  const leaves = checkCommitments(description);
  checkOpenings(description, leaves);
  checkReceipts(description, leaves);
  checkCustody(description);

  function checkDescription({ id, sealedAt, supersedes, sample, items }: PackDescription): void {
    if (id !== contents.folder) find('description', DESCRIPTION, 'It names another pack.');
    if (statement !== null && sealedAt !== statement.sealedAt) {
      find('description', DESCRIPTION, 'It names another time of sealing than the statement.');
    }
    if (statement !== null && supersedes !== statement.supersedes) {
      find('description', DESCRIPTION, 'It names another superseded pack than the statement.');
    }
    if (info !== null && info.sample !== sample) {
      find('description', DESCRIPTION, 'It and bag-info.txt differ on whether this is a sample.');
    }
    const described = new Map(items.map((item) => [item.path, item]));
    for (const path of payload?.keys() ?? []) {
      if (!described.has(path)) find('description', path, 'The description leaves the file out.');
    }
    for (const [path, item] of described) {
      const file = files.get(path);
      if (payload !== null && payload.get(path) !== item.sha256) {
        find('description', path, 'The description has another digest than the list of evidence.');
      } else if (file !== undefined && file.sizeBytes !== item.bytes) {
        find('description', path, 'The description has another size than the file.');
      }
    }
  }

  function checkCommitments(description: PackDescription | null): ReadonlySet<Sha256> | null {
    const leaves = parseCommitments(contents.text(COMMITMENTS) ?? '');
    if (leaves === null) {
      find('commitments', COMMITMENTS, 'The commitments are missing or not of their one form.');
      return null;
    }
    const root = commitmentRoot(leaves);
    if (statement !== null && root !== statement.commitmentRoot) {
      find('commitments', COMMITMENTS, 'Their root is not the one of the statement.');
    }
    const said = description?.commitments;
    if (said !== undefined && (said.root !== root || said.leaves !== leaves.length)) {
      find('commitments', DESCRIPTION, 'The description has another root or number of leaves.');
    }
    return new Set(leaves);
  }

  function checkOpenings(description: PackDescription | null, leaves: ReadonlySet<Sha256> | null) {
    const openings = parseOpenings(contents.text(OPENINGS) ?? '-');
    if (openings === null) {
      find('openings', OPENINGS, 'The openings are missing or not of their one form.');
      return;
    }
    const byLeaf = new Map(openings.map((opening) => [commitmentLeaf(opening), opening]));
    for (const leaf of byLeaf.keys()) {
      if (leaves !== null && !leaves.has(leaf)) {
        find('openings', OPENINGS, 'An opening fits none of the commitments.');
      }
    }
    if (description === null) return;
    const exhibits = description.items.filter(
      ({ role, leaf }) => role === 'case' || role === 'media' || leaf !== undefined,
    );
    for (const { path, leaf, sha256, bytes } of exhibits) {
      const item = leaf === undefined ? undefined : byLeaf.get(leaf)?.item;
      if (item?.class !== 'exhibit' || item.sha256 !== sha256 || item.bytes !== bytes) {
        find('openings', path, 'No opening fits the exhibit.');
      }
    }
    const opened = new Set(exhibits.map(({ leaf }) => leaf));
    for (const leaf of byLeaf.keys()) {
      if (!opened.has(leaf)) find('openings', OPENINGS, 'An opening belongs to no exhibit.');
    }
  }

  function checkReceipts(description: PackDescription | null, leaves: ReadonlySet<Sha256> | null) {
    const media = description?.items.filter(({ role }) => role === 'media') ?? [];
    const wanted = new Map(media.map((item) => [receiptPath(exhibitOf(item.path)), item]));
    for (const [path, item] of wanted) {
      const receipt = parseReceipt(contents.text(path) ?? '');
      if (receipt === null) {
        find('receipts', path, 'The receipt is missing, not of its form, or has a failed check.');
        continue;
      }
      const { output, inputCommitment } = receipt;
      const fits =
        output.path === item.path &&
        output.sha256 === item.sha256 &&
        output.sizeBytes === item.bytes;
      if (!fits) find('receipts', path, 'The receipt is of another file.');
      if (leaves !== null && !leaves.has(inputCommitment)) {
        find('receipts', path, 'The receipt’s original is not among the commitments.');
      }
    }
    for (const path of files.keys()) {
      if (description !== null && path.startsWith('evidence/receipts/') && !wanted.has(path)) {
        find('receipts', path, 'The receipt belongs to no file.');
      }
    }
  }

  function checkCustody(description: PackDescription | null): void {
    const custody = parseCustody(contents.text(CUSTODY) ?? '');
    if (custody === null) {
      find('custody', CUSTODY, 'The events are missing or not of their one form.');
      return;
    }
    if (!custodyIncluded(custody)) {
      find('custody', CUSTODY, 'An event is not in the log that the checkpoint names.');
    }
    if (description !== null && description.custody.events !== custody.lines.length) {
      find('custody', DESCRIPTION, 'The description has another number of events.');
    }
  }
}

/** `data/media/V-01.mp4` is of the exhibit V-01. */
function exhibitOf(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.[^.]*$/, '');
}
