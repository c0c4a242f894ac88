import type { Sha256 } from '../kernel/digest.ts';
import { dataDescriptor, localHeader } from '../packs/manifest/canonical-zip.ts';
import type { FindingCode } from './findings.ts';
import type { Digests, PackBytes } from './ports.ts';
import type { DirectoryEntry } from './read-directory.ts';
import { equal, readRange } from './read-range.ts';

/** A file of the pack as it was read. */
export interface ReadFile {
  readonly sizeBytes: number;
  /** Null when it could not be read. */
  readonly sha256: Sha256 | null;
  /** Its bytes, of the files that are judged by what they say; null for all others. */
  readonly bytes: Uint8Array | null;
}

/** A file of which nothing can be said but that it is there. */
export function unreadFile(sizeBytes: number): ReadFile {
  return { sizeBytes, sha256: null, bytes: null };
}

/**
 * Reads one stored entry, once: digest and checksum are taken in the same pass, header and descriptor
 * made anew and compared. What cannot be read is a finding; only an abort is thrown.
 */
export async function readEntry(deps: {
  pack: PackBytes;
  entry: DirectoryEntry;
  /** Whether its bytes are wanted, not only their digest. */
  keep: boolean;
  digests: Digests;
  onBytes: (count: number) => void;
  signal?: AbortSignal | undefined;
}): Promise<{ file: ReadFile; faults: FindingCode[] }> {
  const { pack, entry, keep, digests, onBytes, signal } = deps;
  const { name, offset, sizeBytes } = entry;
  const faults: FindingCode[] = [];
  const header = localHeader(name);
  const start = offset + header.length;
  const after = start + sizeBytes;
  const descriptor = dataDescriptor(entry);
  try {
    if (!equal(await readRange(pack, offset, start), header)) faults.push('archive-header');
    const hash = digests.startSha256();
    const bytes = keep ? new Uint8Array(sizeBytes) : null;
    let crc32 = 0;
    let read = 0;
    for await (const part of pack.read(start, after)) {
      signal?.throwIfAborted();
      hash.update(part);
      crc32 = digests.crc32(part, crc32);
      bytes?.set(part, read);
      read += part.length;
      onBytes(part.length);
    }
    if (read !== sizeBytes) throw new Error('the archive ended within the file');
    const fits = equal(await readRange(pack, after, after + descriptor.length), descriptor);
    if (!fits || crc32 !== entry.crc32) faults.push('archive-checksum');
    return { file: { sizeBytes, sha256: hash.digest(), bytes }, faults };
  } catch {
    signal?.throwIfAborted();
    return { file: unreadFile(sizeBytes), faults: [...faults, 'archive-entry-unreadable'] };
  }
}
