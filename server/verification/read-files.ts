import { dataDescriptor, localHeader } from '../packs/manifest/canonical-zip.ts';
import { baseOfSignedLetter } from '../packs/manifest/pack-files.ts';
import { compareEntries, isPackPath, PACK_ID } from '../packs/manifest/pack-path.ts';
import { type Finding, type FindingCode, finding } from './findings.ts';
import type { Digests, PackBytes } from './ports.ts';
import type { Directory, DirectoryEntry } from './read-directory.ts';
import { type ReadFile, readEntry, unreadFile } from './read-entry.ts';

/** Every file of the pack, and what is wrong with the archive as such. */
export interface ReadFiles {
  /** Name of the top folder; null when there is none that a pack could have. */
  readonly folder: string | null;
  /** By path inside the top folder; what lies outside of it begins with `../`. */
  readonly files: ReadonlyMap<string, ReadFile>;
  readonly findings: readonly Finding[];
}

/** More than a signature with certificates and a time stamp takes. */
const LONGEST_REVISION_BYTES = 1_048_576;

/** Files that are judged by what they say are kept in memory, up to so much together. */
const KEPT_BYTES = 64 * 1_048_576;

/**
 * Reads every file of an archive once, in its order. Memory does not grow with the payload. Every
 * byte of the archive has to belong to a file, or to a header that follows from one.
 *
 * @throws the reason of `signal` when it was aborted.
 */
export async function readFiles(deps: {
  pack: PackBytes;
  directory: Directory;
  digests: Digests;
  onBytes: (count: number) => void;
  signal?: AbortSignal | undefined;
}): Promise<ReadFiles> {
  const { pack, directory, digests, onBytes, signal } = deps;
  const { entries } = directory;
  const findings: Finding[] = directory.faults.map((code) => finding(code, null));
  const folder = topFolder(entries);
  if (entries.length === 0) {
    if (findings.length === 0) findings.push(finding('archive-empty', null));
  } else if (folder === null) findings.push(finding('archive-folder', null));
  const files = new Map<string, ReadFile>();
  const names = new Set<string>();
  let before = '';
  let end = 0;
  let kept = 0;
  for (const entry of entries) {
    signal?.throwIfAborted();
    const outside = !entry.name.startsWith(`${folder}/`);
    const path = outside ? `../${entry.name}` : entry.name.slice(`${folder}/`.length);
    const fault = (code: FindingCode) => findings.push(finding(code, path));
    for (const code of entry.faults) fault(code);
    if (outside && folder !== null) fault('archive-outside');
    if (!outside && !isPackPath(path)) fault('archive-name');
    if (names.has(path.toLowerCase())) fault('archive-name-twice');
    if (!outside && compareEntries(before, path) > 0) fault('archive-order');
    if (entry.offset !== end) fault('archive-gap');
    names.add(path.toLowerCase());
    if (!outside) before = path;

    const obstacle = obstacleTo(entry, end, directory.offset);
    if (obstacle !== null) {
      fault(obstacle);
      files.set(path, unreadFile(entry.sizeBytes));
      continue;
    }
    const letter = baseOfSignedLetter(path);
    const judged = !path.startsWith('data/') && letter === null;
    const baseBytes = letter === null ? undefined : baseSize(files.get(letter), entry.sizeBytes);
    if (baseBytes === null) fault('archive-entry-too-large');
    const keep = judged && kept + entry.sizeBytes <= KEPT_BYTES;
    if (judged && !keep) fault('archive-entry-too-large');
    if (keep) kept += entry.sizeBytes;
    const read = await readEntry({
      pack,
      entry,
      keep,
      baseBytes: baseBytes ?? undefined,
      digests,
      onBytes,
      signal,
    });
    for (const code of read.faults) fault(code);
    // Of two files of one name neither may pass for the other.
    files.set(path, files.has(path) ? unreadFile(entry.sizeBytes) : read.file);
    end = endOf(entry) + dataDescriptor(entry).length;
  }
  if (end !== directory.offset && entries.length > 0) findings.push(finding('archive-gap', null));
  return { folder, files, findings };
}

/**
 * How many bytes of a signed letter are the letter's; undefined when there is no letter that it could
 * continue, null when it is longer than any revision makes it.
 */
function baseSize(letter: ReadFile | undefined, sizeBytes: number): number | undefined | null {
  if (letter === undefined || letter.sizeBytes > sizeBytes) return undefined;
  return sizeBytes - letter.sizeBytes > LONGEST_REVISION_BYTES ? null : letter.sizeBytes;
}

/**
 * Why an entry is not read at all. Over each other, the entries of a small archive could be read for
 * ever; beyond the directory there is nothing.
 */
function obstacleTo(entry: DirectoryEntry, from: number, to: number): FindingCode | null {
  if (!entry.stored) return 'archive-entry-packed';
  return entry.offset < from || endOf(entry) > to ? 'archive-entry-nowhere' : null;
}

/** Where the bytes of an entry end. */
function endOf({ name, offset, sizeBytes }: DirectoryEntry): number {
  return offset + localHeader(name).length + sizeBytes;
}

/** The folder named by a pack's id that most entries lie in; null when there is none. */
function topFolder(entries: readonly DirectoryEntry[]): string | null {
  const counts = new Map<string, number>();
  for (const { name } of entries) {
    const top = name.slice(0, Math.max(0, name.indexOf('/')));
    if (PACK_ID.test(top)) counts.set(top, (counts.get(top) ?? 0) + 1);
  }
  return (
    [...counts].reduce<[string, number] | null>(
      (most, one) => (most === null || one[1] > most[1] ? one : most),
      null,
    )?.[0] ?? null
  );
}
