import { foldText } from './folded-text.ts';
import { nameKeys } from './name-key.ts';

/** Shorter keys would be found in every text. */
const LEAST_KEY = 4;
const WORD = /\p{L}+(?:['-]\p{L}+)*/gu;

/**
 * Looks for names in a text that is about to leave: the words of a rendered file, its title, its
 * name. It asks no dictionary and knows no context, so that it fails in other ways than the rules
 * that made the text.
 *
 * @param keys - of the names that must not be there: `rosterKeys` of a case's record.
 * @returns where they still stand, in UTF-16 units of the text; empty when it may leave.
 */
export function findNamesLeft(
  rendered: string,
  keys: ReadonlySet<string>,
): { readonly start: number; readonly end: number }[] {
  const { lower, rawStart, rawEnd } = foldText(rendered);
  const isName = (word: string) =>
    nameKeys(word.replaceAll(/['-]/g, '')).some((key) => key.length >= LEAST_KEY && keys.has(key));
  const left: { start: number; end: number }[] = [];
  let before = { word: '', start: 0, end: 0 };
  for (const { 0: word, index } of lower.matchAll(WORD)) {
    const here = { word, start: index, end: index + word.length };
    const apart = lower.slice(before.end, here.start);
    const cut = before.word !== '' && /^[ \n.*_-]{1,3}$/.test(apart) && !isName(before.word);
    if (isName(word)) left.push({ start: rawStart(here.start), end: rawEnd(here.end - 1) });
    else if (cut && isName(before.word + word)) {
      left.push({ start: rawStart(before.start), end: rawEnd(here.end - 1) });
    }
    before = here;
  }
  return left;
}
