import { isUtf8 } from 'node:buffer';

/** How the bytes of a table are to be read, or why they cannot be. */
export type CsvEncoding =
  | { readonly encoding: 'utf-8' | 'windows-1251' }
  | { readonly refusal: string };

const MEND = 'Save the file again as “CSV UTF-8” and import that.';

/** Says that a line holds bytes that no text has. */
export function nulRefusal(line: number): string {
  return `Line ${line} of the file has NUL bytes, so it is no plain text (a spreadsheet, or UTF-16). ${MEND}`;
}

/** Says that a line is in no encoding that is read. */
export function encodingRefusal(line: number): string {
  return `Line ${line} of the file has bytes that are neither UTF-8 nor windows-1251 text. ${MEND}`;
}

/** Says that a file is in UTF-16. */
export const UTF16_REFUSAL = `The file is in UTF-16. ${MEND}`;

/**
 * Tells how text is encoded, from a part that begins with its first byte beyond ASCII and ends after a
 * whole character. UTF-8 is proved by its own strict grammar; anything else is windows-1251 only when
 * it reads like Cyrillic text in it, so that a damaged UTF-8 file or one in another old encoding is
 * refused instead of turning into nonsense.
 *
 * @param given.line - the line on which the part begins.
 * @param given.marked - the file began with the byte order mark of UTF-8.
 */
export function detectEncoding(
  part: Uint8Array,
  given: { line: number; marked: boolean },
): CsvEncoding {
  if (isUtf8(part)) return { encoding: 'utf-8' };
  const faults = countUtf8Faults(part);
  const tally = startCyrillicTally();
  tally.add(part);
  if (given.marked || faults.characters > faults.count || !tally.readsAsWindows1251()) {
    const line = given.line + countLines(part.subarray(0, faults.first));
    return { refusal: encodingRefusal(line) };
  }
  return { encoding: 'windows-1251' };
}

/** How many line feeds there are. */
export function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) lines++;
  return lines;
}

/** How many bytes at the end belong to a character of UTF-8 that is not whole yet. */
export function unfinishedBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte >= 0xc0) {
      const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
      return length > back ? back : 0;
    }
    if (byte < 0x80) return 0;
  }
  return 0;
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

/** Counts what speaks for windows-1251 and what against it, over as many parts as there are. */
export interface CyrillicTally {
  add(bytes: Uint8Array): void;
  readsAsWindows1251(): boolean;
}

/** Starts such a count. */
export function startCyrillicTally(): CyrillicTally {
  let letters = 0;
  let lower = 0;
  let strange = 0;
  return {
    add(bytes) {
      for (const byte of bytes) {
        if (byte < 0x80) continue;
        if (byte >= 0xc0) {
          letters++;
          if (byte >= 0xe0) lower++;
        } else if (!SIGNS.has(byte)) strange++;
      }
    },
    // In KOI8-R small and capital letters change places, in CP866 many letters fall among the signs.
    readsAsWindows1251: () => letters > 0 && strange * 20 <= letters && lower * 2 >= letters,
  };
}
