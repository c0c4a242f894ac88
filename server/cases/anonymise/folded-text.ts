/**
 * A text as rules read it: compatibility forms composed, stress marks and invisible characters gone,
 * look-alike letters of another alphabet put right. Every unit knows where it stands in the raw text.
 */
export interface FoldedText {
  readonly raw: string;
  readonly text: string;
  /** {@link FoldedText.text} in lower case, unit by unit. */
  readonly lower: string;
  /** Where the unit at `at` begins and ends in the raw text (UTF-16 units). */
  rawStart(at: number): number;
  rawEnd(at: number): number;
}

/** Characters that stay as they are: most of every text, so that the slow way is rare. */
const isPlain = (code: number) =>
  (code >= 0x21 && code <= 0x7e) ||
  (code >= 0x410 && code <= 0x44f) ||
  code === 0x20 ||
  code === 10;
const INVISIBLE = /[\p{M}\p{Cf}\u115f\u1160\u3164\u2800]/gu;
const MARK = /^\p{M}$/u;
const MIXED = /[\p{L}]+/gu;
const CYRILLIC = /\p{Script=Cyrillic}/u;
const LATIN = /\p{Script=Latin}/u;

const TO_CYRILLIC: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  o: 'о',
  p: 'р',
  x: 'х',
  y: 'у',
  i: 'і',
  k: 'к',
  m: 'м',
  t: 'т',
  n: 'п',
  h: 'н',
  b: 'ь',
  r: 'г',
  u: 'и',
  A: 'А',
  B: 'В',
  C: 'С',
  E: 'Е',
  H: 'Н',
  K: 'К',
  M: 'М',
  O: 'О',
  P: 'Р',
  T: 'Т',
  X: 'Х',
  Y: 'У',
  I: 'І',
  ө: 'ө',
};
const TO_LATIN: Readonly<Record<string, string>> = {
  а: 'a',
  с: 'c',
  е: 'e',
  о: 'o',
  р: 'p',
  х: 'x',
  у: 'y',
  і: 'i',
  ј: 'j',
  ѕ: 's',
  А: 'A',
  В: 'B',
  С: 'C',
  Е: 'E',
  Н: 'H',
  К: 'K',
  М: 'M',
  О: 'O',
  Р: 'P',
  Т: 'T',
  Х: 'X',
  У: 'Y',
  І: 'I',
  к: 'k',
  м: 'm',
  т: 't',
  в: 'b',
  н: 'h',
};
/** Letters that look the same in both alphabets, in any case: they decide nothing. */
const SHARED = /[aceopxyiABCEHKMOPTXYIавсеорхуіАВСЕНКМОРТХУІ]/;

/** Folds a text for matching. The raw text stays as it is. */
export function foldText(raw: string): FoldedText {
  // Few characters become several: room for them is made when it is needed.
  let starts = new Uint32Array(raw.length + 64);
  let ends = new Uint32Array(raw.length + 64);
  const parts: string[] = [];
  let length = 0;
  const put = (folded: string, start: number, end: number) => {
    if (length + folded.length + (raw.length - end) > starts.length) {
      starts = grown(starts);
      ends = grown(ends);
    }
    for (let i = 0; i < folded.length; i++) {
      starts[length] = start;
      ends[length] = end;
      length++;
    }
    parts.push(folded);
  };
  for (let at = 0; at < raw.length; ) {
    const from = at;
    while (
      at < raw.length &&
      isPlain(raw.charCodeAt(at)) &&
      isPlain(raw.charCodeAt(at + 1) || 32)
    ) {
      starts[length] = at;
      ends[length] = at + 1;
      length++;
      at++;
    }
    if (at > from) parts.push(raw.slice(from, at));
    if (at >= raw.length) break;
    // One character with all that is put on top of it; a pile of marks is cut into several.
    let end = at + (raw.codePointAt(at)! > 0xffff ? 2 : 1);
    while (
      end < raw.length &&
      end - at < 64 &&
      MARK.test(String.fromCodePoint(raw.codePointAt(end)!))
    ) {
      end += raw.codePointAt(end)! > 0xffff ? 2 : 1;
    }
    put(foldCluster(raw.slice(at, end)).slice(0, 8), at, end);
    at = end;
  }
  const text = alphabetsPutRight(parts.join(''));
  let lower = text.toLowerCase();
  // A few capitals have a longer small form, which would shift everything behind them.
  if (lower.length !== text.length) {
    lower = Array.from({ length: text.length }, (_, i) => {
      const small = text[i]!.toLowerCase();
      return small.length === 1 ? small : text[i]!;
    }).join('');
  }
  return { raw, text, lower, rawStart: (at) => starts[at]!, rawEnd: (at) => ends[at]! };
}

function grown(offsets: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(offsets.length * 2);
  larger.set(offsets);
  return larger;
}

function foldCluster(cluster: string): string {
  // NFKC would turn № into the letters "No".
  if (cluster[0] === '№') return '№';
  const folded = cluster.normalize('NFKC').replaceAll(INVISIBLE, '');
  return folded
    .replaceAll(/[^\S\n]/gu, ' ')
    .replaceAll(/[‐‑‒–—−]/g, '-')
    .replaceAll(/[’ʼ`´]/g, "'");
}

/** Puts look-alikes right in words that mix Cyrillic and Latin letters. Lengths stay. */
function alphabetsPutRight(text: string): string {
  if (!CYRILLIC.test(text) || !LATIN.test(text)) return text;
  return text.replaceAll(MIXED, (word) => {
    const latin = LATIN.test(word);
    if (!latin || !CYRILLIC.test(word)) return word;
    let cyrillicOnly = 0;
    let latinOnly = 0;
    for (const letter of word) {
      if (SHARED.test(letter)) continue;
      if (CYRILLIC.test(letter)) cyrillicOnly++;
      else latinOnly++;
    }
    const table = cyrillicOnly >= latinOnly ? TO_CYRILLIC : TO_LATIN;
    return Array.from(word, (letter) => table[letter] ?? letter).join('');
  });
}
