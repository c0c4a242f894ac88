import { canonicalDirectory, type ZipEntry } from '../packs/manifest/canonical-zip.ts';
import { VerificationError } from './errors.ts';
import type { PackBytes } from './ports.ts';

/** An entry of the archive as its directory tells it. */
export interface DirectoryEntry extends ZipEntry {
  /** False when it is compressed, encrypted or otherwise not stored as it is. */
  readonly stored: boolean;
}

/** The central directory of an archive. */
export interface Directory {
  readonly entries: readonly DirectoryEntry[];
  /** Where it begins, and so where the last entry must have ended. */
  readonly offset: number;
  /** What is not canonical in it; one sentence each. */
  readonly faults: readonly string[];
}

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const ZIP64_LOCATOR_SIGNATURE = 0x07064b50;
const ZIP64_LOCATOR_BYTES = 20;
const ZIP64_END_SIGNATURE = 0x06064b50;
const ZIP64_END_BYTES = 56;
const CENTRAL_SIGNATURE = 0x02014b50;
const CENTRAL_BYTES = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const MOST_32 = 0xffffffff;
/** An end record may stand so far from the end, for the longest comment there can be. */
const END_SEARCH_BYTES = END_BYTES + 0xffff;
/** Room for a hundred thousand files with long names; more is no pack. */
const LARGEST_DIRECTORY_BYTES = 32 * 1_048_576;

/**
 * Reads the directory of an archive that may come from anybody. Whatever is odd becomes a fault; as
 * much as can be understood is returned, so that everything else can still be judged.
 *
 * @throws {VerificationError} `NOT_AN_ARCHIVE` when nothing of it looks like one.
 */
export async function readDirectory(pack: PackBytes): Promise<Directory> {
  const tail = await readRange(
    pack,
    Math.max(0, pack.sizeBytes - END_SEARCH_BYTES),
    pack.sizeBytes,
  );
  const endAt = findEnd(tail);
  if (endAt === null) {
    await refuseForeign(pack);
    const faults = ['The archive has no end: it was cut off, or its end was changed.'];
    return { entries: [], offset: pack.sizeBytes, faults };
  }
  const end = pack.sizeBytes - tail.length + endAt;
  const place = await placeOf(pack, tail, endAt, end);
  if (place === null || pack.sizeBytes - place.offset > LARGEST_DIRECTORY_BYTES) {
    const faults = ['The end of the archive points to no directory that could be one.'];
    return { entries: [], offset: pack.sizeBytes, faults };
  }
  const bytes = await readRange(pack, place.offset, place.offset + place.sizeBytes);
  const { entries, faults } = parseEntries(bytes);
  // Made anew from what it says and compared as a whole: no byte of it is without meaning.
  const written = await readRange(pack, place.offset, pack.sizeBytes);
  if (!equal(written, canonicalDirectory(entries, place.offset))) {
    faults.push('The directory of the archive is not written in the one way a pack may have.');
  }
  return { entries, offset: place.offset, faults };
}

/** The bytes [start, end) as one piece: for small parts only. */
export async function readRange(pack: PackBytes, start: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - start);
  let at = 0;
  for await (const part of pack.read(start, end)) {
    bytes.set(part.subarray(0, bytes.length - at), at);
    at += part.length;
  }
  return at >= bytes.length ? bytes : bytes.subarray(0, at);
}

/** Where the last end record begins; null when there is none. */
function findEnd(tail: Uint8Array): number | null {
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

/** Where the directory lies, within the bytes before its end record; null when nowhere. */
async function placeOf(pack: PackBytes, tail: Uint8Array, endAt: number, end: number) {
  const view = viewOf(tail);
  let sizeBytes = view.getUint32(endAt + 12, true);
  let offset = view.getUint32(endAt + 16, true);
  let limit = end;
  if (offset === MOST_32 || sizeBytes === MOST_32) {
    const locatorAt = endAt - ZIP64_LOCATOR_BYTES;
    if (locatorAt < 0 || view.getUint32(locatorAt, true) !== ZIP64_LOCATOR_SIGNATURE) return null;
    limit = Number(view.getBigUint64(locatorAt + 8, true));
    if (!(limit + ZIP64_END_BYTES <= end)) return null;
    const record = await readRange(pack, limit, limit + ZIP64_END_BYTES);
    if (viewOf(record).getUint32(0, true) !== ZIP64_END_SIGNATURE) return null;
    sizeBytes = Number(viewOf(record).getBigUint64(40, true));
    offset = Number(viewOf(record).getBigUint64(48, true));
  }
  return offset + sizeBytes <= limit ? { offset, sizeBytes } : null;
}

function parseEntries(bytes: Uint8Array): { entries: DirectoryEntry[]; faults: string[] } {
  const view = viewOf(bytes);
  const entries: DirectoryEntry[] = [];
  let at = 0;
  while (at + CENTRAL_BYTES <= bytes.length && view.getUint32(at, true) === CENTRAL_SIGNATURE) {
    const flags = view.getUint16(at + 8, true);
    const method = view.getUint16(at + 10, true);
    const nameBytes = view.getUint16(at + 28, true);
    const extraBytes = view.getUint16(at + 30, true);
    const commentBytes = view.getUint16(at + 32, true);
    const next = at + CENTRAL_BYTES + nameBytes + extraBytes + commentBytes;
    if (next > bytes.length) break;
    const name = latin(bytes.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameBytes));
    const sizes = sizesOf(view, at, at + CENTRAL_BYTES + nameBytes, extraBytes);
    entries.push({
      name,
      crc32: view.getUint32(at + 16, true),
      sizeBytes: sizes.plain,
      offset: sizes.offset,
      stored: method === 0 && (flags & 1) === 0 && sizes.packed === sizes.plain,
    });
    at = next;
  }
  const faults = at === bytes.length ? [] : ['The directory of the archive is damaged.'];
  return { entries, faults };
}

/** Sizes and place of an entry, from its ZIP64 field where it has one. */
function sizesOf(view: DataView, header: number, extra: number, extraBytes: number) {
  const packed = view.getUint32(header + 20, true);
  const plain = view.getUint32(header + 24, true);
  const offset = view.getUint32(header + 42, true);
  if (plain !== MOST_32 || extraBytes < 28 || view.getUint16(extra, true) !== 1) {
    return { packed, plain, offset };
  }
  return {
    plain: Number(view.getBigUint64(extra + 4, true)),
    packed: Number(view.getBigUint64(extra + 12, true)),
    offset: Number(view.getBigUint64(extra + 20, true)),
  };
}

function latin(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Whether two pieces are the same bytes. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
