import { z } from 'zod';
import type { Sha256 } from '../../kernel/digest.ts';
import { workingDaysAfter } from '../../kernel/working-days.ts';
import { LetterError } from '../errors.ts';
import type { Localized } from '../writing/language.ts';
import { termDigest } from './confirmations.ts';

const words = z.string().trim().min(1).max(1_200);
const doubt = z.string().max(1_200);
const date = z.iso.date();

const TERMS_SCHEMA = z.strictObject({
  version: z.literal(1),
  /** In how many working days a registered appeal is answered, from which day of registration on. */
  terms: z
    .array(
      z.strictObject({
        workingDays: z.int().min(1).max(60),
        /** Null as long as nobody knows whether it came into force: such a term is not used. */
        inForceFrom: date.nullable(),
        inForceTo: date.nullable(),
        source: words,
        /** What is not certain; shown to the lawyer, never printed. */
        uncertainty: z.strictObject({ ky: doubt, ru: doubt, en: doubt }),
      }),
    )
    .min(1),
  /** Whether the day after registration is the first that counts, or registration itself. */
  countFrom: z.enum(['next-working-day', 'registration']),
  /** Days on which offices are closed, by year. */
  calendar: z
    .array(
      z.strictObject({
        year: z.int().min(2000).max(2100),
        /** As long as the government can still announce other days. */
        provisional: z.boolean(),
        source: words,
        days: z.array(date),
      }),
    )
    .min(1),
});

/** Terms of reply and the calendar they are counted by: dated data that a lawyer edits. */
export type ReplyTerms = z.infer<typeof TERMS_SCHEMA>;

/** The term of one registered appeal. */
export interface ReplyTerm {
  readonly workingDays: number;
  /** The last day on which the answer is in time. */
  readonly due: string;
  /** Whether a calendar that is not final was counted with. */
  readonly provisional: boolean;
  /** Of the term and of how it is counted; what a lawyer confirms it by. */
  readonly digest: Sha256;
  readonly uncertainty: Localized;
}

/**
 * Checks terms and calendar as they were read from their file.
 *
 * @throws {LetterError} `LEGAL_DATA_INVALID`.
 */
export function checkReplyTerms(data: unknown): ReplyTerms {
  const parsed = TERMS_SCHEMA.safeParse(data);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]!.path.join('.');
  throw new LetterError(
    'LEGAL_DATA_INVALID',
    `The terms of reply cannot be used: ${where} is missing or malformed. Mend templates/letters/terms.json.`,
    { cause: parsed.error },
  );
}

/**
 * When an appeal that was registered on a day must be answered.
 *
 * @param registered - `YYYY-MM-DD`, the day of registration.
 * @throws {LetterError} `TERM_UNKNOWN` when no term was in force on that day, or when the calendar of
 *   a year is missing that has to be counted: somebody would be accused of a delay by days on which
 *   offices were closed.
 */
export function replyTerm(
  registered: string,
  { terms, countFrom, calendar }: ReplyTerms,
): ReplyTerm {
  const term = terms.find(
    ({ inForceFrom, inForceTo }) =>
      inForceFrom !== null &&
      inForceFrom <= registered &&
      (inForceTo === null || registered <= inForceTo),
  );
  if (term === undefined) {
    throw new LetterError(
      'TERM_UNKNOWN',
      'No term of reply was in force on the day of registration: mend templates/letters/terms.json.',
    );
  }
  const holidays = calendar.flatMap(({ days }) => days.map((day) => ({ date: day })));
  const counted = countFrom === 'registration' ? term.workingDays - 1 : term.workingDays;
  const due = counted === 0 ? registered : workingDaysAfter(registered, counted, holidays);
  const years = [...new Set([registered.slice(0, 4), due.slice(0, 4)])];
  const calendars = years.map((year) => {
    const found = calendar.find((one) => String(one.year) === year);
    if (found !== undefined) return found;
    throw new LetterError(
      'TERM_UNKNOWN',
      `The term of reply cannot be counted, for the calendar of ${year} is missing: add its closed days to templates/letters/terms.json.`,
    );
  });
  return {
    workingDays: term.workingDays,
    due,
    provisional: calendars.some(({ provisional }) => provisional),
    digest: termDigest(term, countFrom),
    uncertainty: term.uncertainty,
  };
}

/** As {@link replyTerm}, but null where no term or no calendar is known for that day. */
export function termIfKnown(registered: string, rules: ReplyTerms): ReplyTerm | null {
  try {
    return replyTerm(registered, rules);
  } catch (error) {
    if (error instanceof LetterError && error.code === 'TERM_UNKNOWN') return null;
    throw error;
  }
}
