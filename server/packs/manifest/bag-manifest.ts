import { isSha256, type Sha256 } from '../../kernel/digest.ts';
import { comparePaths, isPackPath } from './pack-path.ts';

/** A file and its digest. */
export interface ManifestEntry {
  readonly path: string;
  readonly sha256: Sha256;
}

/** What a manifest says, or what is wrong with it; one sentence each. */
export type ParsedManifest =
  | { readonly entries: readonly ManifestEntry[] }
  | { readonly faults: readonly string[] };

/**
 * The text of a manifest: lines of "hex␠␠path" sorted by path, as `sha256sum -c` reads them (RFC
 * 8493, section 2.1.3).
 *
 * @throws {RangeError} for a path that no pack may have, or one that stands twice.
 */
export function formatManifest(entries: readonly ManifestEntry[]): string {
  const sorted = [...entries].sort((a, b) => comparePaths(a.path, b.path));
  const text = sorted.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('');
  const parsed = parseManifest(text);
  if ('faults' in parsed) throw new RangeError(parsed.faults[0]);
  return text;
}

/** What is wrong with so many lines is told, and no more: there may be millions. */
const MOST_FAULTS = 1_000;

/** Reads a manifest that may come from anybody: exactly what {@link formatManifest} writes. */
export function parseManifest(text: string): ParsedManifest {
  if (!text.endsWith('\n')) return { faults: ['The manifest does not end with a line feed.'] };
  const entries: ManifestEntry[] = [];
  const faults: string[] = [];
  const seen = new Set<string>();
  let before = '';
  for (let start = 0, i = 0; start < text.length; i++) {
    if (faults.length === MOST_FAULTS) {
      faults.push('There are more lines in the manifest; they were not read.');
      break;
    }
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end);
    start = end + 1;
    const sha256 = line.slice(0, 64);
    const path = line.slice(66);
    const at = `Line ${i + 1} of the manifest`;
    if (!isSha256(sha256) || line.slice(64, 66) !== '  ' || !isPackPath(path)) {
      faults.push(`${at} is no digest, two spaces and a path.`);
      continue;
    }
    if (comparePaths(before, path) >= 0) faults.push(`${at} is not in the order of the paths.`);
    if (seen.has(path.toLowerCase())) faults.push(`${at} names a file that stands there already.`);
    seen.add(path.toLowerCase());
    before = path;
    entries.push({ path, sha256 });
  }
  return faults.length > 0 ? { faults } : { entries };
}
