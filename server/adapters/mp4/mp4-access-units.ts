const START = Buffer.from([0, 0, 1]);

/** Kinds of coded units (H.264, table 7-1) that a bare copy is made of. */
export const NAL = {
  slice: 1,
  idrSlice: 5,
  sequence: 7,
  picture: 8,
  delimiter: 9,
} as const;

/** The coded units of one frame, without start codes. */
export type AccessUnit = readonly Buffer[];

/**
 * Splits an H.264 byte stream (Annex B) into frames. The encoder must write a delimiter before each
 * frame; delimiters themselves are not handed on.
 */
export async function* accessUnits(stream: AsyncIterable<Buffer>): AsyncGenerator<AccessUnit> {
  let unit: Buffer[] = [];
  for await (const nal of nalUnits(stream)) {
    if (nalKind(nal) !== NAL.delimiter) {
      unit.push(nal);
      continue;
    }
    if (unit.length > 0) yield unit;
    unit = [];
  }
  if (unit.length > 0) yield unit;
}

/** The kind of a coded unit. */
export function nalKind(nal: Uint8Array): number {
  return nal[0]! & 0x1f;
}

async function* nalUnits(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let searched = 0;
  for await (const chunk of stream) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    // `rest` begins behind a start code, but for the very first bytes of the stream.
    for (let at = rest.indexOf(START, searched); at >= 0; at = rest.indexOf(START)) {
      const nal = withoutTrailingZeros(rest.subarray(0, at));
      rest = rest.subarray(at + START.length);
      searched = 0;
      if (nal.length > 0) yield nal;
    }
    searched = Math.max(0, rest.length - START.length);
  }
  const last = withoutTrailingZeros(rest);
  if (last.length > 0) yield last;
}

function withoutTrailingZeros(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes.subarray(0, end);
}
