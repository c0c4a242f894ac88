/** What the header of a copy is made from. */
export interface Mp4Movie {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly sequence: Uint8Array;
  readonly picture: Uint8Array;
  /** Ticks a second. */
  readonly timescale: number;
  /** Ticks for which each frame is shown. */
  readonly durations: readonly number[];
  readonly sizesBytes: readonly number[];
  /** Numbers of the frames that need no other, from 0. */
  readonly keyFrames: readonly number[];
}

const SAMPLES_PER_CHUNK = 32;
const U32_MAX = 0xffff_ffff;
const IDENTITY = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000];

/**
 * The bytes before the frames: `ftyp`, `moov` and the head of `mdat` (ISO/IEC 14496-12 and -15).
 *
 * Written by ourselves because the file must hold nothing else: no date (all are zero, "unknown"),
 * no name of a tool, no user data; and because frame times stay in the ticks of the source.
 */
export function mp4Header(movie: Mp4Movie): Buffer {
  const ftyp = box('ftyp', ascii('isom'), u32(0x200), ascii('isomavc1'));
  const dataBytes = movie.sizesBytes.reduce((sum, size) => sum + size, 0);
  const wide = dataBytes > U32_MAX - 0x0400_0000;
  // Offsets are of fixed width, so that the header is as long with them as without.
  const headerBytes = ftyp.length + moov(movie, 0, wide).length + (wide ? 16 : 8);
  const head = wide
    ? Buffer.concat([u32(1), ascii('mdat'), u64(dataBytes + 16)])
    : Buffer.concat([u32(dataBytes + 8), ascii('mdat')]);
  return Buffer.concat([ftyp, moov(movie, headerBytes, wide), head]);
}

function moov(movie: Mp4Movie, firstByte: number, wide: boolean): Buffer {
  const { timescale } = movie;
  const duration = movie.durations.reduce((sum, ticks) => sum + ticks, 0);
  const long = duration > U32_MAX;
  const time = (value: number) => (long ? u64(value) : u32(value));
  const times = (...middle: Buffer[]) => [time(0), time(0), ...middle, time(duration)];
  const version = long ? 1 : 0;

  const mvhd = full(
    'mvhd',
    version,
    0,
    ...times(u32(timescale)),
    u32(0x10000),
    u16(0x100),
    Buffer.alloc(10),
    ...IDENTITY.map(u32),
    Buffer.alloc(24),
    u32(2),
  );
  const tkhd = full(
    'tkhd',
    version,
    3,
    ...times(u32(1), u32(0)),
    Buffer.alloc(16),
    ...IDENTITY.map(u32),
    u32(movie.widthPx * 0x10000),
    u32(movie.heightPx * 0x10000),
  );
  const mdhd = full('mdhd', version, 0, ...times(u32(timescale)), u16(0x55c4), u16(0));
  const hdlr = full('hdlr', 0, 0, u32(0), ascii('vide'), Buffer.alloc(12), Buffer.alloc(1));
  const dinf = box('dinf', full('dref', 0, 0, u32(1), full('url ', 0, 1)));
  const stbl = box('stbl', ...sampleTables(movie, firstByte, wide));
  const minf = box('minf', full('vmhd', 0, 1, Buffer.alloc(8)), dinf, stbl);
  return box('moov', mvhd, box('trak', tkhd, box('mdia', mdhd, hdlr, minf)));
}

function sampleTables(movie: Mp4Movie, firstByte: number, wide: boolean): Buffer[] {
  const { sizesBytes, keyFrames } = movie;
  const chunks: number[] = [];
  let at = firstByte;
  sizesBytes.forEach((size, sample) => {
    if (sample % SAMPLES_PER_CHUNK === 0) chunks.push(at);
    at += size;
  });
  const last = sizesBytes.length % SAMPLES_PER_CHUNK;
  const runs = chunkRuns(chunks.length, last);
  return [
    full('stsd', 0, 0, u32(1), sampleEntry(movie)),
    table(
      'stts',
      runLengths(movie.durations).map(([count, ticks]) => [count, ticks]),
    ),
    table(
      'stss',
      keyFrames.map((frame) => [frame + 1]),
    ),
    table('stsc', runs),
    full('stsz', 0, 0, u32(0), u32(sizesBytes.length), words(sizesBytes)),
    wide
      ? full('co64', 0, 0, u32(chunks.length), ...chunks.map(u64))
      : full('stco', 0, 0, u32(chunks.length), words(chunks)),
  ];
}

function chunkRuns(chunks: number, samplesInLast: number): number[][] {
  if (samplesInLast === 0) return [[1, SAMPLES_PER_CHUNK, 1]];
  if (chunks === 1) return [[1, samplesInLast, 1]];
  return [
    [1, SAMPLES_PER_CHUNK, 1],
    [chunks, samplesInLast, 1],
  ];
}

function sampleEntry(movie: Mp4Movie): Buffer {
  const { sequence, picture } = movie;
  const avcC = box(
    'avcC',
    Buffer.from([1, sequence[1]!, sequence[2]!, sequence[3]!, 0xff, 0xe1]),
    u16(sequence.length),
    sequence,
    Buffer.from([1]),
    u16(picture.length),
    picture,
    // High profile: 4:2:0, eight bits, no extensions of the sequence (14496-15, 5.3.3.1.2).
    sequence[1]! >= 100 ? Buffer.from([0xfd, 0xf8, 0xf8, 0]) : Buffer.alloc(0),
  );
  return box(
    'avc1',
    Buffer.alloc(6),
    u16(1),
    Buffer.alloc(16),
    u16(movie.widthPx),
    u16(movie.heightPx),
    u32(0x480000),
    u32(0x480000),
    u32(0),
    u16(1),
    Buffer.alloc(32),
    u16(24),
    u16(0xffff),
    avcC,
  );
}

function runLengths(values: readonly number[]): [count: number, value: number][] {
  const runs: [number, number][] = [];
  for (const value of values) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === value) last[0]++;
    else runs.push([1, value]);
  }
  return runs;
}

function table(kind: string, rows: readonly (readonly number[])[]): Buffer {
  return full(kind, 0, 0, u32(rows.length), words(rows.flat()));
}

function box(kind: string, ...parts: Uint8Array[]): Buffer {
  const size = parts.reduce((sum, part) => sum + part.length, 8);
  return Buffer.concat([u32(size), ascii(kind), ...parts]);
}

function full(kind: string, version: number, flags: number, ...parts: Uint8Array[]): Buffer {
  return box(kind, u32(version * 0x1000000 + flags), ...parts);
}

function ascii(text: string): Buffer {
  return Buffer.from(text, 'ascii');
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

function words(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, at) => {
    bytes.writeUInt32BE(value, 4 * at);
  });
  return bytes;
}
