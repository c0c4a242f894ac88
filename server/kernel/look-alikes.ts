/**
 * Letters that whoever types or dictates takes for each other: ё and е, the letters that only Kyrgyz and
 * its neighbours have and those that stand for them on a Russian keyboard, and Latin letters that look
 * like Cyrillic ones, capitals too.
 */
const ALIKE: Readonly<Record<string, string>> = {
  ё: 'е',
  ө: 'о',
  ү: 'у',
  ұ: 'у',
  ў: 'у',
  ң: 'н',
  ғ: 'г',
  қ: 'к',
  ҳ: 'х',
  җ: 'ж',
  і: 'и',
  a: 'а',
  b: 'в',
  c: 'с',
  e: 'е',
  h: 'н',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  t: 'т',
  x: 'х',
  y: 'у',
};
const REPLACED = new RegExp(`[${Object.keys(ALIKE).join('')}]`, 'gu');

/** A text in small letters, with one letter for all that are taken for each other. */
export function alikeAsOne(lower: string): string {
  return lower.replaceAll(REPLACED, (letter) => ALIKE[letter]!);
}
