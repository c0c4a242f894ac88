/** Where the segments of a baseline JPEG with one scan have their contents, without their lengths. */
export interface JpegParts {
  readonly frame: Uint8Array;
  readonly huffman: readonly Uint8Array[];
  readonly scan: Uint8Array;
  /** The coded data of the scan, stuffed bytes and all. */
  readonly data: Uint8Array;
}

/** For each 16 bits to come: the length of the code that they begin with, and its value. */
type CodeTable = Uint16Array;

const LOOK_BITS = 16;
const BLOCK_PX = 8;

/**
 * Follows the codes of a scan from the first block to the last, and says what lies behind them:
 * a decoder stops there, and whatever follows up to the end marker would go unseen. Empty when there
 * is nothing but the ones that fill the last byte.
 *
 * @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf Annexes C and F
 */
export function foreignInScan(parts: JpegParts): string[] {
  const blocks = blocksOf(parts);
  if (blocks === null) return ['a scan of another kind'];
  const bytes = unstuffed(parts.data);
  const total = bytes.length * 8;
  let at = 0;
  const code = (table: CodeTable): number => {
    const byte = at >> 3;
    const next =
      ((bytes[byte] ?? 0xff) << 16) | ((bytes[byte + 1] ?? 0xff) << 8) | (bytes[byte + 2] ?? 0xff);
    const found = table[(next >> (8 - (at & 7))) & 0xffff]!;
    if (found === 0) return -1;
    at += found >> 8;
    return found & 0xff;
  };
  for (let unit = 0; unit < blocks.units; unit++) {
    for (const { first, others } of blocks.perUnit) {
      const bits = code(first);
      if (bits < 0 || at > total) return ['data that end too soon'];
      at += bits;
      for (let place = 1; place < 64; ) {
        const run = code(others);
        if (run < 0 || at > total) return ['data that end too soon'];
        const size = run & 15;
        if (size === 0 && run !== 0xf0) break;
        place += (run >> 4) + 1;
        at += size;
      }
    }
  }
  if (at > total) return ['data that end too soon'];
  if (total - at >= 8) return ['bytes behind the data'];
  const filler = (1 << (total - at)) - 1;
  return total === at || (bytes.at(-1)! & filler) === filler ? [] : ['bits behind the data'];
}

/** How many units the scan has, and by which tables the blocks of each are coded. */
function blocksOf({ frame, huffman, scan }: JpegParts) {
  const tables = new Map<number, CodeTable>();
  for (const segment of huffman) {
    for (let at = 0; at + 17 <= segment.length; ) {
      const lengths = segment.subarray(at + 1, at + 17);
      const count = lengths.reduce((sum, length) => sum + length, 0);
      tables.set(segment[at]!, codeTable(lengths, segment.subarray(at + 17, at + 17 + count)));
      at += 17 + count;
    }
  }
  const heightPx = (frame[1]! << 8) | frame[2]!;
  const widthPx = (frame[3]! << 8) | frame[4]!;
  const components = frame[5] ?? 0;
  if (components === 0 || scan[0] !== components) return null;
  const perUnit: Array<{ first: CodeTable; others: CodeTable }> = [];
  let [across, down] = [1, 1];
  for (let i = 0; i < components; i++) {
    const sampling = frame[7 + 3 * i] ?? 0;
    const chosen = scan[2 + 2 * i] ?? 0;
    const first = tables.get(chosen >> 4);
    const others = tables.get(0x10 | (chosen & 15));
    if (first === undefined || others === undefined) return null;
    // A picture of one component is coded block by block, whatever its sampling says.
    const [wide, high] = components === 1 ? [1, 1] : [sampling >> 4, sampling & 15];
    across = Math.max(across, wide);
    down = Math.max(down, high);
    for (let block = 0; block < wide * high; block++) perUnit.push({ first, others });
  }
  const units = Math.ceil(widthPx / (BLOCK_PX * across)) * Math.ceil(heightPx / (BLOCK_PX * down));
  return { units, perUnit };
}

function codeTable(lengths: Uint8Array, values: Uint8Array): CodeTable {
  const table = new Uint16Array(2 ** LOOK_BITS);
  let code = 0;
  let place = 0;
  for (let length = 1; length <= LOOK_BITS; length++) {
    for (let i = 0; i < lengths[length - 1]!; i++) {
      const from = code << (LOOK_BITS - length);
      table.fill((length << 8) | (values[place++] ?? 0), from, from + 2 ** (LOOK_BITS - length));
      code++;
    }
    code <<= 1;
  }
  return table;
}

/** The data without the zero that follows each byte of ones. */
function unstuffed(data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length);
  let to = 0;
  for (let at = 0; at < data.length; at++) {
    bytes[to++] = data[at]!;
    if (data[at] === 0xff) at++;
  }
  return bytes.subarray(0, to);
}
