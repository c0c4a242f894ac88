import type { Language } from './language.ts';
import type { LetterModel } from './letter-model.ts';

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

const REGISTERED_VIOLATION: Patterns = {
  ky: /катталган\s+(?:укук\s+)?бузуу/iu,
  ru: /зарегистрированн\p{L}*\s+(?:факт\p{L}*\s+)?нарушени/iu,
  en: /registered\s+(?:rights\s+)?violation/iu,
};

const REGISTERED_CASE: Patterns = {
  ky: /катталган\s+(?:учур|кайрылуу|билдирүү)/iu,
  ru: /зарегистрирован\p{L}*\s+(?:\d[\d \u00a0]*\s+)?(?:случа|обращени|сообщени)|(?:случа|обращени|сообщени)\p{L}*\s+зарегистрирован/iu,
  en: /registered\s+(?:cases?|reports?)|(?:cases?|reports?)\s+(?:were\s+|was\s+)?registered/iu,
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

const RANKS: Patterns = {
  ky: /(?<!\p{L})(?:сержант|старшина|прапорщик|лейтенант|капитан|майор|подполковник|полковник|генерал)\p{Ll}*\s+(?:милиции\s+|милициянын\s+)?\p{Lu}\p{Ll}+/u,
  ru: /(?<!\p{L})(?:[Сс]ержант|[Сс]таршин|[Пп]рапорщик|[Лл]ейтенант|[Кк]апитан|[Мм]айор|[Пп]одполковник|[Пп]олковник|[Гг]енерал(?!ьн)|[Оо]перуполномоченн|[Уу]частков(?:ый|ого|ому|ым))\p{Ll}*\s+(?:милиции\s+|полиции\s+)?\p{Lu}(?:\p{Ll}+|\.)/u,
  en: /(?<!\p{L})(?:Sergeant|Lieutenant|Captain|Major|Colonel|General|Officer|Inspector)\s+(?!General|Prosecutor|Assembly|Staff)\p{Lu}\p{Ll}+/u,
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
    id: 'named-officer',
    severity: 'stop',
    breaks: (text, lang) => RANKS[lang].test(text),
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
