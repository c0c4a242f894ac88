import { z } from 'zod';
import { SITE_CODE } from '../kernel/site-code.ts';
import { CONSENT_SCHEMA } from './consent/consent.ts';
import { DATE, MONTH } from './dates.ts';

/** Characters a narrative may have in one language: about eight pages. */
export const NARRATIVE_LIMIT = 20_000;

const code = z.string().min(1).max(40);
const optionalCodes = z
  .array(code)
  .max(20)
  .refine((all) => new Set(all).size === all.length, 'a code stands twice');
const codes = optionalCodes.min(1);
const story = z.string().min(1).max(NARRATIVE_LIMIT).optional();

/** A case as Dalil keeps it. Whether a code is in its list is judged where the case comes in. */
export const CASE_SCHEMA = z.strictObject({
  id: z.string().regex(/^[a-z2-7]{26}$/),
  /** The registry's own code; kept sealed, so that a withdrawal finds its case. */
  registryCode: z.string().min(1).max(64),
  month: MONTH,
  /** The day, where known; kept sealed, never leaves. */
  date: DATE.nullable(),
  oblast: code,
  district: code.nullable(),
  /** Code of the OST site, where it happened by one; finer than a district, so kept sealed. */
  site: z.string().regex(SITE_CODE).nullable(),
  nearOstSite: z.enum(['yes', 'no', 'unknown']),
  /** The one population the case is counted under. */
  primaryPopulation: code,
  populations: codes,
  perpetrators: codes,
  acts: codes,
  place: code,
  durationMinutes: z.number().int().min(0).max(129_600).nullable(),
  response: code.nullable(),
  /** What was given: "know your rights", conduct during detention … */
  services: optionalCodes,
  readiness: code,
  /** Kept sealed: with month and district it leads to few people. */
  ageGroup: code.nullable(),
  /** As the person said it; kept sealed. */
  gender: code.nullable(),
  narrative: z.strictObject({ ky: story, ru: story, en: story }),
  consent: z.strictObject({ narrative: CONSENT_SCHEMA, media: CONSENT_SCHEMA }),
});

/** One documented case. Durations in minutes (at most 90 days), dates in Bishkek. */
export type CaseRecord = z.infer<typeof CASE_SCHEMA>;
