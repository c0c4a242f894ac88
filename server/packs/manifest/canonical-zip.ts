// The one form of archive that a pack may have (APPNOTE 6.3.10): stored, streamed entries dated
// 1980-01-01 00:00 with mode 0644 and nothing besides. A verifier makes every header anew from names
// and contents and compares, so nothing can hide between the files.

/** An entry of the archive, with its name inside the top folder. */
export interface ZipEntry {
  readonly name: string;
  readonly sizeBytes: number;
  readonly crc32: number;
  /** Where its local header begins. */
  readonly offset: number;
}

const VERSION_STREAMED = 20;
const VERSION_ZIP64 = 45;
/** Made by a Unix system, with the version that knows ZIP64. */
const MADE_BY = (3 << 8) | 45;
const FLAGS_STREAMED = 8;
/** 1980-01-01 00:00, the first moment there is. */
const DOS_TIME = 0;
const DOS_DATE = 0x21;
/** A regular file of mode 0644, archived. */
const ATTRIBUTES = ((0o100644 << 16) | 0x20) >>> 0;
const MOST_32 = 0xffffffff;
const MOST_16 = 0xffff;

const LOCAL_HEADER_BYTES = 30;
const CENTRAL_HEADER_BYTES = 46;
const END_BYTES = 22;
const ZIP64_END_BYTES = 56;
const ZIP64_LOCATOR_BYTES = 20;
const ZIP64_EXTRA_BYTES = 28;

/** Writes little-endian numbers one after the other. */
function writer(length: number) {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const put = {
    u16(value: number) {
      view.setUint16(at, value, true);
      at += 2;
      return put;
    },
    u32(value: number) {
      view.setUint32(at, value, true);
      at += 4;
      return put;
    },
    u64(value: number) {
      view.setBigUint64(at, BigInt(value), true);
      at += 8;
      return put;
    },
    text(value: string) {
      for (let i = 0; i < value.length; i++) bytes[at++] = value.charCodeAt(i);
      return put;
    },
    bytes,
  };
  return put;
}

/** What stands before an entry's bytes. Names are ASCII. */
export function localHeader(name: string): Uint8Array {
  return writer(LOCAL_HEADER_BYTES + name.length)
    .u32(0x04034b50)
    .u16(VERSION_STREAMED)
    .u16(FLAGS_STREAMED)
    .u16(0)
    .u16(DOS_TIME)
    .u16(DOS_DATE)
    .u32(0)
    .u32(0)
    .u32(0)
    .u16(name.length)
    .u16(0)
    .text(name).bytes;
}

/** What stands after an entry's bytes: checksum and sizes, of 8 bytes each from 4 GiB on. */
export function dataDescriptor({
  sizeBytes,
  crc32,
}: Pick<ZipEntry, 'sizeBytes' | 'crc32'>): Uint8Array {
  if (sizeBytes > MOST_32) {
    return writer(24).u32(0x08074b50).u32(crc32).u64(sizeBytes).u64(sizeBytes).bytes;
  }
  return writer(16).u32(0x08074b50).u32(crc32).u32(sizeBytes).u32(sizeBytes).bytes;
}

/**
 * The largest central directory that a pack may have, in bytes, without its end records: room for
 * tens of thousands of files. A larger one would only fill a verifier's memory.
 */
export const LARGEST_DIRECTORY_BYTES = 8 * 1_048_576;

/** Bytes of the central directory, without its end records, of these files in this order. */
export function directoryBytes(
  files: ReadonlyArray<{ readonly name: string; readonly sizeBytes: number }>,
): number {
  let offset = 0;
  let total = 0;
  for (const { name, sizeBytes } of files) {
    const entry = { name, sizeBytes, crc32: 0, offset };
    total += centralHeader(entry).length;
    offset += localHeader(name).length + sizeBytes + dataDescriptor(entry).length;
  }
  return total;
}

/** An entry's line in the central directory; with a ZIP64 field when it ends or begins past 4 GiB. */
export function centralHeader({ name, sizeBytes, crc32, offset }: ZipEntry): Uint8Array {
  const zip64 = sizeBytes > MOST_32 || offset > MOST_32;
  const put = writer(CENTRAL_HEADER_BYTES + name.length + (zip64 ? ZIP64_EXTRA_BYTES : 0))
    .u32(0x02014b50)
    .u16(MADE_BY)
    .u16(zip64 ? VERSION_ZIP64 : VERSION_STREAMED)
    .u16(FLAGS_STREAMED)
    .u16(0)
    .u16(DOS_TIME)
    .u16(DOS_DATE)
    .u32(crc32)
    .u32(zip64 ? MOST_32 : sizeBytes)
    .u32(zip64 ? MOST_32 : sizeBytes)
    .u16(name.length)
    .u16(zip64 ? ZIP64_EXTRA_BYTES : 0)
    .u16(0)
    .u16(0)
    .u16(0)
    .u32(ATTRIBUTES)
    .u32(zip64 ? MOST_32 : offset)
    .text(name);
  if (zip64) put.u16(1).u16(24).u64(sizeBytes).u64(sizeBytes).u64(offset);
  return put.bytes;
}

/**
 * What ends the archive: the end record, and the ZIP64 records before it when there are more than
 * 65,535 entries or the directory is, or lies, past 4 GiB.
 */
function endOfArchive(directory: {
  entries: number;
  sizeBytes: number;
  offset: number;
}): Uint8Array {
  const { entries, sizeBytes, offset } = directory;
  const zip64 = entries > MOST_16 || sizeBytes > MOST_32 || offset > MOST_32;
  const put = writer((zip64 ? ZIP64_END_BYTES + ZIP64_LOCATOR_BYTES : 0) + END_BYTES);
  if (zip64) {
    put
      .u32(0x06064b50)
      .u64(ZIP64_END_BYTES - 12)
      .u16(VERSION_ZIP64)
      .u16(VERSION_ZIP64)
      .u32(0)
      .u32(0)
      .u64(entries)
      .u64(entries)
      .u64(sizeBytes)
      .u64(offset)
      .u32(0x07064b50)
      .u32(0)
      .u64(offset + sizeBytes)
      .u32(1);
  }
  return put
    .u32(0x06054b50)
    .u16(0)
    .u16(0)
    .u16(zip64 ? MOST_16 : entries)
    .u16(zip64 ? MOST_16 : entries)
    .u32(zip64 ? MOST_32 : sizeBytes)
    .u32(zip64 ? MOST_32 : offset)
    .u16(0).bytes;
}

/** The whole central directory with its end, for entries in their order. */
export function canonicalDirectory(entries: readonly ZipEntry[], offset: number): Uint8Array {
  const headers = entries.map(centralHeader);
  const sizeBytes = headers.reduce((sum, header) => sum + header.length, 0);
  const end = endOfArchive({ entries: entries.length, sizeBytes, offset });
  const bytes = new Uint8Array(sizeBytes + end.length);
  let at = 0;
  for (const part of [...headers, end]) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
