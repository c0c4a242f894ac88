import { CONTEXTS, isKnownAbbreviation } from './contexts.ts';
import { foldKyrgyz } from './kyrgyz-word.ts';
import type { Lexicon, TextLanguage } from './lexicon.ts';
import type { NameKnowledge } from './names.ts';
import type { PlaceKnowledge } from './places.ts';
import { remember } from './remember.ts';
import type { Word } from './words.ts';

/** What of a word its verdict depends on. */
type Seen = Pick<Word, 'lower' | 'capital' | 'opens' | 'language'>;

/** What a word is by itself. */
export type Verdict = 'plain' | 'name' | 'unknown' | 'place';

/** A verdict with the rule that gave it. */
export interface Judged {
  readonly verdict: Verdict;
  readonly rule: string;
  /** Whether the word is an everyday one of its language. */
  readonly ordinary: boolean;
}

const plain = (ordinary: boolean): Judged => ({ verdict: 'plain', rule: '', ordinary });

/** Adjectives that open sentences and are nobody's name. */
const COMMON_ADJECTIVE =
  /^(?:русск|советск|городск|сельск|соседск|детск|женск|мужск|кыргызск|киргизск|человеческ|медицинск|юридическ|гражданск|милицейск|полицейск|адвокатск|прокурорск|управленческ|областн|бишкекск|российск|уголовн|физическ|психическ|психологическ|практическ|фактическ|политическ|технически|автоматическ|систематическ|периодическ|хроническ|клиническ|наркотическ|критическ|конкретн|чуйск|ошск|нарынск|таласск|баткенск|иссык|джалал|жалал|ленинск|свердловск|первомайск|октябрьск|турецк|немецк|дурацк|кабацк|рыбацк|казацк|мертвецк|стрелецк|молодецк|простецк|братск|светск|людск|мирск|близк|низк|узк|дерзк|мерзк|скользк|вязк|резк|детск|штатск|азиатск|солдатск|врачебн|аптекарск|канцелярск|командирск|офицерск|университетск|студенческ|родительск|материнск|отцовск|общественн|республиканск|государственн|правозащитн|пациентск|сестринск|шоферск|хозяйск|житейск|армейск|судейск|европейск|английск|китайск|казахск|узбекск|таджикск|уйгурск|дунганск|корейск|московск|киевск)/u;
const isCommonAdjective = (lower: string) =>
  COMMON_ADJECTIVE.test(lower) || /(?:ическ|ческ|ительск|еннск)\p{L}{2,3}$/u.test(lower);

/** Kyrgyz suffixes can be read into these surnames («бондар» + «енко»), yet no word ends so. */
const NO_EVERYDAY_ENDING = /^\p{L}{3,}(?:енко|швили|идзе|чиева|чиев)(?:\p{L}{1,4})?$/u;

/** Surnames of women, with Kyrgyz suffixes, and the few Russian words that end so. */
const OVA = /^\p{L}{2,}[оеё]ва(?:н[ыи]н?|г[ае]|д[ае]н?|м)?$/u;
const RUSSIAN_OVA =
  /^(?:снова|слова|голова|основа|корова|готова|здорова|нова|подкова|обнова|слева|дева|столова|сова)/u;

/** Kyrgyz forms of a month that is also the name of a district, joined to its year. */
const MONTH_FORM = /^октябр(?:ы|ында|ынан|ынын|ына|да|дан|дын|га)$/u;

/** Letters of no language of the narratives. */
const FOREIGN = /(?![\p{Script=Cyrillic}\p{Script=Latin}])\p{L}/u;

/** Offices that one person holds at a time: whose kin or driver somebody is tells who he is. */
const OFFICE =
  /^(?:депутат|мэр|аким|губернатор|министр|президент|консул|ректор|декан|имам|муфтий|казы|вице-премьер|премьер|омбудсмен|mayor|governor|minister|deputy|ambassador|rector|imam)(?:ка)?(?:а|у|ом|е|ы|я|ю|ем|и|дын|тын|дин|га|го|ды|ди|нын|уң|дан|тан|дан|'s)?$/u;

/** From so many letters on, a form of a name is hardly one of another word. */
const CLEAR_NAME = 5;

/**
 * Judges a word without its neighbours. Denies by default: what is neither known as an everyday word
 * nor on the safe list is taken for a name, however it is written.
 */
export function createWordJudge(known: {
  lexicon: Lexicon;
  names: NameKnowledge;
  places: PlaceKnowledge;
}): (word: Word) => Judged {
  const { lexicon, names, places } = known;

  /** Kyrgyz suffixes make a word of almost anything: «Сокулукта» is one only by chance. */
  const isPlaceAnyway = (lower: string, language: TextLanguage) =>
    (language === 'ky' || lower.includes('-') || places.isSettlement(lower)) &&
    lower.length > 4 &&
    !places.isEveryday(lower);

  /** Whether a form of a name is rather one of an everyday word: «света», «талантом». */
  function isEverydayForm(lower: string, ordinary: boolean, language: TextLanguage): boolean {
    if (names.isClear(lower) || names.isSure(lower, language)) return false;
    if (!ordinary || names.isEveryday(lower)) return ordinary;
    if (names.isGivenAsIs(lower)) return false;
    if (language === 'en') return true;
    const bases = names.givenBases(lower);
    // Kyrgyz endings are few and clear; Russian ones make one word's form another's.
    if (language === 'ky') {
      const folded = foldKyrgyz(lower);
      return !bases.some((base) => base.length > 2 && folded.startsWith(foldKyrgyz(base)));
    }
    return bases.every((base) => base.length < CLEAR_NAME);
  }

  const kinds = new Map<string, (lower: string) => Judged>();
  return (word) => {
    const { capital, opens, language, lower, abbreviation } = word;
    if (language === 'ky' && isKnownAbbreviation(abbreviation, lower) && !isSomebody(lower)) {
      return plain(true);
    }
    const kind = `${language}${capital}${opens}`;
    let ask = kinds.get(kind);
    if (ask === undefined) {
      ask = remember((lower) => judge({ lower, capital, opens, language }));
      kinds.set(kind, ask);
    }
    return ask(lower);
  };

  function isSomebody(lower: string): boolean {
    return names.isGiven(lower) || names.isListedSurname(lower);
  }

  function judge({ lower, capital, opens, language }: Seen): Judged {
    // A capital says something in the middle of a sentence only.
    const telling = capital === 'first' && !opens;
    // A name of one or two signs: «李伟».
    if (FOREIGN.test(lower)) return { verdict: 'unknown', rule: 'unknown-word', ordinary: false };
    if (CONTEXTS.functionWords.has(lower) || lower.length < 2) {
      // «Ли С. Д.» is somebody, «ли» nobody.
      // «Ким» asks "who" in Kyrgyz, and is nothing but a surname in Russian.
      const foreign = language === 'ru' && !lexicon.isOrdinary(lower, 'ru');
      const somebody = (telling || foreign) && lower.length > 1 && names.isListedSurname(lower);
      return somebody ? { verdict: 'name', rule: 'surname', ordinary: true } : plain(true);
    }
    const ordinary = lexicon.isOrdinary(lower, language);
    const judged = (verdict: Verdict, rule: string): Judged => ({ verdict, rule, ordinary });

    if (names.isPatronymic(lower) && (!ordinary || capital === 'first')) {
      return judged('name', 'patronymic');
    }
    // «Токтобай уруп жатышты»: they went on beating, and nobody is named.
    const verb = names.isVerb(lower) && capital !== 'first';
    if (names.isGiven(lower) && !verb) {
      const everyday = isEverydayForm(lower, ordinary, language);
      // «Жанында» opens a sentence beside somebody far more often than it names Жан.
      const sure = capital === 'first' && !(everyday && opens && !names.isGivenAsIs(lower));
      if (sure || !everyday) {
        return judged('name', 'given-name');
      }
    }
    // «Гончар кричал»: an everyday word that is a surname too, and a capital says so.
    if (capital === 'first' && names.isListedSurname(lower)) return judged('name', 'surname');
    if (names.isSurnameAlone(lower, language)) return judged('name', 'surname');
    if (names.isSurname(lower)) {
      // Russian grammar makes «бекова» of «бек»; Kyrgyz has no such adjectives.
      const borrowed = language === 'ky' && OVA.test(lower) && !RUSSIAN_OVA.test(lower);
      if (!ordinary || borrowed || NO_EVERYDAY_ENDING.test(lower)) return judged('name', 'surname');
      // «Волков» may be of wolves; «Волкова», «Волкову» are nobody's plural.
      const declined = !/[оеё]в$/u.test(lower);
      const listed = names.isListedSurname(lower) && !names.isDoubtfulSurname(lower);
      if (listed && (capital === 'first' || declined)) {
        return judged('name', 'surname');
      }
      // «Черновицкая» is an adjective to a dictionary; few such adjectives are anything else.
      if (/[сц]к(?:\p{L}{2,3}|(?:ий|ая)\p{L}{1,4})$/u.test(lower) && !isCommonAdjective(lower)) {
        if (capital === 'first' || language === 'ky' || /цк\p{L}{2,3}$/u.test(lower)) {
          return judged('name', 'surname');
        }
      }
      if (telling && !CONTEXTS.safe.has(lower) && !places.isPlace(lower)) {
        return judged('name', 'surname-capital');
      }
    }
    // «Саламат» begins as «саламаттык» does, which is a ministry's word.
    const named = !/[a-z]/.test(lower) && lexicon.isWordName(lower, language);
    if (language === 'ky' && named && ordinary) return judged('name', 'word-name');
    if (CONTEXTS.safeShort.has(lower) || CONTEXTS.safe.has(lower)) return plain(ordinary);
    if (CONTEXTS.unit.test(lower)) return plain(true);
    // «2021-жылдын октябрында»: the month, not the district of that name.
    if (MONTH_FORM.test(lower) && capital === 'none') return plain(true);
    // «Забрали из свердловского»: the department, with no word for it.
    if (places.isDistrict(lower)) return judged('place', 'district');
    if (places.isPlace(lower) && (!ordinary || telling || isPlaceAnyway(lower, language))) {
      return judged('place', 'place-list');
    }
    if (telling) {
      const role = CONTEXTS.ranks.has(lower) || CONTEXTS.policeRoles.has(lower);
      if (ordinary && (role || CONTEXTS.civilRoles.has(lower))) return plain(true);
      return judged('unknown', 'capital');
    }
    if (ordinary && named) return judged('name', 'word-name');
    if (verb) return plain(true);
    if (OFFICE.test(lower)) return judged('unknown', 'office');
    if (ordinary && lexicon.isNeutral(lower, language)) return plain(true);
    if (ordinary) return judged('unknown', 'rare-word');
    if (language === 'ru' && names.isListedSurname(lower) && !names.isDoubtfulSurname(lower)) {
      return judged('name', 'surname');
    }
    if (capital === 'none' && lower.length < 3) return plain(false);
    return judged('unknown', capital === 'none' ? 'unknown-word' : 'unknown-capital');
  }
}
