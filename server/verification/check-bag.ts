import type { Sha256 } from '../kernel/digest.ts';
import { BAGIT_TXT, type BagInfo, parseBagInfo } from '../packs/manifest/bag-info.ts';
import { parseManifest } from '../packs/manifest/bag-manifest.ts';
import { SEAL_FILES, TAG_FILES, TAGMANIFEST } from '../packs/manifest/pack-files.ts';
import { comparePaths, isSealPath } from '../packs/manifest/pack-path.ts';
import type { Statement } from '../packs/manifest/statement.ts';
import { type PackContents, statusOf } from './pack-contents.ts';
import type { FileStatus, Report, StepId } from './report.ts';

/** What the lists of the bag say. */
export interface JudgedBag {
  /** Digests of the payload by path; null when the list cannot be read. */
  readonly payload: ReadonlyMap<string, Sha256> | null;
  readonly info: BagInfo | null;
  readonly files: Report['files'];
}

const SAID: Record<Exclude<FileStatus, 'OK'>, string> = {
  MISSING: 'The file is listed but missing.',
  CHANGED: 'The file is not what was listed.',
  EXTRA: 'The file is in no list.',
  UNREADABLE: 'The file cannot be read.',
};

/** Checks the chain statement → tagmanifest → manifest → bytes, and that nothing else is there. */
export function checkBag(contents: PackContents, statement: Statement | null): JudgedBag {
  const { find, files } = contents;
  if (statement !== null) {
    const tagmanifest = files.get(TAGMANIFEST)?.sha256 ?? null;
    if (statement.tagmanifestSha256 !== tagmanifest) {
      find('statement', TAGMANIFEST, 'The statement names another list of the bag’s files.');
    }
    if (contents.folder !== statement.pack) {
      find('statement', null, 'The statement is of another pack than the folder’s name.');
    }
  }
  const tags = listOf(TAGMANIFEST, 'tags');
  const payload = listOf('manifest-sha256.txt', 'payload');
  for (const path of TAG_FILES) {
    if (tags !== null && !tags.has(path))
      find('tags', path, 'The list of the bag’s files lacks it.');
  }
  for (const path of tags?.keys() ?? []) {
    if (path.startsWith('data/') || isSealPath(path) || path === TAGMANIFEST) {
      find('tags', path, 'The list of the bag’s files has what belongs in another one.');
    }
  }
  for (const path of payload?.keys() ?? []) {
    if (!path.startsWith('data/')) find('payload', path, 'The list of evidence has another file.');
  }

  const listed = new Map<string, Sha256>([...(tags ?? []), ...(payload ?? [])]);
  const standing = new Map<string, FileStatus>();
  for (const path of new Set([...listed.keys(), ...SEAL_FILES, TAGMANIFEST, ...files.keys()])) {
    const file = files.get(path);
    const digest = listed.get(path) ?? (isFixed(path) ? (file?.sha256 ?? null) : null);
    const fixedUnreadable = isFixed(path) && file !== undefined && file.sha256 === null;
    const status = fixedUnreadable ? 'UNREADABLE' : statusOf(file, digest);
    standing.set(path, status);
    if (status !== 'OK') find(stepOf(path, status), path, SAID[status]);
  }
  return {
    payload,
    info: checkInfo(),
    files: [...standing]
      .map(([path, status]) => ({ path, status }))
      .sort((a, b) => comparePaths(a.path, b.path)),
  };

  function listOf(path: string, step: 'tags' | 'payload'): ReadonlyMap<string, Sha256> | null {
    const text = contents.text(path);
    if (text === null) {
      find(step, path, 'The list is missing or cannot be read.');
      return null;
    }
    const parsed = parseManifest(text);
    if ('entries' in parsed) return new Map(parsed.entries.map((one) => [one.path, one.sha256]));
    for (const fault of parsed.faults) find(step, path, fault);
    return null;
  }

  function checkInfo(): BagInfo | null {
    if (contents.text('bagit.txt') !== BAGIT_TXT) {
      find('bag', 'bagit.txt', 'It is not the declaration of a BagIt 1.0 bag.');
    }
    const info = parseBagInfo(contents.text('bag-info.txt') ?? '');
    if (info === null) {
      find('bag', 'bag-info.txt', 'It is missing or not of its one form.');
      return null;
    }
    const evidence = [...files].filter(([path]) => path.startsWith('data/'));
    const bytes = evidence.reduce((sum, [, file]) => sum + file.sizeBytes, 0);
    if (info.payload.files !== evidence.length || info.payload.bytes !== bytes) {
      find('bag', 'bag-info.txt', 'The evidence has another number of files or bytes.');
    }
    if (info.id !== contents.folder) find('bag', 'bag-info.txt', 'It names another pack.');
    if (statement !== null && info.baggingDate !== statement.sealedAt.slice(0, 10)) {
      find('bag', 'bag-info.txt', 'It names another day than the statement.');
    }
    return info;
  }
}

/** Files that no list of the bag has, because they come after the lists. */
function isFixed(path: string): boolean {
  return path === TAGMANIFEST || SEAL_FILES.some((known) => known === path);
}

function stepOf(path: string, status: FileStatus): StepId {
  if (status === 'EXTRA') return 'closed';
  if (path.startsWith('data/')) return 'payload';
  return isSealPath(path) ? 'seal' : 'tags';
}
