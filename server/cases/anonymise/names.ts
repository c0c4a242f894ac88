import type { TextLanguage } from './lexicon.ts';
import { nameKey, nameKeys } from './name-key.ts';
import shipped from './names.json' with { type: 'json' };
import { remember } from './remember.ts';

/** What is known of a word as somebody's name. */
export interface NameKnowledge {
  /** Whether it is a given name, in any form, alphabet or pet form. */
  isGiven(lower: string): boolean;
  /** The given names, in small letters, that it may be a form of. */
  givenBases(lower: string): readonly string[];
  /** Whether it is so exactly, with no ending taken off. */
  isGivenAsIs(lower: string): boolean;
  /** Whether it is also an everyday word, so that in small letters it proves nothing. */
  isEveryday(lower: string): boolean;
  /** Whether it is a name in such texts, whatever a dictionary says. */
  isClear(lower: string): boolean;
  /** Whether it is far more often somebody than anything else, in texts of this language. */
  isSure(lower: string, language: TextLanguage): boolean;
  /** Whether it has the form of a surname. */
  isSurname(lower: string): boolean;
  /** Whether it is a surname that looks like an everyday word in the plural. */
  isListedSurname(lower: string): boolean;
  /** Whether it has the form of such a surname by chance: in small letters with no cue it is nobody. */
  isDoubtfulSurname(lower: string): boolean;
  /** Whether it is a Kyrgyz verb that sounds like a name of two: «карабай» is "not looking". */
  isVerb(lower: string): boolean;
  /** Whether it is so although it is an everyday word, which hardly any such text would use. */
  isSurnameAlone(lower: string, language: TextLanguage): boolean;
  isPatronymic(lower: string): boolean;
  /** Pet forms of a given name, and the name of a pet form, as keys. */
  kinOf(key: string): readonly string[];
}

const SURNAME = new RegExp(
  '^\\p{L}{2,}(?:' +
    '(?:[оеё]в|[аиоу]ев)(?:а|у|ым|е|ой|ы|ых|ыми)?' +
    '|[иы]н(?:а|у|ым|ой|ы|ых)?' +
    '|(?:[оеё]в|ев|[иы]н)а?(?:[дн][ыиу]н|[гк][аео]|[дн][ыиу]|[дт][аео]н?|лар\\p{L}{0,4})' +
    '|[сц]к(?:ий|ая)(?:[нд][ыи]н|[гк][аео]|[нд][ыи]|[дт][аео]н?)' +
    '|[сц]к(?:ий|ого|ому|им|ом|ая|ой|ую|ие|их)' +
    '|(?:енко|чук|щук|ячук|швили|дзе|заде|оглу|оглы)(?:\\p{L}{1,3})?' +
    '|(?:ян|янц)(?:а|у|ом|е)?' +
    ')$',
  'u',
);
/** Keys of «Канатбек», «Алтынбай», «Айгүл»: suffixes can be read into them, yet no word ends so. */
const COMPOUND = /^\p{L}{3,}(?:bek|bai|kul|jan|gul|nur|han)$/u;
const LATIN_SURNAME =
  /^[a-z]{2,}(?:ov|ev|iev|yev|ova|eva|yeva|ieva|sky|skiy|skii|skaya|skaia|enko|chuk|yan|dze|baev|bayev)(?:'s?)?(?:d[yi]n|g[ao]|d[yi]|n[yi]n|ga|ny)?$/;
const PATRONYMIC =
  /^\p{L}{2,}(?:ович|евич|ьич|кулович)(?:а|у|ем|е|ы|ей|тин|ке|ти|тен)?$|^\p{L}{2,}(?:[ое]вн|иничн|ичн)(?:а|у|е|ы|ой|ою|анын|ага|аны|адан)$/u;
const LATIN_PATRONYMIC = /^[a-z]{3,}(?:ovich|evich|yevich|ovna|evna|yevna)(?:'s)?$/;
/** Words that only look like a father's name. */
const NO_PATRONYMIC =
  /^(?:основн|готовн|ровн|духовн|кровн|ценовн|верховн|церковн|чиновн|уровн|плачевн|ежедневн|дневн|древн|деревн|царевн|условн|уголовн|виновн|невиновн|греховн|любовн|грамот|москвич|личн|отличн|приличн|различн|наличн|обычн|первичн|вторичн|публичн|критичн|столичн|больничн|гостиничн|язычн|единичн|граничн|частичн|лиричн|циничн|логичн|типичн|этичн)/u;

/** Creates what is known of names. */
export function createNames(): NameKnowledge {
  const bases = new Map<string, string>();
  for (const name of shipped.given.join(' ').split(' '))
    bases.set(nameKey(name.toLowerCase()), name.toLowerCase());
  const given = new Set(
    shipped.given
      .join(' ')
      .split(' ')
      .map((name) => nameKey(name.toLowerCase())),
  );
  for (const name of compoundNames()) given.add(nameKey(name));
  const everyday = new Set(shipped.frequent.split(' ').filter((word) => !word.endsWith('*')));
  const stems = shipped.frequent.split(' ').filter((word) => word.endsWith('*'));
  const everydayStem = new RegExp(
    `^(?:${stems.map((stem) => stem.slice(0, -1)).join('|')})\\p{L}{0,9}$`,
    'u',
  );
  const clear = new Set(shipped.clear.split(' '));
  const keysOf = (list: string) =>
    new Set(list.split(' ').map((name) => nameKey(name.toLowerCase())));
  const surely = {
    ru: keysOf(shipped.sure.ru),
    ky: keysOf(shipped.sure.ky),
    en: new Set<string>(),
  };
  const surnames = keysOf(shipped.surnames);
  const alone = keysOf(shipped.surnamesAlone.everywhere);
  // «стрижка» has the form of «Стриж», and is hardly ever one.
  const doubtful = new Set(shipped.doubtfulSurnames.split(' '));
  // «сорока минут»: forty, not a magpie.
  const notAlone = new Set(shipped.surnamesAlone.not.split(' '));
  const aloneInKyrgyz = keysOf(shipped.surnamesAlone.ky);
  const verb = new RegExp(
    `^(?:${shipped.compounds.verbs.replaceAll(' ', '|')})(?:[мт]|сың|сыз|сыздар|быз|мын|бы|ле)?$`,
    'u',
  );
  const kin = new Map<string, Set<string>>();
  for (const row of shipped.diminutives) {
    const keys = row.split(' ').map((name) => nameKey(name.toLowerCase()));
    for (const key of keys) {
      given.add(key);
      const known = kin.get(key) ?? new Set();
      // A pet form may be of several names; they are not one another's.
      for (const other of key === keys[0] ? keys : [keys[0]!]) known.add(other);
      kin.set(key, known);
    }
  }
  const short = 2;
  return {
    isGiven: (lower) => nameKeys(lower).some((key) => key.length > short && given.has(key)),
    givenBases: (lower) => nameKeys(lower).flatMap((key) => bases.get(key) ?? []),
    isGivenAsIs: remember((lower) => given.has(nameKey(lower.replace(/'s?$/, '')))),
    isEveryday: (lower) => everyday.has(lower) || everydayStem.test(lower),
    isClear: (lower) => clear.has(lower),
    isSure: (lower, language) =>
      nameKeys(lower).some((key) => surely[language].has(key)) ||
      nameKeys(lower).some((key) => COMPOUND.test(key) && given.has(key)),
    isSurname: (lower) => SURNAME.test(lower) || LATIN_SURNAME.test(lower),
    isListedSurname: remember((lower) => nameKeys(lower).some((key) => surnames.has(key))),
    isDoubtfulSurname: (lower) => doubtful.has(lower),
    isVerb: (lower) => verb.test(lower),
    isSurnameAlone: (lower, language) =>
      // They are Russian words: «жүк» is Kyrgyz for a load, and "kit" English.
      !/[a-zөүң]/.test(lower) &&
      !notAlone.has(lower) &&
      !doubtful.has(lower) &&
      nameKeys(lower).some(
        (key) => alone.has(key) || (language === 'ky' && aloneInKyrgyz.has(key)),
      ),
    isPatronymic: (lower) =>
      LATIN_PATRONYMIC.test(lower) || (PATRONYMIC.test(lower) && !NO_PATRONYMIC.test(lower)),
    kinOf: (key) => [...(kin.get(key) ?? [])],
  };
}

/** Kyrgyz names are put together of two: «Ай» and «нур», «Ырыс» and «кан». */
function* compoundNames(): Iterable<string> {
  const { first, last, not } = shipped.compounds;
  const words = new Set(not.split(' '));
  for (const head of first.toLowerCase().split(' ')) {
    for (const tail of last.split(' ')) if (!words.has(head + tail)) yield head + tail;
  }
}
