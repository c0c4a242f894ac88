import { CasesError } from '../errors.ts';
import { applySpans, type Span } from './anonymise-text.ts';

/** What a person decided about a stretch of a narrative. */
export type ReviewStep =
  /** Replace it as proposed. */
  | { readonly kind: 'replace'; readonly span: number; readonly byRole: string }
  /** Say it more coarsely, in these words. */
  | {
      readonly kind: 'generalise';
      readonly span: number;
      readonly words: string;
      readonly byRole: string;
    }
  /** Leave it as it stands, for a reason that is kept. */
  | {
      readonly kind: 'keep';
      readonly span: number;
      readonly reason: string;
      readonly byRole: string;
    }
  /** Something was missed: it becomes a span, and is replaced. */
  | {
      readonly kind: 'missed';
      readonly start: number;
      readonly end: number;
      readonly replacement: string;
      readonly byRole: string;
    };

/** A narrative under review. Steps are only ever added; an undo takes the last one back. */
export interface Review {
  readonly raw: string;
  readonly proposed: readonly Span[];
  readonly steps: readonly ReviewStep[];
}

/** A span with what was decided about it; `null` while it is open. */
export interface ReviewedSpan extends Span {
  /** Position among all spans, missed ones last: what steps name it by. */
  readonly number: number;
  readonly decision: ReviewStep | null;
}

/** Opens the review of an anonymised text: every span is open. */
export function openReview(raw: string, proposed: readonly Span[]): Review {
  return { raw, proposed, steps: [] };
}

/**
 * Adds a decision.
 *
 * @throws {CasesError} `DECISION_UNFOUNDED` when it is about no span, has no reason or no words, or
 *   when what was missed lies outside of the text or in a span.
 */
export function decide(review: Review, step: ReviewStep): Review {
  const spans = reviewedSpans(review);
  const refuse = (message: string): never => {
    throw new CasesError('DECISION_UNFOUNDED', message);
  };
  if (step.byRole.trim() === '') refuse('A decision needs the role of who decided.');
  if (step.kind === 'missed') {
    const { start, end } = step;
    const inText =
      Number.isInteger(start) &&
      Number.isInteger(end) &&
      start >= 0 &&
      start < end &&
      end <= review.raw.length;
    if (!inText) refuse('What was missed does not lie in the text. Mark it again.');
    if (spans.some((span) => start < span.end && end > span.start)) {
      refuse('What was marked touches a place that is found already. Decide that one.');
    }
    if (step.replacement.trim() === '') refuse('Say what stands for what was missed.');
  } else {
    if (spans[step.span] === undefined)
      refuse('There is no such place in the text. Open the review again.');
    if (step.kind === 'keep' && step.reason.trim() === '') refuse('What is kept needs a reason.');
    if (step.kind === 'generalise' && step.words.trim() === '')
      refuse('Say it in other words, or replace it.');
  }
  return { ...review, steps: [...review.steps, step] };
}

/** Takes the last decision back; without one the review stays as it is. */
export function undo(review: Review): Review {
  return { ...review, steps: review.steps.slice(0, -1) };
}

/** Every span with its decision, proposed ones in the order of the text, missed ones behind. */
export function reviewedSpans({ proposed, steps }: Review): ReviewedSpan[] {
  const missed = steps.filter((step) => step.kind === 'missed');
  const spans: Span[] = [
    ...proposed,
    ...missed.map(
      ({ start, end, replacement }): Span => ({
        start,
        end,
        type: 'name',
        replacement,
        rule: 'marked-by-a-person',
      }),
    ),
  ];
  return spans.map((span, number) => {
    const decided = steps.findLast((step) => step.kind !== 'missed' && step.span === number);
    return { ...span, number, decision: decided ?? missed[number - proposed.length] ?? null };
  });
}

/** The text as decided so far; what is still open stands replaced. */
export function renderReview(review: Review): string {
  const spans = reviewedSpans(review)
    .filter(({ decision }) => decision?.kind !== 'keep')
    .map((span) =>
      span.decision?.kind === 'generalise' ? { ...span, replacement: span.decision.words } : span,
    )
    .sort((a, b) => a.start - b.start);
  return applySpans(review.raw, spans);
}

/**
 * The text that may go on to approval.
 *
 * @throws {CasesError} `NARRATIVE_UNDECIDED` while a span is open.
 */
export function finishReview(review: Review): string {
  const open = reviewedSpans(review).filter(({ decision }) => decision === null).length;
  if (open > 0) {
    throw new CasesError(
      'NARRATIVE_UNDECIDED',
      `A narrative has ${open} places nobody has decided. Decide each one.`,
    );
  }
  return renderReview(review);
}
