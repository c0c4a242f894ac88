import type { CaseRecord } from '../case.ts';
import { type CodeLists, codesOf, type ListName } from '../codes/code-lists.ts';
import { type Consent, hasBasis } from '../consent/consent.ts';
import { CasesError } from '../errors.ts';

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
 * before a list was changed must not keep anybody from withdrawing a consent.
 *
 * @param given.today - a day in Bishkek.
 * @throws {CasesError} `CASE_INVALID`, naming every field that is wrong, and no value.
 */
export function checkCase(
  record: CaseRecord,
  given: { lists: CodeLists; today: string; fields: readonly string[] },
): void {
  const { lists, today, fields } = given;
  const judged = new Set(fields.flatMap((field) => [field, ...(DEPENDENT[field] ?? [])]));
  const found: string[] = [];
  const faults = {
    push(...all: string[]) {
      found.push(...all.filter((fault) => judged.has(/^\w+/.exec(fault)![0])));
    },
  };
  const known = (field: string, list: ListName, codes: readonly (string | null)[]) => {
    const allowed = codesOf(lists, list);
    if (codes.some((code) => code !== null && !allowed.includes(code))) {
      faults.push(`${field} (not in the list ${list})`);
    }
  };
  known('oblast', 'oblast', [record.oblast]);
  known('district', 'district', [record.district]);
  known('primaryPopulation', 'population', [record.primaryPopulation]);
  known('populations', 'population', record.populations);
  known('perpetrators', 'perpetrator', record.perpetrators);
  known('acts', 'act', record.acts);
  known('place', 'place', [record.place]);
  known('response', 'response', [record.response]);
  known('services', 'service', record.services);
  known('readiness', 'readiness', [record.readiness]);
  known('ageGroup', 'ageGroup', [record.ageGroup]);
  known('gender', 'gender', [record.gender]);
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
    known(`${field}.recipient`, 'recipient', [consent.recipient]);
    known(`${field}.purpose`, 'purpose', [consent.purpose]);
    known(`${field}.takenBy`, 'consentTaker', [consent.takenBy]);
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
