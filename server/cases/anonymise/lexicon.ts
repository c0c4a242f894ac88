import type { AffixDictionary } from './affix-dictionary.ts';
import extra from './everyday-words.json' with { type: 'json' };
import {
  assimilates,
  createKyrgyzWords,
  foldKyrgyz,
  isInHarmony,
  isKyrgyzSuffix,
} from './kyrgyz-word.ts';
import { createNeutralWords } from './neutral-words.ts';

/** The languages of narratives. */
export const TEXT_LANGUAGES = ['ru', 'ky', 'en'] as const;
/** A language of a narrative. */
export type TextLanguage = (typeof TEXT_LANGUAGES)[number];

/** Tells ordinary words from those that may be anybody's name. */
export interface Lexicon {
  /** Whether a lower-case word is an ordinary one of a text in this language. */
  isOrdinary(lower: string, language: TextLanguage): boolean;
  /**
   * Whether an ordinary word is one of those that such texts are written in, or has a form that no name
   * has. Dictionaries know a hundred thousand words, and anybody may be called by any of the rest.
   */
  isNeutral(lower: string, language: TextLanguage): boolean;
  /** Whether an ordinary word is somebody's name as often as not: «роза», «сезим», "grace". */
  isWordName(lower: string, language: TextLanguage): boolean;
  /** Whether a Russian word may be a form of a verb. */
  isVerbForm(lower: string): boolean;
  /** Whether it is a Russian adjective that people are called by: «лысый», «косого». */
  isEpithet(lower: string): boolean;
  /** Whether it is a Russian noun in the nominative, and no form of another word. */
  isNounAsIs(lower: string): boolean;
  /** Whether it may be a form of a Russian noun. */
  isNounForm(lower: string): boolean;
  /** Whether it is a Kyrgyz word, borrowed ones left aside. */
  isKyrgyz(lower: string): boolean;
}

/** As many answers are kept; a text of nothing but new words must not fill the memory. */
const CACHE_LIMIT = 200_000;
const LONGEST_WORD = 60;
/** What only verbs and words made of verbs end in, so that a list of verbs need not be whole. */
const KYRGYZ_VERB =
  /(?:(?:(?:л[ае]н?|[ыиу]л|[дт][ыиу]р|[бп][ае])г|(?:[ыиу]ш|т)к)[ае]н(?:д[ыиу]г[ыиу]|[дт][ае]|[ыиу]н?|д[ыиу]н|г[ае]|д[ае]н)?|(?:л[ае]н?|[ыиу]л|[ыиу]ш|[дт][ыиу]р|[бп][ае]|т)(?:[ыиу]п|п|[ае]т|[бп][ае]й(?:т)?|[уо]{2}(?:н[уо]н?|г[ао]|д[ао]н?|су?н?)?))$/u;

/** Creates a lexicon from spelling dictionaries and from our own lists. */
export function createLexicon(dictionaries: { ru: AffixDictionary; en: AffixDictionary }): Lexicon {
  const kyrgyz = createKyrgyzWords();
  const own = (list: readonly string[]) => new Set(list.join(' ').replaceAll('ё', 'е').split(' '));
  const russianWords = own(extra.russian);
  const russianStems = extra.russianStems.join(' ').split(' ');
  const englishWords = own(extra.english);
  const known = new Map<string, boolean>();

  const neutral = createNeutralWords(dictionaries);

  const isOwnRussian = (word: string) =>
    russianWords.has(word) ||
    russianStems.some((stem) => word.startsWith(stem) && word.length <= stem.length + 5);
  const isRussian = (word: string) => isOwnRussian(word) || dictionaries.ru.knows(word);
  const isNeutralRussian = (word: string) => isOwnRussian(word) || neutral.isRussian(word);

  /** A Russian word with Kyrgyz suffixes: «прокуратурадан», «протоколго». */
  function isBorrowed(word: string, isWord: (word: string) => boolean): boolean {
    for (let cut = 1; cut <= 10 && word.length - cut >= 4; cut++) {
      const tail = word.slice(word.length - cut);
      // A single а joins to nothing but another suffix: «бекова» is no form of «беков».
      if (!isKyrgyzSuffix(tail) || /^[аео]$/u.test(tail)) continue;
      const stem = word.slice(0, word.length - cut);
      if (!assimilates(stem, tail)) continue;
      if ([stem, `${stem}а`, `${stem}ь`].some((base) => isWord(base))) return true;
    }
    return false;
  }
  const englishForms = (word: string) => {
    const base = word.replace(/'(?:s|ll|d|re|ve|m|t)?$/, '');
    return [word, base, word.replace(/n't$/, ''), ...american(base)];
  };
  const isEnglish = (word: string) =>
    englishForms(word).some((form) => englishWords.has(form) || dictionaries.en.knows(form));
  const isNeutralEnglish = (word: string) =>
    englishForms(word).some((form) => englishWords.has(form) || neutral.isEnglish(form));

  function judgeNeutral(lower: string, language: TextLanguage): boolean {
    if (/[a-z]/.test(lower)) return isNeutralEnglish(lower);
    const word = lower.replaceAll('ё', 'е');
    if (isNeutralRussian(word)) return true;
    const folded = foldKyrgyz(word);
    if (language !== 'ky' && !/[өүң]/.test(word)) return false;
    return (
      kyrgyz(folded, word) ||
      isBorrowed(folded, isNeutralRussian) ||
      (folded.length >= 7 && isInHarmony(word) && KYRGYZ_VERB.test(folded))
    );
  }
  function judgeName(lower: string, language: TextLanguage): boolean {
    if (/[a-z]/.test(lower)) return neutral.isEnglishName(lower);
    const word = lower.replaceAll('ё', 'е');
    if (language !== 'ky' && !/[өүң]/.test(word)) return neutral.isRussianName(word);
    if (neutral.isKyrgyzName(word)) return true;
    return !kyrgyz(foldKyrgyz(word), word) && neutral.isRussianName(word);
  }
  function judge(lower: string, language: TextLanguage): boolean {
    if (/[a-z]/.test(lower)) return isEnglish(lower);
    const word = lower.replaceAll('ё', 'е');
    if (language === 'ky') {
      const folded = foldKyrgyz(word);
      return (
        kyrgyz(folded, word) ||
        isRussian(word) ||
        isBorrowed(folded, isRussian) ||
        (folded.length >= 7 && isInHarmony(word) && KYRGYZ_VERB.test(folded))
      );
    }
    return isRussian(word) || (/[өүң]/.test(word) && kyrgyz(foldKyrgyz(word), word));
  }
  function judgeParts(
    lower: string,
    language: TextLanguage,
    judgeOne: (lower: string, language: TextLanguage) => boolean,
  ): boolean {
    if (!lower.includes('-') || russianWords.has(lower)) return judgeOne(lower, language);
    const parts = lower.split('-').filter((part) => part !== '');
    const joined = parts.join('');
    if (judgeOne(joined, language)) return true;
    // «Аса-нов» is a name in two halves, each of which happens to be a word.
    if (/(?:ов|ев|ин)[аыу]?$/.test(joined) && parts.every((part) => part.length < 5)) return false;
    return parts.every((part) => judgeOne(part, language));
  }

  function kept(key: string, ask: () => boolean): boolean {
    const answer = known.get(key);
    if (answer !== undefined) return answer;
    if (known.size >= CACHE_LIMIT) known.clear();
    const found = ask();
    known.set(key, found);
    return found;
  }

  return {
    isOrdinary: (lower, language) =>
      lower.length <= LONGEST_WORD &&
      kept(`o${language}${lower}`, () => judgeParts(lower, language, judge)),
    isNeutral: (lower, language) =>
      lower.length <= LONGEST_WORD &&
      kept(`n${language}${lower}`, () => judgeParts(lower, language, judgeNeutral)),
    isWordName: (lower, language) =>
      lower.length <= LONGEST_WORD &&
      kept(`w${language}${lower}`, () => judgeName(lower, language)),
    isVerbForm: (lower) => kept(`v${lower}`, () => neutral.isVerbForm(lower.replaceAll('ё', 'е'))),
    isNounAsIs: (lower) => kept(`a${lower}`, () => neutral.isNounAsIs(lower.replaceAll('ё', 'е'))),
    isKyrgyz: (lower) => kept(`k${lower}`, () => kyrgyz(foldKyrgyz(lower), lower)),
    isNounForm: (lower) => kept(`f${lower}`, () => neutral.isNounForm(lower.replaceAll('ё', 'е'))),
    isEpithet: (lower) => kept(`e${lower}`, () => neutral.isEpithet(lower.replaceAll('ё', 'е'))),
  };
}

/** The American spellings of a British word: the dictionary has those. */
function american(word: string): string[] {
  return [
    word.replace('our', 'or'),
    word.replace(/^grey/, 'gray'),
    word.replace(/is(e[ds]?|ing|ation|ations)$/, 'iz$1'),
    word.replace(/ys(e[ds]?|ing)$/, 'yz$1'),
    word.replace(/ll(ed|ing|er|ers)$/, 'l$1'),
    word.replace(/tre(s?)$/, 'ter$1'),
    word.replace(/ence(s?)$/, 'ense$1'),
    word.replace(/ogue(s?)$/, 'og$1'),
  ].filter((spelling) => spelling !== word);
}
