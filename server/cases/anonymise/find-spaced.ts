import type { Find } from './find.ts';
import type { FoldedText } from './folded-text.ts';

const SPACED =
  /(?<![\p{L}\p{N}])\p{L}(?:(?: \p{L}(?![\p{L}\p{N}])){2,80}|(?:-\p{L}(?![\p{L}\p{N}])){2,80}|(?:[.*_·]\p{L}(?![\p{L}\p{N}])){3,80})/gu;
/** Words of one letter: three of them may stand together by chance. */
const ONE_LETTER_WORDS = /^[авикосуяai]+$/u;

/** Finds words written letter by letter, as names are to slip past a search. */
export function findSpaced({ text, lower }: FoldedText, taken: Uint8Array): Find[] {
  const finds: Find[] = [];
  for (const { 0: found, index } of text.matchAll(SPACED)) {
    if (taken[index] === 1) continue;
    const letters = lower.slice(index, index + found.length).replaceAll(/[^\p{L}]/gu, '');
    if (letters.length < 4 && ONE_LETTER_WORDS.test(letters)) continue;
    const tail = /^'s(?![\p{L}])/u.exec(
      lower.slice(index + found.length, index + found.length + 3),
    );
    const end = index + found.length + (tail?.[0].length ?? 0);
    const initial = /(?<![\p{L}\p{N}])\p{L}\. ?$/u.exec(text.slice(Math.max(0, index - 4), index));
    const start = index - (initial?.[0].length ?? 0);
    taken.fill(1, start, end);
    finds.push({ start, end, type: 'name', rule: 'letter-by-letter' });
  }
  return finds;
}
