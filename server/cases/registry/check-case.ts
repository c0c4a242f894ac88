import type { CaseRecord } from '../case.ts';
import { type CodeLists, codesOf, offeredCodesOf } from '../codes/code-lists.ts';
import { type Consent, hasBasis } from '../consent/consent.ts';
import { CasesError } from '../errors.ts';
import { CODED_FIELDS } from './coded-fields.ts';

/** Fields that may be wrong because another one changed. */
const DEPENDENT: Readonly<Record<string, readonly string[]>> = {
  month: ['date'],
  oblast: ['district'],
  site: ['nearOstSite'],
  primaryPopulation: ['populations'],
};

/**
 * Judges a case that somebody typed as strictly as a row of a table: every code in its list, every date
 * in the past, nothing that contradicts itself. Only faults of the given fields count: a case from
 * before a list was changed must not keep anybody from withdrawing a consent. A retired code counts only
 * where the case had it before, and in a consent where that very consent had it.
 *
 * @param given.today - a day in Bishkek.
 * @param given.before - the case as it was; null for a new one.
 * @param given.takesRetired - retired codes count: what is answered was asked before they were retired.
 * @throws {CasesError} `CASE_INVALID`, naming every field that is wrong, and no value.
 */
export function checkCase(
  record: CaseRecord,
  given: {
    lists: CodeLists;
    today: string;
    fields: readonly string[];
    before: CaseRecord | null;
    takesRetired?: boolean;
  },
): void {
  const { lists, today, fields, before } = given;
  const judged = new Set(fields.flatMap((field) => [field, ...(DEPENDENT[field] ?? [])]));
  const found: string[] = [];
  const faults = {
    push(...all: string[]) {
      found.push(...all.filter((fault) => judged.has(/^\w+/.exec(fault)![0])));
    },
  };
  for (const { field, list, codesOf: held } of CODED_FIELDS) {
    const codes = held(record).filter((code) => code !== null);
    const known = codesOf(lists, list);
    // Of facts any field counts: the primary population is chosen among those that the case has.
    const isAlike = (one: string) => one === field || !field.startsWith('consent.');
    const kept = CODED_FIELDS.filter((one) => one.list === list && isAlike(one.field)).flatMap(
      (one) => (before === null ? [] : one.codesOf(before)),
    );
    const offered = [...offeredCodesOf(lists, list), ...kept];
    if (codes.some((code) => !known.includes(code))) {
      faults.push(`${field} (not in the list ${list})`);
    } else if (!given.takesRetired && codes.some((code) => !offered.includes(code))) {
      faults.push(`${field} (retired in the list ${list}, so for older cases only)`);
    }
  }
  if (record.month < '2000-01' || record.month > today.slice(0, 7)) {
    faults.push('month (before 2000-01 or in the future)');
  }
  if (record.date !== null && (!record.date.startsWith(record.month) || record.date > today)) {
    faults.push('date (not in the month, or in the future)');
  }
  const home = lists.district.find((one) => one.code === record.district)?.oblast;
  if (home !== undefined && home !== record.oblast) faults.push('district (in another oblast)');
  if (record.site !== null && record.nearOstSite !== 'yes') {
    faults.push('nearOstSite (must be yes where a site is named)');
  }
  if (!record.populations.includes(record.primaryPopulation)) {
    faults.push('populations (lacks the primary one)');
  }
  for (const about of ['narrative', 'media'] as const) {
    const field = `consent.${about}`;
    const consent = record.consent[about];
    faults.push(...consentFaults(consent, today).map((fault) => `${field} (${fault})`));
  }
  if (found.length > 0) {
    throw new CasesError('CASE_INVALID', `The case cannot be kept: ${found.join('; ')}.`);
  }
}

function consentFaults(consent: Consent, today: string): string[] {
  if (consent.level === 'C0') return [];
  const faults: string[] = [];
  if (!hasBasis(consent)) faults.push('a level needs who took it and when');
  else if (consent.takenOn > today) faults.push('taken in the future');
  const named = consent.recipient !== null && consent.purpose !== null;
  if (consent.level >= 'C2' && !named) faults.push('C2 and C3 need one recipient and one purpose');
  return faults;
}
