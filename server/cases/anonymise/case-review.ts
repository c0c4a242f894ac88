import type { CaseRecord } from '../case.ts';
import { CasesError } from '../errors.ts';
import { findResidualRisks } from '../review/residual-risk.ts';
import type { AnonymisedText, AnonymiseOptions } from './anonymise-text.ts';
import { foldText } from './folded-text.ts';
import { TEXT_LANGUAGES, type TextLanguage } from './lexicon.ts';
import { nameKeys } from './name-key.ts';
import { type CaseNames, NOBODY } from './pseudonyms.ts';
import {
  decide,
  type ProposedSpan,
  proposeSpans,
  type Review,
  type ReviewDecision,
  type Reviewer,
  type ReviewStep,
} from './review.ts';

/**
 * The review of a case's narrative in all its languages: one person has one label in all of them.
 * Whoever reads it reads the names: it is sealed like the narrative.
 */
export interface CaseReview {
  /** The texts as they were when the review was opened. */
  readonly raw: Readonly<Partial<Record<TextLanguage, string>>>;
  readonly proposed: Readonly<Partial<Record<TextLanguage, readonly ProposedSpan[]>>>;
  readonly caseNames: CaseNames;
  /** In the order in which they were taken. */
  readonly steps: readonly { readonly language: TextLanguage; readonly step: ReviewStep }[];
}

/** Proposes how a text is told. */
export type AnonymiseNarrative = (raw: string, options: AnonymiseOptions) => AnonymisedText;

/** Opens the review of a narrative: every place in it is open. */
export function openCaseReview(
  narrative: CaseRecord['narrative'],
  anonymise: AnonymiseNarrative,
): CaseReview {
  const raw: Partial<Record<TextLanguage, string>> = {};
  const proposed: Partial<Record<TextLanguage, readonly ProposedSpan[]>> = {};
  let caseNames = NOBODY;
  for (const language of TEXT_LANGUAGES) {
    const text = narrative[language];
    if (text === undefined) continue;
    const found = anonymise(text, { language, caseNames });
    caseNames = found.caseNames;
    raw[language] = text;
    proposed[language] = proposeSpans(text, found.spans, findResidualRisks(text));
  }
  return { raw, proposed, caseNames, steps: [] };
}

/** Whether a narrative is still the one that was reviewed. */
export function isReviewOf(review: CaseReview, narrative: CaseRecord['narrative']): boolean {
  return TEXT_LANGUAGES.every((language) => review.raw[language] === narrative[language]);
}

/** The review of one language; null where the case has no text in it. */
export function reviewIn(review: CaseReview, language: TextLanguage): Review | null {
  const raw = review.raw[language];
  if (raw === undefined) return null;
  const steps = review.steps.filter((one) => one.language === language).map(({ step }) => step);
  return { raw, proposed: review.proposed[language] ?? [], steps };
}

/**
 * Adds a decision.
 *
 * @throws {CasesError} `DECISION_UNFOUNDED`, as `decide` does and where there is no such text.
 */
export function decideInCase(
  review: CaseReview,
  language: TextLanguage,
  decision: ReviewDecision,
  by: Reviewer,
): CaseReview {
  const text = reviewIn(review, language);
  if (text === null) {
    throw new CasesError('DECISION_UNFOUNDED', 'The case has no narrative in this language.');
  }
  const step: ReviewStep = { ...decision, by };
  decide(text, step);
  return { ...review, steps: [...review.steps, { language, step }] };
}

/** Takes the last decision back; without one the review stays as it is. */
export function undoInCase(review: CaseReview): CaseReview {
  return { ...review, steps: review.steps.slice(0, -1) };
}

/** Keys of everybody who is named in the case: found by rule, or marked by a person. */
export function namesOf(review: CaseReview): ReadonlySet<string> {
  return new Set([
    ...review.caseNames.people.flatMap(({ given, surname, other }) => [
      ...given,
      ...surname,
      ...other,
    ]),
    ...missedNames(review),
  ]);
}

/**
 * Keys of what a person marked as missed, so that it is looked for in every other form, language and
 * file: a single word whatever it is, of several words those with a capital.
 */
export function missedNames(review: CaseReview): readonly string[] {
  return review.steps.flatMap(({ language, step }) => {
    if (step.kind !== 'missed') return [];
    const marked = (review.raw[language] ?? '').slice(step.start, step.end);
    const words = marked.match(/\p{L}+(?:['-]\p{L}+)*/gu) ?? [];
    const names = words.length === 1 ? words : words.filter((word) => /^\p{Lu}/u.test(word));
    return names.flatMap((word) => nameKeys(foldText(word).lower));
  });
}
