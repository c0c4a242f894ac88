import { z } from 'zod';
import { LetterError } from '../errors.ts';

/** What an override names to tell of an uncertain term with a reason; no ground may be called so. */
export const REPLY_TERM = 'reply-term';

const words = z.string().trim().min(1).max(1_200);
const doubt = z.string().max(1_200);
const localized = z.strictObject({ ky: words, ru: words, en: words });
const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
  .refine((one) => one !== REPLY_TERM);
const date = z.iso.date().nullable();

const ground = z.strictObject({
  id,
  /** The act with its date and number. */
  act: localized,
  /** The provision; null until somebody read it in the act itself. */
  article: localized.nullable(),
  /** What it protects or demands, worded to follow a colon. */
  rule: localized,
  /** Where it was read of. */
  source: words,
  /** `events`: conduct, so it must have been in force then; `letter`: what offices do now. */
  governs: z.enum(['events', 'letter']),
  inForceFrom: date,
  inForceTo: date,
  /** What is not certain; shown to the lawyer, never printed. */
  uncertainty: z.strictObject({ ky: doubt, ru: doubt, en: doubt }),
});

const demand = z.strictObject({ id, text: localized });

const unique = (items: readonly { id: string }[]) =>
  new Set(items.map((item) => item.id)).size === items.length;

const LEGAL_SCHEMA = z.strictObject({
  grounds: z.strictObject({
    version: z.literal(1),
    /** The ground on which any organisation writes at all; named in the letter's second sentence. */
    standing: id,
    grounds: z.array(ground).min(1).refine(unique),
  }),
  demands: z.strictObject({
    version: z.literal(1),
    demands: z.array(demand).min(1).refine(unique),
  }),
});

/** One provision of law: dated, sourced data that a lawyer confirms. */
export type Ground = z.infer<typeof ground>;

/** Grounds and ready demands, by id. */
export interface LegalData {
  readonly standing: Ground;
  readonly grounds: ReadonlyMap<string, Ground>;
  readonly demands: ReadonlyMap<string, z.infer<typeof demand>>;
}

/**
 * Checks grounds and demands as they were read from their files.
 *
 * @throws {LetterError} `LEGAL_DATA_INVALID`, naming the first faulty field.
 */
export function checkLegalData(data: { grounds: unknown; demands: unknown }): LegalData {
  const parsed = LEGAL_SCHEMA.safeParse(data);
  if (!parsed.success) {
    const where = parsed.error.issues[0]!.path.join('.');
    throw new LetterError(
      'LEGAL_DATA_INVALID',
      `The legal data cannot be used: ${where} is missing or malformed. Compare it with its neighbours.`,
      { cause: parsed.error },
    );
  }
  const { grounds, demands } = parsed.data;
  const standing = grounds.grounds.find((one) => one.id === grounds.standing);
  if (standing === undefined) {
    throw new LetterError(
      'LEGAL_DATA_INVALID',
      'The legal data cannot be used: grounds.standing names no ground of the list.',
    );
  }
  return {
    standing,
    grounds: new Map(grounds.grounds.map((one) => [one.id, one])),
    demands: new Map(demands.demands.map((one) => [one.id, one])),
  };
}
