import { type FileHandle, open } from 'node:fs/promises';
import { parameterSetsDigest } from '../../footage/copy/coded-frames.ts';
import type { Sha256 } from '../../kernel/digest.ts';
import { filePieces } from '../file-pieces.ts';
import { NAL, nalKind } from './mp4-access-units.ts';

/** What a written MP4 holds, read from its bytes by code that did not write them. */
export interface Mp4Inspection {
  readonly timescale: number;
  /** Time of each frame, in ticks. */
  readonly ticks: Float64Array;
  /** {@link parameterSetsDigest} of what the sample entry states. */
  readonly parameterSets: Sha256;
  /** What no bare copy holds; empty when all is well. */
  readonly foreign: string[];
}

const CONTAINERS = new Set(['moov', 'trak', 'mdia', 'minf', 'dinf', 'stbl']);
const ALLOWED = new Map<string, readonly string[]>([
  ['', ['ftyp', 'moov', 'mdat']],
  ['moov', ['mvhd', 'trak']],
  ['trak', ['tkhd', 'mdia']],
  ['mdia', ['mdhd', 'hdlr', 'minf']],
  ['minf', ['vmhd', 'dinf', 'stbl']],
  ['dinf', ['dref']],
  ['stbl', ['stsd', 'stts', 'stss', 'stsc', 'stsz', 'stco', 'co64']],
]);
/** Before each unit stands its length. */
const LENGTH_BYTES = 4;
const MOVIE_LIMIT_BYTES = 256 * 1024 * 1024;

/**
 * Reads the boxes of an MP4 against a closed list: one of each kind, at its place, with no date and
 * no name in it, and frames that consist of slices only.
 */
export async function inspectMp4(path: string): Promise<Mp4Inspection> {
  const file = await open(path, 'r');
  const found = new Map<string, Buffer>();
  const foreign: string[] = [];
  let data: Span = { from: 0, to: 0 };
  try {
    const { size } = await file.stat();
    for (const part of await topLevel(file, size, foreign)) {
      if (part.kind === 'mdat') data = part;
      else if (part.to - part.from <= MOVIE_LIMIT_BYTES) {
        const body = Buffer.alloc(part.to - part.from);
        await file.read(body, 0, body.length, part.from);
        if (CONTAINERS.has(part.kind)) walk(part.kind, body, found, foreign);
        else found.set(part.kind, body);
      } else foreign.push(`${part.kind} too large`);
    }
  } finally {
    await file.close();
  }
  foreign.push(...fieldFaults(found));
  const sizes = sizesOf(found.get('stsz'));
  await checkUnits(path, data, sizes, foreign);
  const ticks = ticksOf(found.get('stts'), sizes.length);
  if (ticks === null) foreign.push('times differ from frames');
  return {
    timescale: timescaleOf(found.get('mdhd')),
    ticks: ticks ?? new Float64Array(0),
    parameterSets: parameterSetsDigest(parameterSetsOf(found.get('stsd'))),
    foreign,
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

async function topLevel(file: FileHandle, size: number, foreign: string[]) {
  const parts: (Span & { kind: string })[] = [];
  const head = Buffer.alloc(16);
  for (let at = 0; at < size; ) {
    const { bytesRead } = await file.read(head, 0, 16, at);
    const short = head.readUInt32BE(0);
    const length = short === 1 && bytesRead === 16 ? Number(head.readBigUInt64BE(8)) : short;
    const skip = short === 1 ? 16 : 8;
    const kind = head.toString('latin1', 4, 8);
    if (bytesRead < 8 || length < skip || at + length > size) {
      foreign.push('bytes after the last box');
      break;
    }
    note(
      '',
      kind,
      parts.some((part) => part.kind === kind),
      foreign,
    );
    parts.push({ kind, from: at + skip, to: at + length });
    at += length;
  }
  return parts;
}

function walk(parent: string, body: Buffer, found: Map<string, Buffer>, foreign: string[]): void {
  for (let at = 0; at < body.length; ) {
    const length = at + 8 <= body.length ? body.readUInt32BE(at) : 0;
    if (length < 8 || at + length > body.length) {
      foreign.push(`bytes between boxes of ${parent}`);
      return;
    }
    const kind = body.toString('latin1', at + 4, at + 8);
    const inner = body.subarray(at + 8, at + length);
    note(parent, kind, found.has(kind), foreign);
    found.set(kind, inner);
    if (CONTAINERS.has(kind)) walk(kind, inner, found, foreign);
    at += length;
  }
}

function note(parent: string, kind: string, seen: boolean, foreign: string[]): void {
  const name = kind.replaceAll(/[^ -~]/g, '?');
  if (ALLOWED.get(parent)?.includes(kind) !== true) foreign.push(`box ${name}`);
  else if (seen) foreign.push(`second box ${name}`);
}

function fieldFaults(found: Map<string, Buffer>): string[] {
  const faults: string[] = [];
  for (const kind of ['mvhd', 'tkhd', 'mdhd']) {
    const body = found.get(kind);
    const dates = body?.subarray(4, body[0] === 1 ? 20 : 12);
    if (dates === undefined || dates.some((byte) => byte !== 0)) faults.push(`date in ${kind}`);
  }
  const named = found.get('hdlr')?.subarray(12);
  if (named === undefined || named.some((byte) => byte !== 0)) faults.push('name in hdlr');
  const entry = found.get('stsd');
  if (entry === undefined || entry.length < 94 || entry.toString('latin1', 12, 16) !== 'avc1') {
    return [...faults, 'sample entry'];
  }
  // The entry's own fields, among them a name of the coder, are 78 bytes; one avcC fills the rest.
  const codec = entry.subarray(94);
  const whole = entry.readUInt32BE(4) === 1 && entry.readUInt32BE(8) === entry.length - 8;
  const coderName = entry.subarray(16 + 42, 16 + 74);
  if (!whole || coderName.some((byte) => byte !== 0)) faults.push('sample entry');
  if (codec.length < 8 || codec.readUInt32BE(0) !== codec.length) faults.push('box in avc1');
  else if (codec.toString('latin1', 4, 8) !== 'avcC') faults.push('box in avc1');
  else if (!isPlainRecord(codec.subarray(8))) faults.push('parameter sets');
  return faults;
}

/** Walks over all units of all frames; of each only its length and its first byte are looked at. */
async function checkUnits(
  path: string,
  data: Span,
  sizes: Uint32Array,
  foreign: string[],
): Promise<void> {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total !== data.to - data.from) foreign.push('bytes between frames');
  const kinds = new Set<number>();
  // Where in the frame of that number the next byte lies, where its next unit begins, and its length.
  let frame = -1;
  let size = 0;
  let at = 0;
  let unitAt = 0;
  let unitBytes = 0;
  const endFrame = () => {
    if (unitAt !== size) foreign.push('broken frame');
    size = sizes[++frame] ?? 0;
    at = 0;
    unitAt = 0;
    unitBytes = 0;
  };
  for await (const piece of filePieces(path, data)) {
    for (let byte = 0; byte < piece.length; ) {
      if (at === size) {
        endFrame();
        if (frame >= sizes.length) break;
      } else if (at < unitAt) {
        const passed = Math.min(piece.length - byte, Math.min(unitAt, size) - at);
        byte += passed;
        at += passed;
      } else {
        const value = piece[byte++]!;
        if (at++ < unitAt + LENGTH_BYTES) unitBytes = 256 * unitBytes + value;
        else {
          kinds.add(nalKind(Uint8Array.of(value)));
          unitAt = unitBytes === 0 ? Number.POSITIVE_INFINITY : unitAt + LENGTH_BYTES + unitBytes;
          unitBytes = 0;
        }
      }
    }
  }
  if (at === size) endFrame();
  const allowed: number[] = [NAL.slice, NAL.idrSlice];
  for (const kind of kinds) if (!allowed.includes(kind)) foreign.push(`coded unit of kind ${kind}`);
}

/** The first of each kind in an avcC (ISO/IEC 14496-15, 5.3.3.1.2); a second of a kind is foreign. */
function parameterSetsOf(entry: Buffer | undefined): { sequence: Buffer; picture: Buffer } {
  const none = Buffer.alloc(0);
  if (entry === undefined || entry.length < 94 + 8 + 8) return { sequence: none, picture: none };
  const record = entry.subarray(94 + 8);
  const sequenceEnd = 8 + record.readUInt16BE(6);
  const sequence = record.subarray(8, sequenceEnd);
  const pictureAt = sequenceEnd + 3;
  if (record.length < pictureAt) return { sequence, picture: none };
  const picture = record.subarray(pictureAt, pictureAt + record.readUInt16BE(pictureAt - 2));
  return { sequence, picture };
}

/** One set of each kind, and frames with four bytes of length before each unit. */
function isPlainRecord(record: Buffer): boolean {
  if (record.length < 8 || (record[4]! & 3) !== 3 || (record[5]! & 31) !== 1) return false;
  return record[8 + record.readUInt16BE(6)] === 1;
}

function timescaleOf(mdhd: Buffer | undefined): number {
  if (mdhd === undefined || mdhd.length < 24) return 1;
  return mdhd.readUInt32BE(mdhd[0] === 1 ? 20 : 12) || 1;
}

/** How many bytes each frame has, as a table says that states each (ISO/IEC 14496-12, 8.7.3.2). */
function sizesOf(stsz: Buffer | undefined): Uint32Array {
  const rows = stsz?.subarray(12) ?? Buffer.alloc(0);
  return Uint32Array.from({ length: rows.length >> 2 }, (_, at) => rows.readUInt32BE(4 * at));
}

/** The time of each frame (ISO/IEC 14496-12, 8.6.1.2); null unless there are just as many as frames. */
function ticksOf(stts: Buffer | undefined, frames: number): Float64Array | null {
  const rows = stts?.subarray(8) ?? Buffer.alloc(0);
  const ticks = new Float64Array(frames);
  let frame = 0;
  let now = 0;
  for (let at = 0; at + 8 <= rows.length; at += 8) {
    const end = frame + rows.readUInt32BE(at);
    if (end > frames) return null;
    for (; frame < end; frame++, now += rows.readUInt32BE(at + 4)) ticks[frame] = now;
  }
  return frame === frames ? ticks : null;
}
