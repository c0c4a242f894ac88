import { z } from 'zod';
import { CONSENT_LEVELS } from '../consent/consent.ts';
import { MONTH } from '../dates.ts';

const codes = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [value].flat())
  .pipe(z.array(z.string().min(1).max(40)).max(50));
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** Conditions of a filter, as query parameters. */
export const FILTER_QUERY = z.strictObject({
  fromMonth: MONTH.optional(),
  toMonth: MONTH.optional(),
  sites: codes.optional(),
  oblasts: codes.optional(),
  districts: codes.optional(),
  populations: codes.optional(),
  services: codes.optional(),
  readiness: codes.optional(),
  registryCode: z.string().min(1).max(64).optional(),
  perpetrators: codes.optional(),
  acts: codes.optional(),
  lawEnforcement: flag.optional(),
  nearOstSite: z.enum(['yes', 'no', 'unknown']).optional(),
  minimumConsent: z.enum(CONSENT_LEVELS).optional(),
});

/** The conditions that were given; a condition that is there but undefined would be another filter. */
export function given<Filter extends object>(
  filter: Filter,
): { [K in keyof Filter]: Exclude<Filter[K], undefined> } {
  return Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== undefined),
  ) as never;
}
