import { isUtf8 } from 'node:buffer';

/** How the bytes of a table are to be read, or why they cannot be. */
export type CsvEncoding =
  | { readonly encoding: 'utf-8' | 'windows-1251'; readonly bomBytes: number }
  | { readonly refusal: string };

const MEND = 'Save the file again as “CSV UTF-8” and import that.';

/**
 * Tells how a whole text file is encoded. UTF-8 is proved by its own strict grammar; anything else
 * is windows-1251 only when it reads like Cyrillic text in it, so that a damaged UTF-8 file or one
 * in another old encoding is refused instead of turning into nonsense.
 */
export function detectEncoding(bytes: Uint8Array): CsvEncoding {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { refusal: `The file is in UTF-16. ${MEND}` };
  }
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    const line = lineAt(bytes, zero);
    return {
      refusal: `Line ${line} of the file has NUL bytes, so it is no plain text (a spreadsheet, or UTF-16). ${MEND}`,
    };
  }
  const bomBytes = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  if (isUtf8(bytes)) return { encoding: 'utf-8', bomBytes };
  const faults = countUtf8Faults(bytes);
  if (bomBytes > 0 || faults.characters > faults.count || !readsAsWindows1251(bytes)) {
    const line = lineAt(bytes, faults.first);
    return {
      refusal: `Line ${line} of the file has bytes that are neither UTF-8 nor windows-1251 text. ${MEND}`,
    };
  }
  return { encoding: 'windows-1251', bomBytes: 0 };
}

function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let i = 0; i < offset; i++) if (bytes[i] === 0x0a) line++;
  return line;
}

/**
 * Where UTF-8 breaks first, how often, and how many characters beyond ASCII are whole. In Cyrillic
 * of windows-1251 few pairs of letters form one by chance, as in «ОВД»; in damaged UTF-8 most do.
 */
function countUtf8Faults(bytes: Uint8Array): { first: number; count: number; characters: number } {
  let first = bytes.length;
  let count = 0;
  let characters = 0;
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i]!;
    const tail = lead < 0x80 ? 0 : lead < 0xc2 ? -1 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    let whole = tail >= 0 && lead < 0xf5;
    for (let k = 1; whole && k <= tail; k++) whole = ((bytes[i + k] ?? 0) & 0xc0) === 0x80;
    if (!whole) {
      first = Math.min(first, i);
      count++;
    } else if (tail > 0) characters++;
    i += whole ? 1 + tail : 1;
  }
  return { first, count, characters };
}

/** Signs of windows-1251 that texts here use besides the alphabet: « » “ ” „ ’ ‘ – — … № Ё ё nbsp. */
const SIGNS = new Set([
  0xab, 0xbb, 0x93, 0x94, 0x84, 0x92, 0x91, 0x96, 0x97, 0x85, 0xb9, 0xa8, 0xb8, 0xa0, 0xad, 0x95,
]);

function readsAsWindows1251(bytes: Uint8Array): boolean {
  let letters = 0;
  let lower = 0;
  let strange = 0;
  for (const byte of bytes) {
    if (byte < 0x80) continue;
    if (byte >= 0xc0) {
      letters++;
      if (byte >= 0xe0) lower++;
    } else if (!SIGNS.has(byte)) strange++;
  }
  // In KOI8-R small and capital letters change places, in CP866 many letters fall among the signs.
  return letters > 0 && strange * 20 <= letters && lower * 2 >= letters;
}
