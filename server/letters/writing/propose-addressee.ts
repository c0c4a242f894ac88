import { inclineLastname } from 'lvovich';
import type { Language } from './language.ts';

/** A name as it was entered; the gender is always told, never guessed. */
export interface OfficeholderName {
  readonly last: string;
  readonly first: string;
  /** The patronymic; some have none. */
  readonly middle?: string;
  readonly gender: 'male' | 'female';
}

/** What could stand in a letter. It is a proposal: a person who knows the name must confirm it. */
export interface AddresseeProposal {
  /** Name and initials in the dative, as they follow the office in the corner of a letter. */
  readonly dative: Readonly<Record<Language, string>>;
  readonly salutation: Readonly<Record<Language, string>>;
  /** What makes the proposal doubtful: a name that generators are known to decline wrongly. */
  readonly doubts: readonly AddresseeDoubt[];
}

/** Why a proposal must be looked at twice. */
export type AddresseeDoubt =
  | 'transliterated'
  | 'uulu-kyzy'
  | 'no-patronymic'
  | 'unchanged'
  | 'latin'
  | 'double-name';

const UULU_KYZY = /(?<!\p{L})(?:уулу|кызы)(?!\p{L})/iu;

/**
 * Proposes dative and salutation of an officeholder; in English, in Latin letters.
 *
 * Russian is declined by lvovich, which is always told the gender, except names with «уулу» and
 * «кызы», which Russian does not decline; Kyrgyz by the harmony of its vowels, by which «уулу» and
 * «кызы» take -на. Initials stand before the name, as in letters.
 */
export function proposeAddressee(name: OfficeholderName): AddresseeProposal {
  const { last, first, middle, gender } = name;
  const initials = [first, ...(middle === undefined || UULU_KYZY.test(middle) ? [] : [middle])]
    .map((one) => `${one.charAt(0).toUpperCase()}.`)
    .join(' ');
  const called = [first, ...(middle === undefined ? [] : [middle])].join(' ');
  const russian = UULU_KYZY.test(last) ? last : inclineLastname(last, 'dative', gender);
  const dear = gender === 'male' ? 'Уважаемый' : 'Уважаемая';
  const title = gender === 'male' ? 'Mr' : 'Ms';
  return {
    dative: {
      ky: `${initials} ${kyrgyzDative(last)}`,
      ru: `${russian} ${initials}`,
      en: `${latin(initials)} ${latin(last)}`,
    },
    salutation: {
      ky: `Урматтуу ${called}!`,
      ru: `${dear} ${called}!`,
      en: `Dear ${title} ${latin(last)},`,
    },
    doubts: doubtsOf(name, russian),
  };
}

function doubtsOf(
  { last, first, middle, gender }: OfficeholderName,
  declined: string,
): AddresseeDoubt[] {
  const doubts: AddresseeDoubt[] = [];
  if (/\p{Script=Cyrillic}/u.test(last)) doubts.push('transliterated');
  const whole = [last, first, middle ?? ''].join(' ');
  if (UULU_KYZY.test(whole)) doubts.push('uulu-kyzy');
  if (middle === undefined) doubts.push('no-patronymic');
  // A man's surname that stays as it is may be foreign, or one that the rules do not know.
  if (declined === last && !(gender === 'female' && /[^аяй]$/iu.test(last)))
    doubts.push('unchanged');
  if (/\p{Script=Latin}/u.test(whole)) doubts.push('latin');
  if (/[\s-]/u.test(last.trim()) && !UULU_KYZY.test(last)) doubts.push('double-name');
  return doubts;
}

/** Cyrillic letters in Latin ones as Kyrgyz passports and newspapers mostly write them. */
const LATIN: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'yo',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  ң: 'ng',
  о: 'o',
  ө: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ү: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
};

function latin(name: string): string {
  return name.replace(/ий(?!\p{L})/giu, 'y').replace(/[а-яёңөү]/giu, (letter) => {
    const written = LATIN[letter.toLowerCase()]!;
    return letter === letter.toLowerCase()
      ? written
      : written.charAt(0).toUpperCase() + written.slice(1);
  });
}

const VOICELESS = /[кпстфхцчшщ]$/iu;
const POSSESSIVE = /(?:уулу|кызы)$/iu;

/** The dative of a name: -га, -ге, -го, -гө, behind a voiceless sound with к; -на behind a possessive. */
export function kyrgyzDative(name: string): string {
  if (POSSESSIVE.test(name)) return `${name}на`;
  const vowels = name.toLowerCase().match(/[аеёиоуыэюяөү]/gu);
  const consonant = VOICELESS.test(name) ? 'к' : 'г';
  return `${name}${consonant}${endingVowel(vowels?.at(-1))}`;
}

function endingVowel(last: string | undefined): string {
  switch (last) {
    case 'о':
    case 'ё':
      return 'о';
    case 'ө':
    case 'ү':
      return 'ө';
    case 'е':
    case 'э':
    case 'и':
      return 'е';
    // а, я, ы, у, ю; and a name without vowels, for which there is no rule.
    default:
      return 'а';
  }
}
