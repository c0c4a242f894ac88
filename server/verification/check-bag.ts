import type { Sha256 } from '../kernel/digest.ts';
import { BAGIT_TXT, type BagInfo, parseBagInfo } from '../packs/manifest/bag-info.ts';
import { parseManifest } from '../packs/manifest/bag-manifest.ts';
import { TAG_FILES, TAGMANIFEST } from '../packs/manifest/pack-files.ts';
import { isSealPath } from '../packs/manifest/pack-path.ts';
import { isReceiptPath } from '../packs/manifest/receipt.ts';
import type { Statement } from '../packs/manifest/statement.ts';
import type { PackContents } from './pack-contents.ts';

const DECLARATION = 'bagit.txt';
const INFO = 'bag-info.txt';
const MANIFEST = 'manifest-sha256.txt';

/** What the lists of the bag say; null where one cannot be read. */
export interface JudgedBag {
  /** Digests of the bag's own files by path. */
  readonly tags: ReadonlyMap<string, Sha256> | null;
  /** Digests of the payload by path. */
  readonly payload: ReadonlyMap<string, Sha256> | null;
  readonly info: BagInfo | null;
}

/** Checks the chain statement → tagmanifest → manifest, and what the bag says of itself. */
export function checkBag(contents: PackContents, statement: Statement | null): JudgedBag {
  const { find, files } = contents;
  if (statement !== null) {
    if (statement.tagmanifestSha256 !== (files.get(TAGMANIFEST)?.sha256 ?? null)) {
      find('statement-other-list', TAGMANIFEST);
    }
    if (contents.folder !== statement.pack) find('statement-other-pack', null);
  }
  const tags = listOf(TAGMANIFEST, 'tags');
  for (const path of tags === null ? [] : TAG_FILES) {
    if (!tags?.has(path)) find('tags-list-incomplete', path);
  }
  for (const path of tags?.keys() ?? []) {
    if (path.startsWith('data/') || isSealPath(path) || path === TAGMANIFEST) {
      find('tags-list-foreign', path);
    } else if (!TAG_FILES.some((known) => known === path) && !isReceiptPath(path)) {
      // Other tools obey other tag files: `fetch.txt` (RFC 8493, 2.2.3) would have them ask the net.
      find('tags-list-unknown', path);
    }
  }
  const payload = listOf(MANIFEST, 'payload');
  for (const path of payload?.keys() ?? []) {
    if (!path.startsWith('data/')) find('payload-list-foreign', path);
  }
  return { tags, payload, info: checkInfo() };

  function listOf(path: string, step: 'tags' | 'payload'): ReadonlyMap<string, Sha256> | null {
    const text = contents.text(path);
    if (text === null) {
      find(`${step}-list-missing`, path);
      return null;
    }
    const parsed = parseManifest(text);
    if ('entries' in parsed) return new Map(parsed.entries.map((one) => [one.path, one.sha256]));
    for (const fault of parsed.faults) find(`${step}-list-malformed`, path, fault);
    return null;
  }

  function checkInfo(): BagInfo | null {
    if (contents.text(DECLARATION) !== BAGIT_TXT) find('bag-declaration', DECLARATION);
    const info = parseBagInfo(contents.text(INFO) ?? '');
    if (info === null) {
      find('bag-info-malformed', INFO);
      return null;
    }
    const evidence = [...files].filter(([path]) => path.startsWith('data/'));
    const bytes = evidence.reduce((sum, [, file]) => sum + file.sizeBytes, 0);
    if (info.payload.files !== evidence.length || info.payload.bytes !== bytes) {
      find('bag-info-payload', INFO);
    }
    if (info.id !== contents.folder) find('bag-info-other-pack', INFO);
    if (statement !== null && info.baggingDate !== statement.sealedAt.slice(0, 10)) {
      find('bag-info-other-day', INFO);
    }
    return info;
  }
}
