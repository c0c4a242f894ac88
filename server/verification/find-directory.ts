import { LARGEST_DIRECTORY_BYTES } from '../packs/manifest/canonical-zip.ts';
import { VerificationError } from './errors.ts';
import type { FindingCode } from './findings.ts';
import type { PackBytes } from './ports.ts';
import { readRange, viewOf } from './read-range.ts';

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const ZIP64_LOCATOR_SIGNATURE = 0x07064b50;
const ZIP64_LOCATOR_BYTES = 20;
const ZIP64_END_SIGNATURE = 0x06064b50;
const ZIP64_END_BYTES = 56;
const LOCAL_SIGNATURE = 0x04034b50;
const MOST_32 = 0xffffffff;
/** An end record may stand so far from the end, for the longest comment there can be. */
const END_SEARCH_BYTES = END_BYTES + 0xffff;

/** Where a directory lies. */
export interface DirectoryPlace {
  readonly offset: number;
  readonly sizeBytes: number;
}

/**
 * Finds the central directory of an archive that may come from anybody, by its end record and, where
 * that says so, the ZIP64 records before it. All numbers are claims; only possible ones pass.
 *
 * @returns the place, or the finding that says why there is none.
 * @throws {VerificationError} `NOT_AN_ARCHIVE` when nothing of it looks like one.
 */
export async function findDirectory(pack: PackBytes): Promise<DirectoryPlace | FindingCode> {
  // At the very end, where a pack has it; only else farther up.
  let tail = await readTail(pack, ZIP64_LOCATOR_BYTES + END_BYTES);
  let endAt = lastEnd(tail);
  if (endAt === null) {
    tail = await readTail(pack, END_SEARCH_BYTES);
    endAt = lastEnd(tail);
  }
  if (endAt === null) {
    await refuseForeign(pack);
    return 'archive-end-missing';
  }
  const view = viewOf(tail);
  const plain = {
    sizeBytes: view.getUint32(endAt + 12, true),
    offset: view.getUint32(endAt + 16, true),
  };
  const end = pack.sizeBytes - tail.length + endAt;
  const locatorAt = endAt - ZIP64_LOCATOR_BYTES;
  const located = locatorAt >= 0 && view.getUint32(locatorAt, true) === ZIP64_LOCATOR_SIGNATURE;
  if (!located || (plain.offset !== MOST_32 && plain.sizeBytes !== MOST_32)) {
    return possible(plain, end, pack);
  }
  const recordAt = Number(view.getBigUint64(locatorAt + 8, true));
  if (recordAt + ZIP64_END_BYTES > end) return 'archive-directory-nowhere';
  const record = viewOf(await readRange(pack, recordAt, recordAt + ZIP64_END_BYTES));
  if (record.byteLength < ZIP64_END_BYTES || record.getUint32(0, true) !== ZIP64_END_SIGNATURE) {
    return 'archive-directory-nowhere';
  }
  const large = {
    sizeBytes: Number(record.getBigUint64(40, true)),
    offset: Number(record.getBigUint64(48, true)),
  };
  return possible(large, recordAt, pack);
}

/** A directory must end before its end record, and be short enough to be read. */
function possible(
  place: DirectoryPlace,
  limit: number,
  { sizeBytes }: PackBytes,
): DirectoryPlace | FindingCode {
  const fits = place.offset + place.sizeBytes <= limit;
  const short = sizeBytes - place.offset <= LARGEST_DIRECTORY_BYTES;
  return fits && short ? place : 'archive-directory-nowhere';
}

async function readTail(pack: PackBytes, length: number): Promise<Uint8Array> {
  const start = Math.max(0, pack.sizeBytes - length);
  const tail = await readRange(pack, start, pack.sizeBytes);
  if (tail.length === pack.sizeBytes - start) return tail;
  throw new Error('the archive ended before its end');
}

/** Where the last end record begins; null when there is none. */
function lastEnd(tail: Uint8Array): number | null {
  const view = viewOf(tail);
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (view.getUint32(at, true) === END_SIGNATURE) return at;
  }
  return null;
}

async function refuseForeign(pack: PackBytes): Promise<void> {
  const start = await readRange(pack, 0, Math.min(4, pack.sizeBytes));
  if (start.length === 4 && viewOf(start).getUint32(0, true) === LOCAL_SIGNATURE) return;
  throw new VerificationError(
    'NOT_AN_ARCHIVE',
    pack.sizeBytes === 0
      ? 'The file is empty. Ask for the pack again.'
      : 'The file is no ZIP archive, so it is no pack. Check that it is the right one.',
  );
}
