import type { Sha256 } from '../kernel/digest.ts';
import { dataDescriptor, localHeader } from '../packs/manifest/canonical-zip.ts';
import { compareEntries, isPackPath, PACK_ID } from '../packs/manifest/pack-path.ts';
import type { Digests, PackBytes } from './ports.ts';
import { type Directory, type DirectoryEntry, equal, readRange } from './read-directory.ts';

/** A file of the pack as it was read. */
export interface ReadFile {
  readonly sizeBytes: number;
  /** Null when it could not be read. */
  readonly sha256: Sha256 | null;
  /** Its bytes, of the files that are judged by what they say; null for all others. */
  readonly bytes: Uint8Array | null;
}

/** Every file of the pack, and what is wrong with the archive as such. */
export interface ReadFiles {
  /** Name of the top folder; null when there is not exactly one. */
  readonly folder: string | null;
  /** By path inside the top folder, or by the whole name of what lies outside of it. */
  readonly files: ReadonlyMap<string, ReadFile>;
  readonly faults: ReadonlyArray<{ readonly path: string | null; readonly message: string }>;
}

/** Files that are judged by what they say are kept in memory, up to so much together. */
const KEPT_BYTES = 96 * 1_048_576;
const TEXTS = /^(?!data\/)/;

/**
 * Reads every file of an archive once, in its order, hashing as it goes. Memory does not grow with
 * the payload. Headers and descriptors are made anew and compared, and every byte of the archive has
 * to belong to one of them or to a file.
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
  const faults: Array<{ path: string | null; message: string }> = directory.faults.map(
    (message) => ({ path: null, message }),
  );
  const folder = topFolder(entries);
  if (folder === null && entries.length > 0) {
    faults.push({
      path: null,
      message: 'The files do not lie in one folder named by a pack’s id.',
    });
  }
  const files = new Map<string, ReadFile>();
  const lower = new Set<string>();
  let before: string | null = null;
  let end = 0;
  let kept = 0;
  for (const entry of entries) {
    const path = pathOf(entry.name, folder);
    const fault = (message: string) => faults.push({ path, message });
    if (!isPackPath(path)) fault('No file of a pack may have such a name.');
    if (lower.has(path.toLowerCase())) fault('The archive has two files of this name.');
    if (before !== null && compareEntries(before, path) >= 0) fault('The file is out of order.');
    lower.add(path.toLowerCase());
    before = path;
    const last = entry.offset + localHeader(entry.name).length + entry.sizeBytes;
    if (entry.offset !== end) fault('Bytes lie between the files, or files lie over each other.');
    // Over each other, a small archive could be read for ever; beyond the directory there is nothing.
    if (!entry.stored || entry.offset < end || last > directory.offset) {
      fault(
        entry.stored ? 'The file lies where none can.' : 'The file is compressed or encrypted.',
      );
      files.set(path, { sizeBytes: entry.sizeBytes, sha256: null, bytes: null });
      continue;
    }
    const keep = TEXTS.test(path) && kept + entry.sizeBytes <= KEPT_BYTES;
    if (keep) kept += entry.sizeBytes;
    const read = await readEntry({ pack, entry, keep, digests, onBytes });
    signal?.throwIfAborted();
    for (const message of read.faults) fault(message);
    // Of two files of one name neither may pass for the other.
    const again = files.has(path);
    files.set(path, again ? { sizeBytes: entry.sizeBytes, sha256: null, bytes: null } : read.file);
    end = last + dataDescriptor(entry).length;
  }
  if (end !== directory.offset && entries.length > 0) {
    faults.push({ path: null, message: 'Bytes lie between the last file and the directory.' });
  }
  return { folder, files, faults };
}

async function readEntry(deps: {
  pack: PackBytes;
  entry: DirectoryEntry;
  keep: boolean;
  digests: Digests;
  onBytes: (count: number) => void;
}): Promise<{ file: ReadFile; faults: string[] }> {
  const { pack, entry, keep, digests, onBytes } = deps;
  const { name, offset, sizeBytes } = entry;
  const faults: string[] = [];
  const header = localHeader(name);
  const start = offset + header.length;
  const descriptor = dataDescriptor(entry);
  try {
    if (!equal(await readRange(pack, offset, start), header)) {
      faults.push('The header before the file is not the one that a pack may have.');
    }
    const hash = digests.startSha256();
    const parts: Uint8Array[] = [];
    let crc32 = 0;
    let read = 0;
    for await (const part of pack.read(start, start + sizeBytes)) {
      hash.update(part);
      crc32 = digests.crc32(part, crc32);
      read += part.length;
      onBytes(part.length);
      if (keep) parts.push(part.slice());
    }
    if (read !== sizeBytes) throw new Error('the archive ended within the file');
    const after = start + sizeBytes;
    const fits = equal(await readRange(pack, after, after + descriptor.length), descriptor);
    if (!fits || crc32 !== entry.crc32) {
      faults.push('The checksum after the file, or in the directory, does not fit its bytes.');
    }
    const bytes = keep ? joined(parts, sizeBytes) : null;
    return { file: { sizeBytes, sha256: hash.digest(), bytes }, faults };
  } catch {
    faults.push('The file cannot be read.');
    return { file: { sizeBytes, sha256: null, bytes: null }, faults };
  }
}

/** The one folder that all entries lie in, named by a pack's id; null when there is none. */
function topFolder(entries: readonly DirectoryEntry[]): string | null {
  const first = entries[0]?.name.split('/')[0] ?? '';
  return PACK_ID.test(first) && entries.every(({ name }) => name.startsWith(`${first}/`))
    ? first
    : null;
}

function pathOf(name: string, folder: string | null): string {
  return folder === null ? name : name.slice(folder.length + 1);
}

function joined(parts: readonly Uint8Array[], sizeBytes: number): Uint8Array {
  const bytes = new Uint8Array(sizeBytes);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
