import { CasesError } from '../errors.ts';
import { searchKey } from './search-key.ts';

/** Whether a key of a text has a word. */
export type HasWord = (key: string) => boolean;

const MOST_WORDS = 10;
const MOST_CHARACTERS = 200;
/** One letter would find nearly everything. */
const LEAST_LETTERS = 2;
/** A word shorter than this is looked for as it is: without its last letter it would begin too many. */
const SHORT_WORD = 4;
const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
const IN_WORD = /[\p{L}\p{N}]/u;
/** Endings of two letters that Russian adjectives and some names change whole. */
const CHANGING_PAIR = /.{4}(?:ый|ий|ой|ая|яя|ое|ее|ые|ие)$/u;
/** What goes or changes when a Russian or Kyrgyz word takes an ending, in the letters of keys. */
const CHANGING = /[аяоеэиыуюйь]$/u;
/** Kyrgyz words end in к and п, and go on with г and б: тамак, тамагы. */
const VOICED: Readonly<Record<string, string>> = { к: 'г', п: 'б' };

/**
 * Reads what somebody looks for: words, all of which a case must have, each by the beginning of a word
 * and without an ending of its own, so that «собака» finds «собаку» and «тамак» finds «тамагы».
 *
 * @throws {CasesError} `SEARCH_INVALID`; what was typed is not repeated.
 */
export function readSearch(typed: string): readonly HasWord[] {
  const text = typed.length > MOST_CHARACTERS ? '' : typed;
  const words = [
    ...new Set(
      searchKey(text)
        .split(/\s+/u)
        .map((word) => word.replaceAll(EDGES, '')),
    ),
  ];
  const wanted = words.filter((word) => [...word].length >= LEAST_LETTERS);
  if (wanted.length === 0 || wanted.length > MOST_WORDS) {
    throw new CasesError(
      'SEARCH_INVALID',
      `A search takes one to ${MOST_WORDS} words of ${LEAST_LETTERS} letters or more, ${MOST_CHARACTERS} characters in all. Give the words, or their beginnings.`,
    );
  }
  return wanted.map((word) => {
    const beginnings = beginningsOf(word);
    return (key) => beginnings.some((beginning) => beginsWord(key, beginning));
  });
}

function beginningsOf(word: string): readonly string[] {
  if (word.length < SHORT_WORD) return [word];
  const last = word.at(-1)!;
  const stem = word.slice(0, -1);
  if (CHANGING_PAIR.test(word)) return [word.slice(0, -2)];
  if (CHANGING.test(word)) return [stem];
  const voiced = VOICED[last];
  return voiced === undefined ? [word] : [word, stem + voiced];
}

function beginsWord(key: string, beginning: string): boolean {
  for (let at = key.indexOf(beginning); at >= 0; at = key.indexOf(beginning, at + 1)) {
    if (at === 0 || !IN_WORD.test(key[at - 1]!)) return true;
  }
  return false;
}
