import { remember } from './remember.ts';

const LETTERS: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ғ: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  э: 'e',
  ж: 'j',
  җ: 'j',
  з: 'z',
  и: 'i',
  ы: 'i',
  й: 'i',
  і: 'i',
  к: 'k',
  қ: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  ң: 'n',
  о: 'o',
  ө: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ү: 'u',
  ұ: 'u',
  ў: 'u',
  ф: 'f',
  х: 'h',
  ҳ: 'h',
  ц: 'c',
  ч: 'q',
  ш: 'w',
  щ: 'w',
  ъ: '',
  ь: '',
  ю: 'iu',
  я: 'ia',
  y: 'i',
  w: 'v',
  q: 'k',
  x: 'ks',
};
/** How Latin letters are put together to write Cyrillic ones. Longer ones first. */
const LATIN_GROUPS: readonly (readonly [RegExp, string])[] = [
  [/shch|sch|sh/g, 'ш'],
  [/dzh|zh|dj/g, 'ж'],
  [/ch/g, 'ч'],
  [/kh/g, 'х'],
  [/ts|tz/g, 'ц'],
  [/ph/g, 'ф'],
  [/ck/g, 'к'],
  [/(?:yu|iu|ju)/g, 'ю'],
  [/(?:ya|ia|ja)/g, 'я'],
  [/(?:yo|jo|io)/g, 'ё'],
  [/(?:ye|ie)/g, 'е'],
  [/ng(?=[aeiouy]|$)/g, 'н'],
  [/j/g, 'ж'],
];

/**
 * What a lower-case name sounds like, in letters of its own: «Чыңгыз», «Чынгыз» and "Chyngyz" are
 * one. Equal keys may be one name; different keys may still be (other vowels).
 */
export const nameKey: (lower: string) => string = remember((lower) => {
  let word = lower;
  if (/[a-z]/.test(word))
    for (const [group, letter] of LATIN_GROUPS) word = word.replace(group, letter);
  word = word.replaceAll(/дж/g, 'ж');
  let key = '';
  for (const letter of word) {
    const next = LETTERS[letter] ?? (/[\p{L}]/u.test(letter) ? letter : '');
    for (const sound of next) if (!key.endsWith(sound)) key += sound;
  }
  return key;
});

const RUSSIAN =
  'а у ом ем ём е ы и ой ей ю я ью ям ами ях ах ам ою ею ым им ых ого ому его ему ую юю ая яя ий ый ь й ов'
    .split(' ')
    .filter((ending) => ending !== 'ов');
const CHANGED = /(?:ой|ою|ей|ею|ем|ы|и|е|у|ю|я)$/u;
const ENGLISH = ["'s", "s'", 's'];
const KYRGYZ_CASE =
  /(?:[ндт][ыиуү]н|[гк][аеоө]|н[аеоө]|[ндт][ыиуү]|[дт][аеоө]н?|н[аеоө]н|[дт][аеоө]г[ыиуү]|ча|че|чо|чө|дай|дей|дой|дөй|тай|тей)$/u;
const KYRGYZ_PLURAL = /[лдт][аеоө]р(?:[ыиуү](?:н)?)?$/u;
const KYRGYZ_OWN = /(?:[ыиуү]?м|[ыиуү]?ң|с[ыиуү]н?|[ыиуү]н?|[ыиуү]?б[ыиуү]з)$/u;
const KYRGYZ_LATIN =
  /(?:n[yiu]n|d[yiu]n|t[yiu]n|[gk][aeo]|n[yiu]|d[yiu]|d[ae]n|t[ae]n|d[ae]|t[ae])$/;

/** Shorter stems would match anything. */
const LEAST_STEM = 3;

/**
 * The keys a lower-case word may stand for: as it is, and without what may be an ending of a Russian
 * case, a chain of Kyrgyz suffixes or an English possessive.
 */
export const nameKeys: (lower: string) => readonly string[] = remember((lower) => {
  const stems = new Set([lower]);
  const without = (word: string, ending: string) => {
    if (word.endsWith(ending) && word.length - ending.length >= LEAST_STEM) {
      stems.add(word.slice(0, word.length - ending.length));
    }
  };
  const cut = (word: string, pattern: RegExp) => {
    const stem = word.replace(pattern, '');
    if (stem !== word && stem.length >= LEAST_STEM) stems.add(stem);
  };
  if (/[a-z]/.test(lower)) {
    for (const ending of ENGLISH) without(lower, ending);
    cut(lower, KYRGYZ_LATIN);
  } else {
    for (const ending of RUSSIAN) without(lower, ending);
    // Айнура, Айнуру: the ending was changed, not added. Сергей, Сергея likewise.
    const stem = lower.replace(CHANGED, '');
    if (stem !== lower && stem.length >= LEAST_STEM - 1) {
      for (const ending of ['а', 'я', 'й']) stems.add(stem + ending);
    }
    for (const pattern of [KYRGYZ_CASE, KYRGYZ_OWN, KYRGYZ_PLURAL]) {
      // Suffixes come in chains: Асан-дар-дын.
      for (const stem of [...stems]) cut(stem, pattern);
    }
  }
  const keys = new Set<string>();
  for (const stem of stems) {
    const key = nameKey(stem);
    if (key.length >= 2) keys.add(key);
  }
  return [...keys];
});
