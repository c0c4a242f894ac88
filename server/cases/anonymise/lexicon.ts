import type { KnowsWord } from './affix-dictionary.ts';
import extra from './everyday-words.json' with { type: 'json' };
import {
  assimilates,
  createKyrgyzWords,
  foldKyrgyz,
  isInHarmony,
  isKyrgyzSuffix,
} from './kyrgyz-word.ts';

/** The languages of narratives. */
export const TEXT_LANGUAGES = ['ru', 'ky', 'en'] as const;
/** A language of a narrative. */
export type TextLanguage = (typeof TEXT_LANGUAGES)[number];

/** Tells ordinary words from those that may be anybody's name. */
export interface Lexicon {
  /** Whether a lower-case word is an ordinary one of a text in this language. */
  isOrdinary(lower: string, language: TextLanguage): boolean;
}

/** As many answers are kept; a text of nothing but new words must not fill the memory. */
const CACHE_LIMIT = 200_000;
const LONGEST_WORD = 60;
/** What only verbs and words made of verbs end in, so that a list of verbs need not be whole. */
const KYRGYZ_VERB =
  /(?:(?:(?:л[ае]н?|[ыиу]л|[дт][ыиу]р|[бп][ае])г|(?:[ыиу]ш|т)к)[ае]н(?:д[ыиу]г[ыиу]|[дт][ае]|[ыиу]н?|д[ыиу]н|г[ае]|д[ае]н)?|(?:л[ае]н?|[ыиу]л|[ыиу]ш|[дт][ыиу]р|[бп][ае]|т)(?:[ыиу]п|п|[ае]т|[бп][ае]й(?:т)?|[уо]{2}(?:н[уо]н?|г[ао]|д[ао]н?|су?н?)?))$/u;

/** Creates a lexicon from spelling dictionaries and from our own lists. */
export function createLexicon(dictionaries: { ru: KnowsWord; en: KnowsWord }): Lexicon {
  const kyrgyz = createKyrgyzWords();
  const own = (list: readonly string[]) => new Set(list.join(' ').replaceAll('ё', 'е').split(' '));
  const russianWords = own(extra.russian);
  const russianStems = extra.russianStems.join(' ').split(' ');
  const englishWords = own(extra.english);
  const known = new Map<string, boolean>();

  function isRussian(word: string): boolean {
    if (russianWords.has(word) || dictionaries.ru(word)) return true;
    return russianStems.some((stem) => word.startsWith(stem) && word.length <= stem.length + 5);
  }
  /** A Russian word with Kyrgyz suffixes: «прокуратурадан», «протоколго». */
  function isBorrowed(word: string): boolean {
    for (let cut = 1; cut <= 10 && word.length - cut >= 4; cut++) {
      const tail = word.slice(word.length - cut);
      // A single а joins to nothing but another suffix: «бекова» is no form of «беков».
      if (!isKyrgyzSuffix(tail) || /^[аео]$/u.test(tail)) continue;
      const stem = word.slice(0, word.length - cut);
      if (!assimilates(stem, tail)) continue;
      if ([stem, `${stem}а`, `${stem}ь`].some((base) => isRussian(base))) return true;
    }
    return false;
  }
  function isEnglish(word: string): boolean {
    const base = word.replace(/'(?:s|ll|d|re|ve|m|t)?$/, '');
    const lead = word.replace(/n't$/, '');
    return [word, base, lead, ...american(base)].some(
      (form) => englishWords.has(form) || dictionaries.en(form),
    );
  }
  function judge(lower: string, language: TextLanguage): boolean {
    if (/[a-z]/.test(lower)) return isEnglish(lower);
    const word = lower.replaceAll('ё', 'е');
    if (language === 'ky') {
      const folded = foldKyrgyz(word);
      return (
        kyrgyz(folded, word) ||
        isRussian(word) ||
        isBorrowed(folded) ||
        (folded.length >= 7 && isInHarmony(word) && KYRGYZ_VERB.test(folded))
      );
    }
    return isRussian(word) || (/[өүң]/.test(word) && kyrgyz(foldKyrgyz(word), word));
  }
  function judgeParts(lower: string, language: TextLanguage): boolean {
    if (!lower.includes('-') || russianWords.has(lower)) return judge(lower, language);
    const parts = lower.split('-').filter((part) => part !== '');
    const joined = parts.join('');
    if (judge(joined, language)) return true;
    // «Аса-нов» is a name in two halves, each of which happens to be a word.
    if (/(?:ов|ев|ин)[аыу]?$/.test(joined) && parts.every((part) => part.length < 5)) return false;
    return parts.every((part) => judge(part, language));
  }

  return {
    isOrdinary(lower, language) {
      if (lower.length > LONGEST_WORD) return false;
      const asked = `${language}${lower}`;
      const answer = known.get(asked);
      if (answer !== undefined) return answer;
      if (known.size >= CACHE_LIMIT) known.clear();
      const found = judgeParts(lower, language);
      known.set(asked, found);
      return found;
    },
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
