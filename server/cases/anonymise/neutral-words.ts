import type { AffixDictionary, WordBase } from './affix-dictionary.ts';
import { foldKyrgyz, isKyrgyzFormOf } from './kyrgyz-word.ts';
import shipped from './neutral-words.json' with { type: 'json' };
import wordNames from './word-names.json' with { type: 'json' };

/** Which words of a dictionary lead to nobody, and which of them are somebody's name. */
export interface NeutralWords {
  /** Of a Russian word (ё written as е). */
  isRussian(word: string): boolean;
  isEnglish(word: string): boolean;
  /** Whether a Kyrgyz word is a name as often as not; likewise of Russian and English ones. */
  isKyrgyzName(word: string): boolean;
  isRussianName(word: string): boolean;
  isEnglishName(word: string): boolean;
  /** Whether a Russian word may be a form of a verb. */
  isVerbForm(word: string): boolean;
  /** Whether it is a Russian adjective that people are called by. */
  isEpithet(word: string): boolean;
  /** Whether it is a Russian noun in the nominative, and no form of another word. */
  isNounAsIs(word: string): boolean;
  /** Whether it may be a form of a Russian noun. */
  isNounForm(word: string): boolean;
}

const INFINITIVE = /(?:ть|ться|чь|чься|ти|тись)$/u;
/** Affixes of `dictionary-ru` that only verbs take. */
const VERB_FLAGS = /[YWVUTRQPMLBD]/;
/** And those that nouns take. */
const NOUN_FLAGS = /[FGHIJKNO]/;
const ADJECTIVE = /(?:ый|ий|ой)(?:ся)?$/u;
/** Forms of verbs that the dictionary lists by themselves. */
const VERB_FORM = /(?:[еёиуюая]тся|л[аои]?с[ья]|[еи]тесь|[еи]шься|[еи]мся|вшись|[еёи]шь)$/u;
/** What Russian words end in that tell deeds, states and qualities, or what was done: no name ends so. */
const ABSTRACT =
  /(?:[нт]ие|[нт]ье|[цс]ия|[оеё]сть|ство|изм|логия|графия)$|(?:нн|вш|[уюая]щ|[еи]м|ическ|тельн|енн|ованн)(?:ый|ий|ой)(?:ся)?$/u;
/** Longer adjectives are nobody's nickname. */
const LONG_ADJECTIVE = 9;
/** The like of English words. */
const ENGLISH_ABSTRACT =
  /(?:ness|tion|sion|ment|ity|ance|ence|able|ible|ful|less|ly|ism|ous|ive|ical|ship|hood)s?$/;
const ENGLISH_VERB = /(?:ing|ed)$/;

const setOf = (lists: readonly string[]) => new Set(lists.flatMap((list) => list.split(' ')));

/**
 * Creates what is known of everyday words: a closed vocabulary of each language, inflected through the
 * spelling dictionary, and the words of it that are names. Data: `neutral-words.json`, `word-names.json`.
 */
export function createNeutralWords(dictionaries: {
  ru: AffixDictionary;
  en: AffixDictionary;
}): NeutralWords {
  const russian = setOf([...shipped.ru.frequent, ...shipped.ru.field]);
  const english = setOf([...shipped.en.frequent, ...shipped.en.field]);
  const named = {
    ru: setOf(wordNames.ru),
    ky: setOf(wordNames.ky.map(foldKyrgyz)),
    en: setOf(wordNames.en),
  };

  const isVerb = ({ stem, flags }: WordBase) => INFINITIVE.test(stem) && VERB_FLAGS.test(flags);
  const isAdjective = ({ stem }: WordBase) => ADJECTIVE.test(stem);
  function isNeutralBase(base: WordBase): boolean {
    const { stem } = base;
    if (russian.has(stem) || isVerb(base) || ABSTRACT.test(stem)) return true;
    // Whether «бурый» is somebody or tells of a thing is seen by what stands beside it.
    return isAdjective(base) && (stem.length >= LONG_ADJECTIVE || named.ru.has(stem));
  }
  function isRussian(word: string): boolean {
    if (russian.has(word)) return true;
    const bases = dictionaries.ru.basesOf(word);
    if (bases.some(isNeutralBase)) return true;
    if (bases.length === 0) return false;
    // «безжалостно»: an adverb.
    return VERB_FORM.test(word) || (word.endsWith('о') && bases.some(isAdjective));
  }
  const isVerbForm = (word: string) => {
    const bases = dictionaries.ru.basesOf(word);
    return bases.some(isVerb) || (bases.length > 0 && VERB_FORM.test(word));
  };

  return {
    isRussian,
    isVerbForm,
    isEnglish(word) {
      if (english.has(word)) return true;
      const bases = dictionaries.en.basesOf(word);
      if (bases.some(({ stem }) => english.has(stem))) return true;
      if (!dictionaries.en.knows(word)) return false;
      // "Molly", "olive": what is shorter ends so by chance.
      const abstract = ENGLISH_ABSTRACT.test(word) && word.length > 6;
      return abstract || (ENGLISH_VERB.test(word) && word.length > 4);
    },
    isKyrgyzName: (word) => isKyrgyzFormOf(foldKyrgyz(word), named.ky),
    isEnglishName: (word) => named.en.has(word.replace(/'s?$/, '')),
    isRussianName(word) {
      const bases = dictionaries.ru.basesOf(word);
      const isName = (base: WordBase) => named.ru.has(base.stem) && !isAdjective(base);
      return bases.some(isName) && bases.every((base) => isName(base) || !isNeutralBase(base));
    },
    isNounAsIs: (word) => {
      const bases = dictionaries.ru.basesOf(word);
      return bases.length === 1 && bases[0]!.stem === word && NOUN_FLAGS.test(bases[0]!.flags);
    },
    isNounForm: (word) =>
      dictionaries.ru
        .basesOf(word)
        .some((base) => NOUN_FLAGS.test(base.flags) && !isVerb(base) && !isAdjective(base)),
    isEpithet: (word) =>
      dictionaries.ru.basesOf(word).some((base) => isAdjective(base) && named.ru.has(base.stem)),
  };
}
