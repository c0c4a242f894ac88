import type { LetterModel } from '../letter-model.ts';
import type { Language } from '../writing/language.ts';
import { namesOfficer } from './named-officer.ts';

// Each rule reads one text in one language. Patterns are of stems, since all three languages inflect.

/**
 * One ground on which appeals are returned, or letters lose their weight. What to write instead is
 * told in the catalogs, under `finding.`.
 */
export interface LintRule {
  readonly id: string;
  readonly severity: 'warn' | 'stop';
  /** Whether a text breaks it; `field` is the first step of the text's path. */
  breaks(text: string, lang: Language, model: LetterModel, field: PropertyKey): boolean;
}

type Patterns = Readonly<Record<Language, RegExp>>;

/** A number, or a word or two, between what is registered and that it is. */
const BETWEEN = String.raw`\s+(?:[\d\p{L}][\d\p{L}\u00a0,]*\s+){0,2}?`;

const pattern = (...either: string[]) => new RegExp(either.join('|'), 'iu');

const REGISTERED_VIOLATION: Patterns = {
  ky: pattern(`(?<!\\p{L})катталган${BETWEEN}бузуу`, String.raw`бузуу(?:лар)?\p{L}*\s+катталган`),
  ru: pattern(
    `зарегистрированн\\p{L}*${BETWEEN}нарушени`,
    `нарушени\\p{L}*${BETWEEN}зарегистрирован`,
  ),
  en: pattern(
    `(?<!\\p{L})registered${BETWEEN}violations?(?!\\p{L})`,
    String.raw`violations?(?:\s+of\s+(?:\p{L}+\s+){0,2}?\p{L}+)?\s+(?:was|were|are|is|(?:has|have|had)\s+been)\s+registered`,
  ),
};

const REGISTERED_CASE: Patterns = {
  ky: pattern(
    `(?<!\\p{L})катталган${BETWEEN}(?:учур|кайрылуулар|билдирүү|окуя)`,
    String.raw`катталган\s+кайрылуу(?!\s+күн)`,
    String.raw`(?<!\p{L})(?:учур|кайрылуулар|билдирүү|окуя)\p{L}*\s+катталган`,
  ),
  ru: pattern(
    `зарегистрирован\\p{L}*${BETWEEN}(?:случа|обращени|сообщени)`,
    String.raw`(?:случа|обращени|сообщени)\p{L}*\s+(?:\p{L}+\s+)?зарегистрирован`,
  ),
  en: pattern(
    `(?<!\\p{L})registered${BETWEEN}(?:cases?|reports?)(?!\\p{L})`,
    String.raw`(?:cases?|reports?)\s+(?:(?:was|were|are|is|(?:has|have|had)\s+been)\s+)?registered`,
  ),
};

const EVIDENCE: Patterns = {
  ky: /(?<!\p{L})далил/iu,
  ru: /(?<!\p{L})(?:доказательств|доказан)/iu,
  en: /(?<!\p{L})(?:proof|proves?|proven)(?!\p{L})/iu,
};

const SHARE_OF_PEOPLE: Patterns = {
  ky: /(?:адамдардын|жарандардын|бейтаптардын)\s+\d[\d.,]*\s*(?:%|пайыз)|\d\s*(?:%|пайыз\p{L}*)\s+(?:адам|жаран|бейтап)/iu,
  ru: /\d\s*(?:%|процент\p{L}*)\s+(?:всех\s+)?(?:людей|граждан|человек|пациент|клиент|лиц(?!\p{L}))/iu,
  en: /\d\s*(?:%|per\s*cent|percent)\s+of\s+(?:all\s+|the\s+)*(?:people|persons|citizens|patients|clients|women|men)/iu,
};

const PERCENT = /\d\s*(?:%|процент|пайыз|per\s*cent|percent)/iu;

/** «из 668», "of 668", «668 учурдун»: the number that a share is taken of. */
const BASE: Patterns = {
  ky: /\d\s+(?:учур|иш|окуя)\p{L}*(?:нын|нин|дын|дин|дун|дүн|тын|тин|тун|түн)(?!\p{L})|(?:ичинен|базасы)/iu,
  ru: /(?<!\p{L})(?:из|от)\s+(?:общего\s+числа\s+)?\d+(?![\d.,]*\s*(?:%|процент))(?!\d)/iu,
  en: /(?<!\p{L})of\s+\d+(?![\d.,]*\s*(?:%|per\s*cent))(?!\d)/iu,
};

/**
 * Shares and large numbers in words: «каждый второй», «үчтөн эки», "two thirds", «шестьсот». They come
 * from nowhere that could be counted again. Halves of a year are none, nor is what is done twice.
 */
const SHARE_IN_WORDS: Patterns = {
  ky: /(?<!\p{L})(?:(?:үчтөн|төрттөн|бештен|ондон)\s+(?:бир|эки|үч|төрт)|ар\s+бир\s+(?:экинчи|үчүнчү|төртүнчү|бешинчи|онунчу)\s+(?:адам|учур|бейтап|жаран)|(?:адам|учур|бейтап|жаран)\p{L}*\s+(?:тең\s+)?жарым[ыи]|(?:эки|үч|төрт|беш|алты|жети|сегиз|тогуз)\s+жүз(?!\p{L}))/iu,
  ru: /(?<!\p{L})(?:кажд(?:ый|ая|ое|ого|ому|ым|ом|ую|ой)\s+(?:втор|трет|четв[её]рт|пят|десят)\p{L}*\s+(?:случа|человек|пациент|клиент|обратив)|(?:половин[аыуе]|половиной|треть|трети|четверть|четверти)\s+(?:всех\s+|этих\s+|из\s+)?(?:случаев|людей|граждан|пациентов|клиентов|обратившихся|них)|(?:двести|триста|четыреста|(?:пять|шесть|семь|восемь|девять)сот)(?!\p{L}))/iu,
  en: /(?<!\p{L})(?:(?:half|(?:a|one|two)[\s-]thirds?|(?:a|one|three)[\s-]quarters?)\s+(?:of\s+)?(?:all\s+|the\s+|these\s+)*(?:people|persons|citizens|patients|clients|cases|them)|every\s+(?:second|third|fourth|fifth|tenth)\s+(?:case|person|patient|client|one)|(?:two|three|four|five|six|seven|eight|nine)\s+hundred)(?!\p{L})/iu,
};

const VAGUE_DEMAND: Patterns = {
  ky: /^\s*(?:тиешелүү\s+)?(?:чара|чараларды)\s+көрүү\p{L}*\s*[.;]?\s*$/iu,
  ru: /^\s*(?:принять\s+(?:соответствующие\s+|необходимые\s+)?меры|разобраться(?:\s+в\s+ситуации)?)\s*[.;]?\s*$/iu,
  en: /^\s*(?:to\s+)?(?:take\s+(?:appropriate\s+|the\s+necessary\s+)?(?:measures|action|steps)|look\s+into\s+(?:it|this|the\s+matter))\s*[.;]?\s*$/iu,
};

/**
 * What a demand asks somebody to do: an infinitive in Russian and English, a verbal noun in the
 * accusative in Kyrgyz.
 */
const ASKS_FOR_AN_ACT: Patterns = {
  ky: /(?:уу|үү|оо|өө)н[уү](?!\p{L})/iu,
  ru: /\p{L}(?:ть|ти|чь)(?:ся)?(?!\p{L})/iu,
  en: /(?<!\p{L})to\s+\p{L}+/iu,
};

const ANNEX_NUMBER: Patterns = {
  ky: /(?:(?:№\s*)?(\d{1,2})\s*-?\s*тиркеме|тиркеме\p{L}*\s+№\s*(\d{1,2}))/giu,
  ru: /прил(?:ожени\p{L}*|\.)\s+(?:№\s*)?(\d{1,2})/giu,
  en: /annex(?:es)?\s+(?:no\.?\s*)?(\d{1,2})/giu,
};

/** The rules, in the order in which findings are shown. */
export const LINT_RULES: readonly LintRule[] = [
  {
    id: 'all-capitals',
    severity: 'stop',
    breaks: (text) => shouts(text),
  },
  {
    id: 'registered-violation',
    severity: 'stop',
    breaks: (text, lang) => REGISTERED_VIOLATION[lang].test(text),
  },
  {
    id: 'documented-as-registered',
    severity: 'stop',
    breaks: (text, lang) => REGISTERED_CASE[lang].test(text),
  },
  {
    id: 'evidence',
    severity: 'warn',
    breaks: (text, lang) => EVIDENCE[lang].test(text),
  },
  {
    id: 'share-of-people',
    severity: 'stop',
    breaks: (text, lang) => SHARE_OF_PEOPLE[lang].test(text),
  },
  {
    id: 'share-without-base',
    severity: 'stop',
    breaks: (text, lang) => PERCENT.test(text) && !BASE[lang].test(text),
  },
  {
    id: 'share-in-words',
    severity: 'warn',
    breaks: (text, lang) => SHARE_IN_WORDS[lang].test(text),
  },
  {
    id: 'named-officer',
    severity: 'stop',
    breaks: namesOfficer,
  },
  {
    id: 'vague-demand',
    severity: 'warn',
    breaks: (text, lang) => VAGUE_DEMAND[lang].test(text),
  },
  {
    id: 'unaddressed-demand',
    severity: 'warn',
    breaks: (text, lang, _model, field) => field === 'demands' && !ASKS_FOR_AN_ACT[lang].test(text),
  },
  {
    id: 'latin-letters',
    severity: 'warn',
    breaks: (text, lang) => lang !== 'en' && isLatin(text),
  },
  {
    id: 'absent-annex',
    severity: 'stop',
    breaks: (text, lang, { annexes }) =>
      [...text.matchAll(ANNEX_NUMBER[lang])].some(
        ([, one, other]) => Number(one ?? other) > annexes.length,
      ),
  },
];

/** Abbreviations are written in capitals too: three such words of four letters and more are a shout. */
function shouts(text: string): boolean {
  const words = text.match(/\p{L}{4,}/gu) ?? [];
  const capitals = words.filter((word) => word === word.toUpperCase()).length;
  return capitals >= 3 && capitals * 2 > words.length;
}

/** Kyrgyz or Russian that was typed in Latin letters is a ground for returning an appeal. */
function isLatin(text: string): boolean {
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  const words = text.match(/\p{Script=Latin}{3,}/gu)?.length ?? 0;
  return words >= 3 && latin > (text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0);
}
