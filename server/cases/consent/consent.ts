import { z } from 'zod';
import { DATE } from '../dates.ts';

/** Consent levels, each including the ones before it (see the privacy contract). */
export const CONSENT_LEVELS = ['C0', 'C1', 'C2', 'C3'] as const;
/**
 * C0 internal, C1 counted only, C2 anonymised narrative (told that the officer may recognise his
 * own act), C3 identified to one named body.
 */
export type ConsentLevel = (typeof CONSENT_LEVELS)[number];

/** What a person agreed to, for one thing (the narrative, or media), and how that is known. */
export const CONSENT_SCHEMA = z.strictObject({
  level: z.enum(CONSENT_LEVELS),
  /** Code of the body it was given for; null: given for counting at large. */
  recipient: z.string().nullable(),
  /** Code of the use it was given for; null: given for counting at large. */
  purpose: z.string().nullable(),
  /** Language in which it was explained. */
  language: z.enum(['ky', 'ru', 'en']).nullable(),
  /** Role, never a name, of who took it. */
  takenBy: z.string().nullable(),
  takenOn: DATE.nullable(),
  /** The last day on which it holds. */
  expiresOn: DATE.nullable(),
});
/** One recorded consent. */
export type Consent = z.infer<typeof CONSENT_SCHEMA>;

/** What stands for "nothing was recorded". */
export const NO_CONSENT: Consent = Object.freeze({
  level: 'C0',
  recipient: null,
  purpose: null,
  language: null,
  takenBy: null,
  takenOn: null,
  expiresOn: null,
});

/** Whether the consent says who took it and when: without that it counts as C0. */
export function hasBasis(
  consent: Consent,
): consent is Consent & { takenBy: string; takenOn: string } {
  return consent.takenBy !== null && consent.takenOn !== null;
}

/** Why a consent does not carry a use. */
export type ConsentRefusal =
  | 'consent-level'
  | 'no-basis'
  | 'expired'
  | 'other-recipient'
  | 'other-purpose';

/** What somebody wants to do with what a consent covers. */
export interface IntendedUse {
  /**
   * `counted` needs C1, `narrative` C2; `footage` of what happened needs C3, since whoever was there
   * knows it again under any cover.
   */
  readonly purpose: 'counted' | 'narrative' | 'footage';
  /** Code of the body it goes to. */
  readonly recipient: string;
  /** Code of what it is used for, as in the list `purpose`. */
  readonly use: string;
  /** The day of use, `YYYY-MM-DD`, in Bishkek. */
  readonly on: string;
}

/** Tells why a consent does not carry a use, or null when it does. Fails closed. */
export function refusalOf(consent: Consent, intended: IntendedUse): ConsentRefusal | null {
  const needed = NEEDED[intended.purpose];
  // The basis first: a claimed level that nobody recorded is no level.
  if (!hasBasis(consent) || consent.takenOn > intended.on) return 'no-basis';
  if (consent.level < needed) return 'consent-level';
  if (consent.expiresOn !== null && consent.expiresOn < intended.on) return 'expired';
  const named = intended.purpose !== 'counted';
  if (differs(consent.recipient, intended.recipient, named)) return 'other-recipient';
  if (differs(consent.purpose, intended.use, named)) return 'other-purpose';
  return null;
}

const NEEDED: Readonly<Record<IntendedUse['purpose'], ConsentLevel>> = {
  counted: 'C1',
  narrative: 'C2',
  footage: 'C3',
};

/** A narrative or footage needs a recipient and a purpose that were named; a count only none that differ. */
function differs(given: string | null, wanted: string, mustBeNamed: boolean): boolean {
  return given === null ? mustBeNamed : given !== wanted;
}
