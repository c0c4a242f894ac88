import type { Sha256 } from '../kernel/digest.ts';
import {
  baseOfSignedLetter,
  isOptionalSealPath,
  SEAL_FILES,
  TAGMANIFEST,
} from '../packs/manifest/pack-files.ts';
import { comparePaths, isSealPath } from '../packs/manifest/pack-path.ts';
import type { JudgedBag } from './check-bag.ts';
import type { JudgedSeal } from './check-seal.ts';
import { type PackContents, statusOf } from './pack-contents.ts';
import type { FileStatus, Report } from './report.ts';

const OUTCOME = { MISSING: 'missing', CHANGED: 'changed', UNREADABLE: 'unreadable' } as const;

/**
 * Holds every file against the digest that the chain gives it: payload and bag by their lists, the
 * list itself by the statement, the seal by its own list. What the chain does not reach is EXTRA.
 */
export function checkFiles(
  contents: PackContents,
  { tags, payload }: JudgedBag,
  seal: JudgedSeal,
): Report['files'] {
  const { find, files } = contents;
  const listed = new Map<string, Sha256>([...(tags ?? []), ...(payload ?? [])]);
  const more = [...(seal.listed?.keys() ?? [])].filter(isOptionalSealPath);
  const letters = [...(seal.listed?.keys() ?? [])].filter(
    (path) => baseOfSignedLetter(path) !== null,
  );
  const ofSeal = new Set<string>([...SEAL_FILES, ...letters]);
  const paths = new Set([...listed.keys(), ...more, ...ofSeal, TAGMANIFEST, ...files.keys()]);
  return [...paths].sort(comparePaths).map((path) => {
    const status = standing(path);
    if (status === 'EXTRA') find('file-extra', path);
    else if (status !== 'OK') find(`${listNameOf(path)}-file-${OUTCOME[status]}`, path);
    return { path, status };
  });

  function standing(path: string): FileStatus {
    const file = files.get(path);
    // Without the list above it, a file can be read or not, and no more.
    const own = file?.sha256 ?? null;
    if (path === TAGMANIFEST) return known(path, seal.statement?.tagmanifestSha256 ?? own);
    if (isOptionalSealPath(path)) return statusOf(file, seal.listed?.get(path) ?? null);
    if (!ofSeal.has(path)) return statusOf(file, listed.get(path) ?? null);
    if (path.startsWith('seal/manifest')) {
      const status = known(path, own);
      return status === 'OK' && seal.listRefuted ? 'CHANGED' : status;
    }
    return known(path, seal.listed?.get(path) ?? own);
  }

  /** The state of a file that every pack has, and so can never be extra. */
  function known(path: string, expected: Sha256 | null): FileStatus {
    const status = statusOf(files.get(path), expected);
    return status === 'EXTRA' ? 'UNREADABLE' : status;
  }
}

function listNameOf(path: string): 'payload' | 'seal' | 'tags' {
  if (path.startsWith('data/')) return 'payload';
  return isSealPath(path) ? 'seal' : 'tags';
}
