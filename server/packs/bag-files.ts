import { type Sha256, sha256 } from '../kernel/digest.ts';
import { BAGIT_TXT, formatBagInfo } from './manifest/bag-info.ts';
import { formatManifest } from './manifest/bag-manifest.ts';
import {
  commitmentRoot,
  formatCommitments,
  formatOpenings,
  type Opening,
} from './manifest/commitments.ts';
import { formatCustody } from './manifest/custody-lines.ts';
import { formatPackDescription } from './manifest/pack-description.ts';
import { TAGMANIFEST } from './manifest/pack-files.ts';
import { comparePaths } from './manifest/pack-path.ts';
import { receiptPath } from './manifest/receipt.ts';
import type { PackDraft } from './pack-draft.ts';

/** A text file of the bag. */
export interface BagFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Every file of a bag but payload and seal, and the two digests that the statement needs. */
export interface BagFiles {
  readonly files: readonly BagFile[];
  readonly tagmanifestSha256: Sha256;
  readonly commitmentRoot: Sha256;
}

/**
 * Writes every file of a bag that follows from its draft: the same bytes whenever, wherever and how
 * often it is done.
 *
 * @param openings - of the disclosed items.
 * @param verifyFiles - what tells an auditor how to check, by path.
 */
export function bagFiles(
  draft: PackDraft,
  openings: readonly Opening[],
  verifyFiles: readonly BagFile[],
): BagFiles {
  const { id, sealedAt, sample, supersedes, generator, custody, commitments, decoys } = draft;
  const leaves = [...commitments.map(({ leaf }) => leaf), ...decoys];
  const root = commitmentRoot(leaves);
  const leafOf = new Map(commitments.map(({ path, leaf }) => [path, leaf]));
  const payload = [...draft.files].sort((a, b) => comparePaths(a.path, b.path));
  const description = formatPackDescription({
    version: 1,
    id,
    sealedAt,
    generator: { name: 'dalil', version: generator },
    sample,
    supersedes,
    items: payload.map(
      ({ path, sha256: digest, sizeBytes, mediaType, role, title, contentSha256 }) => {
        const leaf = leafOf.get(path);
        const content = contentSha256 === undefined ? {} : { contentSha256 };
        const item = { path, sha256: digest, bytes: sizeBytes, ...content, mediaType, role, title };
        return leaf === undefined ? item : { ...item, leaf };
      },
    ),
    withheld: { classes: ['original-media', 'source-case'], reason: draft.withheldReason },
    commitments: { leaves: leaves.length, root },
    custody: { events: custody.lines.length },
  });
  const bytes = payload.reduce((sum, file) => sum + file.sizeBytes, 0);
  const baggingDate = sealedAt.slice(0, 10);
  const tags: BagFile[] = [
    text(
      'bag-info.txt',
      formatBagInfo({ id, baggingDate, payload: { bytes, files: payload.length }, sample }),
    ),
    text('bagit.txt', BAGIT_TXT),
    text('evidence/commitments.txt', formatCommitments(leaves)),
    text('evidence/custody.jsonl', formatCustody(custody)),
    text('evidence/openings.jsonl', formatOpenings(openings)),
    text('evidence/pack.json', description),
    ...draft.receipts.map((receipt) => text(receiptPath(receipt.exhibit), receipt.text)),
    text('manifest-sha256.txt', formatManifest(payload)),
    ...verifyFiles,
  ];
  const tagmanifest = formatManifest(
    tags.map((file) => ({ path: file.path, sha256: sha256(file.bytes) })),
  );
  return {
    files: [...tags, text(TAGMANIFEST, tagmanifest)],
    tagmanifestSha256: sha256(tagmanifest),
    commitmentRoot: root,
  };
}

function text(path: string, content: string): BagFile {
  return { path, bytes: new TextEncoder().encode(content) };
}
