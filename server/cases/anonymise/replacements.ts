import type { FindType } from './find.ts';
import type { TextLanguage } from './lexicon.ts';
import type { Region } from './places.ts';

/** What stands for a find that is nobody's name; one length for every identifier that is removed. */
const FIXED: Readonly<Record<TextLanguage, Readonly<Partial<Record<FindType, string>>>>> = {
  ru: {
    date: '[дата]',
    time: '[время]',
    address: '[адрес]',
    place: '[место]',
    unit: '[подразделение милиции]',
  },
  ky: {
    date: '[күнү]',
    time: '[убакыт]',
    address: '[дарек]',
    place: '[жер]',
    unit: '[милиция бөлүмү]',
  },
  en: {
    date: '[date]',
    time: '[time]',
    address: '[address]',
    place: '[place]',
    unit: '[police unit]',
  },
};
const REMOVED: Readonly<Record<TextLanguage, string>> = {
  ru: '[удалено]',
  ky: '[өчүрүлдү]',
  en: '[removed]',
};
const REGIONS: Readonly<Record<TextLanguage, Readonly<Record<Region, string>>>> = {
  ru: {
    city: '[город]',
    chui: '[Чуйская область]',
    osh: '[Ошская область]',
    jalalabad: '[Джалал-Абадская область]',
    issykkul: '[Иссык-Кульская область]',
    naryn: '[Нарынская область]',
    talas: '[Таласская область]',
    batken: '[Баткенская область]',
  },
  ky: {
    city: '[шаар]',
    chui: '[Чүй облусу]',
    osh: '[Ош облусу]',
    jalalabad: '[Жалал-Абад облусу]',
    issykkul: '[Ысык-Көл облусу]',
    naryn: '[Нарын облусу]',
    talas: '[Талас облусу]',
    batken: '[Баткен облусу]',
  },
  en: {
    city: '[city]',
    chui: '[Chui oblast]',
    osh: '[Osh oblast]',
    jalalabad: '[Jalal-Abad oblast]',
    issykkul: '[Issyk-Kul oblast]',
    naryn: '[Naryn oblast]',
    talas: '[Talas oblast]',
    batken: '[Batken oblast]',
  },
};
const QUARTER: Readonly<Record<TextLanguage, (quarter: number, year: string) => string>> = {
  ru: (quarter, year) => `[${quarter}-й квартал ${year}]`,
  ky: (quarter, year) => `[${year}-жылдын ${quarter}-чейреги]`,
  en: (quarter, year) => `[quarter ${quarter} of ${year}]`,
};

/** What stands for a find that is no person. */
export function replacementOf(
  type: FindType,
  found: { readonly lower: string; readonly region?: Region | null },
  language: TextLanguage,
): string {
  if (type === 'place' && found.region) return REGIONS[language][found.region];
  if (type === 'date') {
    const period = quarterOf(found.lower);
    if (period !== null) return QUARTER[language](period.quarter, period.year);
  }
  return FIXED[language][type] ?? REMOVED[language];
}

const MONTH_STEMS = [
  /янв|jan/u,
  /фев|feb/u,
  /мар|mar/u,
  /апр|apr/u,
  /(?<!\p{L})ма[йяе]|(?<!\p{L})may/u,
  /июн|jun/u,
  /июл|jul/u,
  /авг|aug/u,
  /сен|sep/u,
  /окт|oct/u,
  /ноя|nov/u,
  /дек|dec/u,
];

/** The quarter of a date that tells its year and month; `null` when it does not. */
export function quarterOf(lower: string): { quarter: number; year: string } | null {
  const year = /(?<!\d)(?:19|20)\d\d(?!\d)/.exec(lower)?.[0];
  const named = MONTH_STEMS.findIndex((stem) => stem.test(lower));
  if (named !== -1) return year === undefined ? null : { quarter: Math.floor(named / 3) + 1, year };
  const iso = /^(\d{4})[-./ ](\d{1,2})[-./ ]/.exec(lower);
  if (iso !== null) return quarter(Number(iso[2]), iso[1]!);
  const dotted = /^\d{1,2} ?[-./] ?(\d{1,2}) ?[-./] ?(\d{4}|\d{2})(?!\d)/.exec(lower);
  if (dotted === null) return null;
  // Two digits of a year: nobody complains of the years before 1970 or after 2069.
  const told = dotted[2]!;
  const full = told.length === 4 ? told : `${Number(told) < 70 ? '20' : '19'}${told}`;
  return quarter(Number(dotted[1]), full);
}

function quarter(month: number, year: string): { quarter: number; year: string } | null {
  return month >= 1 && month <= 12 ? { quarter: Math.floor((month - 1) / 3) + 1, year } : null;
}
