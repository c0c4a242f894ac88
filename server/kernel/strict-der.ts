const CONSTRUCTED = 0x20;
const HIGH_TAG = 0x1f;
const LONG_LENGTH = 0x80;
const LONGEST_LENGTH_BYTES = 4;
/** Values within values; openssl reads no deeper either. */
const DEEPEST = 128;

/**
 * Whether bytes are one value in DER (X.690, 10), as far as tags and lengths go: one spelling each, and
 * every value filled by what it is made of. Libraries read more than that, each something else.
 */
export function isDer(bytes: Uint8Array): boolean {
  return derLength(bytes) === bytes.length;
}

/** How many bytes the value takes that bytes begin with; null when it is not in DER. */
export function derLength(bytes: Uint8Array): number | null {
  return endOfValue(bytes, { at: 0, limit: bytes.length, depth: 0 });
}

/** Where the value that begins at `at` ends; null when it is not written in its one way. */
function endOfValue(
  bytes: Uint8Array,
  { at, limit, depth }: { at: number; limit: number; depth: number },
): number | null {
  if (depth > DEEPEST) return null;
  const [tag = 0, first = 0] = bytes.subarray(at, at + 2);
  if (at + 2 > limit || (tag & HIGH_TAG) === HIGH_TAG || tag === 0) return null;
  let start = at + 2;
  let length = first;
  if (first >= LONG_LENGTH) {
    const count = first - LONG_LENGTH;
    if (count === 0 || count > LONGEST_LENGTH_BYTES || start + count > limit) return null;
    length = bytes.subarray(start, start + count).reduce((sum, byte) => sum * 256 + byte, 0);
    // The shortest form: no leading zero, and none where one byte would do.
    if (bytes[start] === 0 || length < LONG_LENGTH) return null;
    start += count;
  }
  const end = start + length;
  if (end > limit) return null;
  if ((tag & CONSTRUCTED) === 0) return end;
  for (let inner: number | null = start; inner !== end; ) {
    inner = endOfValue(bytes, { at: inner, limit: end, depth: depth + 1 });
    if (inner === null) return null;
  }
  return end;
}
