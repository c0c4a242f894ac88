import { crc32, deflateRawSync } from 'node:zlib';

// Archives taken apart into their records and put together again, with every record open to change.
// Knows the format by itself (APPNOTE 6.3.10), so that it shares no mistake with what it tests.

/** One entry of an archive: its records as bytes, to be changed at will. */
export interface RawEntry {
  readonly name: string;
  readonly local: Buffer;
  readonly data: Buffer;
  readonly descriptor: Buffer;
  readonly central: Buffer;
}

/** What may stand around and between the entries. */
export interface RawSurroundings {
  readonly before?: Uint8Array;
  readonly between?: Uint8Array;
  readonly beforeDirectory?: Uint8Array;
  readonly comment?: Uint8Array;
  readonly after?: Uint8Array;
  /** Changes the end record. */
  readonly end?: (end: Buffer) => void;
  /** Keeps the offsets that the central headers have. */
  readonly keepOffsets?: boolean;
}

const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
const DESCRIPTOR_BYTES = 16;

/** Takes a canonical archive without ZIP64 apart. */
export function takeApart(zip: Uint8Array): RawEntry[] {
  const bytes = Buffer.from(zip);
  const end = bytes.length - END_BYTES;
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  return Array.from({ length: count }, () => {
    const nameBytes = bytes.readUInt16LE(at + 28);
    const central = bytes.subarray(at, at + CENTRAL_BYTES + nameBytes);
    at += central.length;
    const start = central.readUInt32LE(42) + LOCAL_BYTES + nameBytes;
    const dataEnd = start + central.readUInt32LE(20);
    return {
      name: central.toString('latin1', CENTRAL_BYTES),
      local: Buffer.from(bytes.subarray(central.readUInt32LE(42), start)),
      data: Buffer.from(bytes.subarray(start, dataEnd)),
      descriptor: Buffer.from(bytes.subarray(dataEnd, dataEnd + DESCRIPTOR_BYTES)),
      central: Buffer.from(central),
    };
  });
}

/** Puts records together to an archive whose offsets and counts fit. */
export function putTogether(
  entries: readonly RawEntry[],
  around: RawSurroundings = {},
): Uint8Array {
  const nothing = new Uint8Array();
  const parts: Uint8Array[] = [around.before ?? nothing];
  const length = () => parts.reduce((sum, part) => sum + part.length, 0);
  const centrals = entries.map(({ local, data, descriptor, central }, i) => {
    const placed = Buffer.from(central);
    if (around.keepOffsets !== true) placed.writeUInt32LE(length(), 42);
    parts.push(local, data, descriptor);
    if (i === 0) parts.push(around.between ?? nothing);
    return placed;
  });
  parts.push(around.beforeDirectory ?? nothing);
  const offset = length();
  parts.push(...centrals);
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(length() - offset, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(around.comment?.length ?? 0, 20);
  around.end?.(end);
  parts.push(end, around.comment ?? nothing, around.after ?? nothing);
  return new Uint8Array(Buffer.concat(parts));
}

/** An entry with another name in both headers. */
export function renamed(entry: RawEntry, name: string): RawEntry {
  const bytes = Buffer.from(name, 'utf8');
  const withName = (header: Buffer, fixed: number, lengthAt: number) => {
    const changed = Buffer.concat([header.subarray(0, fixed), bytes]);
    changed.writeUInt16LE(bytes.length, lengthAt);
    return changed;
  };
  return {
    ...entry,
    name,
    local: withName(entry.local, LOCAL_BYTES, 26),
    central: withName(entry.central, CENTRAL_BYTES, 28),
  };
}

/** An entry with other bytes, stored, whose checksums and sizes fit. */
export function refilled(entry: RawEntry, data: Uint8Array): RawEntry {
  const central = Buffer.from(entry.central);
  const descriptor = Buffer.from(entry.descriptor);
  central.writeUInt32LE(crc32(data), 16);
  central.writeUInt32LE(data.length, 20);
  central.writeUInt32LE(data.length, 24);
  descriptor.writeUInt32LE(crc32(data), 4);
  descriptor.writeUInt32LE(data.length, 8);
  descriptor.writeUInt32LE(data.length, 12);
  return { ...entry, data: Buffer.from(data), central, descriptor };
}

/** An entry compressed as any archiver would. */
export function deflated(entry: RawEntry): RawEntry {
  const data = deflateRawSync(entry.data);
  const local = Buffer.from(entry.local);
  const central = Buffer.from(entry.central);
  const descriptor = Buffer.from(entry.descriptor);
  local.writeUInt16LE(8, 8);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(data.length, 20);
  descriptor.writeUInt32LE(data.length, 8);
  return { ...entry, local, data, central, descriptor };
}

/** An entry with an extra field in one of its headers. */
export function withExtra(entry: RawEntry, where: 'local' | 'central', field: Buffer): RawEntry {
  const header = Buffer.concat([entry[where], field]);
  header.writeUInt16LE(field.length, where === 'local' ? 28 : 30);
  return { ...entry, [where]: header };
}

/** An entry of which one number in a header is another. */
export function withNumber(
  entry: RawEntry,
  where: 'local' | 'central' | 'descriptor',
  at: number,
  value: number,
  bytes: 1 | 2 | 4 = 2,
): RawEntry {
  const header = Buffer.from(entry[where]);
  header.writeUIntLE(value >>> 0, at, bytes);
  return { ...entry, [where]: header };
}
