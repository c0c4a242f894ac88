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
  /** Of a signed letter: how it continues the letter; absent for all others. */
  readonly revision?: ReadRevision;
}

/** What follows the bytes of a letter in its signed form, and digests of the whole. */
export interface ReadRevision {
  /** Digest of as many bytes as the letter has. */
  readonly baseSha256: Sha256;
  readonly baseBytes: number;
  readonly bytes: Uint8Array;
  /** Digest of the letter and these parts of the revision. */
  digestWith(parts: readonly Uint8Array[]): Sha256;
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
  /** For a signed letter, how many bytes the letter has. */
  baseBytes?: number | undefined;
  digests: Digests;
  onBytes: (count: number) => void;
  signal?: AbortSignal | undefined;
}): Promise<{ file: ReadFile; faults: FindingCode[] }> {
  const { pack, entry, keep, baseBytes, digests, onBytes, signal } = deps;
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
    const revision = baseBytes === undefined ? null : startRevision(digests, baseBytes, sizeBytes);
    let crc32 = 0;
    let read = 0;
    for await (const part of pack.read(start, after)) {
      signal?.throwIfAborted();
      hash.update(part);
      crc32 = digests.crc32(part, crc32);
      bytes?.set(part, read);
      revision?.take(part);
      read += part.length;
      onBytes(part.length);
    }
    if (read !== sizeBytes) throw new Error('the archive ended within the file');
    const fits = equal(await readRange(pack, after, after + descriptor.length), descriptor);
    if (!fits || crc32 !== entry.crc32) faults.push('archive-checksum');
    const file = { sizeBytes, sha256: hash.digest(), bytes };
    return { file: revision === null ? file : { ...file, revision: revision.end() }, faults };
  } catch {
    signal?.throwIfAborted();
    return { file: unreadFile(sizeBytes), faults: [...faults, 'archive-entry-unreadable'] };
  }
}

/** Takes a signed letter apart while it is read: what the letter has, and what comes after it. */
function startRevision(digests: Digests, baseBytes: number, sizeBytes: number) {
  const base = digests.startSha256();
  const whole = digests.startSha256();
  const bytes = new Uint8Array(Math.max(0, sizeBytes - baseBytes));
  let read = 0;
  return {
    take(part: Uint8Array): void {
      const ofBase = part.subarray(0, Math.max(0, baseBytes - read));
      base.update(ofBase);
      whole.update(ofBase);
      const rest = part.subarray(ofBase.length);
      if (rest.length > 0) bytes.set(rest, read + ofBase.length - baseBytes);
      read += part.length;
    },
    end(): ReadRevision {
      return {
        baseSha256: base.digest(),
        baseBytes,
        bytes,
        digestWith(parts) {
          for (const part of parts) whole.update(part);
          return whole.digest();
        },
      };
    },
  };
}
