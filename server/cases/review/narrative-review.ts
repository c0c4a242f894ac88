import { z } from 'zod';
import type { CaseRecord } from '../case.ts';
import { LANGUAGES, type Language } from '../codes/code-lists.ts';
import { CasesError } from '../errors.ts';
import { findResidualRisks, type RiskSpan, type SafeWords } from './residual-risk.ts';

/** What a person decided about one span. It holds for exactly these words in exactly this place. */
export const DECISION_SCHEMA = z.strictObject({
  language: z.enum(LANGUAGES),
  start: z.number().int().min(0),
  end: z.number().int().min(1),
  /** The words decided about: an edited text no longer fits its decisions. */
  surface: z.string().min(1),
  /** `keep`: may leave as it is; `change`: the text has to change before it may leave. */
  verdict: z.enum(['keep', 'change']),
  reason: z.string().trim().min(1).max(500),
  /** The role, never the name, of who decided. */
  byRole: z.string().min(1).max(40),
  /** Id of the account, for us alone; decisions of before 2026-11-27 have none. */
  byUser: z.string().min(1).max(40).optional(),
  /** UTC to the second. */
  decidedAt: z.iso.datetime(),
});
/** One decision of a review. */
export type Decision = z.infer<typeof DECISION_SCHEMA>;

/** A span with its language, its words and what was decided. */
export interface ReviewedSpan extends RiskSpan {
  readonly language: Language;
  readonly surface: string;
  readonly verdict: Decision['verdict'] | null;
}

declare const approved: unique symbol;
/** The texts of a narrative of which every place was decided. Only a review makes one. */
export interface ApprovedNarrative {
  readonly texts: Readonly<Partial<Record<Language, string>>>;
  readonly [approved]: true;
}

/** What a review is made of. */
export interface ReviewedNarrative {
  readonly narrative: CaseRecord['narrative'];
  readonly decisions: readonly Decision[];
  readonly safeWords?: SafeWords;
}

/** Every span of a narrative in all its languages, with its decision. The latest decision holds. */
export function reviewNarrative({
  narrative,
  decisions,
  safeWords,
}: ReviewedNarrative): ReviewedSpan[] {
  return LANGUAGES.flatMap((language) => {
    const text = narrative[language];
    if (text === undefined) return [];
    return findResidualRisks(text, safeWords).map((span) => {
      const surface = text.slice(span.start, span.end);
      const decision = decisions.findLast(
        (one) =>
          one.language === language &&
          one.start === span.start &&
          one.end === span.end &&
          one.surface === surface,
      );
      const { start, end, type, rule } = span;
      return { start, end, type, rule, language, surface, verdict: decision?.verdict ?? null };
    });
  });
}

/**
 * Lets a narrative leave.
 *
 * @throws {CasesError} `NARRATIVE_UNDECIDED` while any span is undecided or has to change, or when
 *   there is no text at all.
 */
export function approveNarrative(review: ReviewedNarrative): ApprovedNarrative {
  const open = reviewNarrative(review).filter((span) => span.verdict !== 'keep');
  if (open.length > 0) {
    const where = LANGUAGES.filter((language) => open.some((span) => span.language === language));
    throw new CasesError(
      'NARRATIVE_UNDECIDED',
      `A narrative has ${open.length} places nobody has cleared (${where.join(', ')}). Decide each one, or change the text.`,
    );
  }
  return approveTexts(review.narrative);
}

/**
 * Lets texts leave of which every place was decided.
 *
 * @throws {CasesError} `NARRATIVE_UNDECIDED` when there is no text at all.
 */
export function approveTexts({ ky, ru, en }: CaseRecord['narrative']): ApprovedNarrative {
  const texts = {
    ...(ky !== undefined && { ky }),
    ...(ru !== undefined && { ru }),
    ...(en !== undefined && { en }),
  };
  if (Object.keys(texts).length === 0) {
    throw new CasesError('NARRATIVE_UNDECIDED', 'The case has no narrative. Write one first.');
  }
  return { texts } as ApprovedNarrative;
}

/**
 * Checks a decision against the narrative it is about.
 *
 * @throws {CasesError} `DECISION_UNFOUNDED` when there is no such span.
 */
export function checkDecision(narrative: CaseRecord['narrative'], decision: Decision): void {
  const fits = reviewNarrative({ narrative, decisions: [decision] }).some(
    (span) => span.verdict !== null,
  );
  if (!fits) {
    throw new CasesError(
      'DECISION_UNFOUNDED',
      'The decision is about words that the narrative no longer has there. Open the review again.',
    );
  }
}

/**
 * The decisions to keep certain words wherever a narrative has them as spans: pseudonyms that were
 * given before the story was written, for instance.
 */
export function keepWords(
  narrative: CaseRecord['narrative'],
  kept: { words: readonly string[]; reason: string; byRole: string; decidedAt: string },
): Decision[] {
  return reviewNarrative({ narrative, decisions: [] })
    .filter((span) => kept.words.includes(span.surface))
    .map(({ language, start, end, surface }) => ({
      language,
      start,
      end,
      surface,
      verdict: 'keep' as const,
      reason: kept.reason,
      byRole: kept.byRole,
      decidedAt: kept.decidedAt,
    }));
}
