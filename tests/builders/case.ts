import type { CaseRecord } from '../../server/cases/case.ts';
import { type Consent, NO_CONSENT } from '../../server/cases/consent/consent.ts';
import { newId } from '../../server/kernel/ids.ts';

/** A consent to be counted, with its basis. */
export function aConsent(changes: Partial<Consent> = {}): Consent {
  const basis = { level: 'C1' as const, takenBy: 'street-lawyer', takenOn: '2021-03-20' };
  return { ...NO_CONSENT, ...basis, language: 'ru', ...changes };
}

let made = 0;

/** A case that may be counted; each with an id and a registry code of its own. */
export function aCase(changes: Partial<CaseRecord> = {}): CaseRecord {
  made++;
  return {
    id: newId(),
    registryCode: `TEST-${made}`,
    month: '2021-03',
    date: null,
    oblast: 'bishkek',
    district: null,
    site: null,
    nearOstSite: 'no',
    primaryPopulation: 'pwid',
    populations: ['pwid'],
    perpetrators: ['police-district'],
    acts: ['threat'],
    place: 'street',
    durationMinutes: null,
    response: null,
    services: [],
    readiness: 'unknown',
    ageGroup: null,
    gender: null,
    narrative: {},
    consent: { narrative: aConsent(), media: NO_CONSENT },
    ...changes,
  };
}
