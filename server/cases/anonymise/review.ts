import { CasesError } from '../errors.ts';
import type { RiskSpan } from '../review/residual-risk.ts';
import type { Span } from './span.ts';

/**
 * A stretch of a narrative that somebody must decide. Offsets: UTF-16 units of the raw text. Without
 * a replacement it is only pointed out: a sum, a duration, a quote, which whoever did it may know.
 */
export interface ProposedSpan {
  readonly start: number;
  readonly end: number;
  readonly type: string;
  readonly rule: string;
  readonly replacement: string | null;
}

/** Who decided: `user` is the account's id, for us alone; `role` is what may be told. */
export interface Reviewer {
  readonly user: string;
  readonly role: string;
}

/** What a person decided about a stretch of a narrative. */
export type ReviewDecision =
  /** Replace it as proposed. */
  | { readonly kind: 'replace'; readonly span: number }
  /** Say it more coarsely, in these words. */
  | { readonly kind: 'generalise'; readonly span: number; readonly words: string }
  /** Leave it out. */
  | { readonly kind: 'drop'; readonly span: number }
  /** Leave it as it stands, for a reason that is kept. */
  | { readonly kind: 'keep'; readonly span: number; readonly reason: string }
  /** Something was missed: it becomes a span, and is replaced. */
  | {
      readonly kind: 'missed';
      readonly start: number;
      readonly end: number;
      readonly replacement: string;
    };

/** A decision with who took it. */
export type ReviewStep = ReviewDecision & { readonly by: Reviewer };

/** A narrative under review. Steps are only ever added; an undo takes the last one back. */
export interface Review {
  readonly raw: string;
  readonly proposed: readonly ProposedSpan[];
  readonly steps: readonly ReviewStep[];
}

/** A span with what was decided about it; `null` while it is open. */
export interface ReviewedSpan extends ProposedSpan {
  /** Position among all spans, missed ones last: what steps name it by. */
  readonly number: number;
  readonly decision: ReviewStep | null;
}

/** A part of the finished text: told as it was, or put in the place of something. */
export interface TextPart {
  readonly text: string;
  readonly from: 'raw' | 'kept' | 'proposed' | 'written';
}

const SAYS_SOMETHING = /[\p{L}\p{N}]/u;

/**
 * What a person has to decide about a text: what was found in it, with its replacement, and what
 * else may lead to somebody, as far as the finds leave it over.
 */
export function proposeSpans(
  raw: string,
  found: readonly Span[],
  risks: readonly RiskSpan[],
): ProposedSpan[] {
  const pieces = risks.flatMap(({ start, end, type, rule }) =>
    without({ start, end }, found)
      .filter((piece) => SAYS_SOMETHING.test(raw.slice(piece.start, piece.end)))
      .map((piece): ProposedSpan => ({ ...piece, type, rule, replacement: null })),
  );
  // «5000 сомов» is one thing to decide.
  const pointedOut: ProposedSpan[] = [];
  for (const piece of pieces) {
    const last = pointedOut.at(-1);
    const joins = last?.type === piece.type && /^[ \u00a0]$/.test(raw.slice(last.end, piece.start));
    if (joins) pointedOut[pointedOut.length - 1] = { ...last, end: piece.end };
    else pointedOut.push(piece);
  }
  const replaced = found.map(
    ({ start, end, type, rule, replacement }): ProposedSpan => ({
      start,
      end,
      type,
      rule,
      replacement,
    }),
  );
  return [...replaced, ...pointedOut].sort((a, b) => a.start - b.start);
}

/**
 * Adds a decision.
 *
 * @throws {CasesError} `DECISION_UNFOUNDED` when it is about no span, has no reason, no words or
 *   nothing to replace with, or when what was missed lies outside of the text or in a span.
 */
export function decide(review: Review, step: ReviewStep): Review {
  const spans = reviewedSpans(review);
  const refuse = (message: string): never => {
    throw new CasesError('DECISION_UNFOUNDED', message);
  };
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
    const span = spans[step.span];
    if (span === undefined) refuse('There is no such place in the text. Open the review again.');
    if (step.kind === 'replace' && span!.replacement === null) {
      refuse('Nothing is proposed for this place. Say it more coarsely, drop it, or keep it.');
    }
    if (step.kind === 'keep' && step.reason.trim() === '') refuse('What is kept needs a reason.');
    if (step.kind === 'generalise' && step.words.trim() === '') {
      refuse('Say it in other words, drop it, or replace it.');
    }
  }
  return { ...review, steps: [...review.steps, step] };
}

/** Every span with its decision, proposed ones in the order of the text, missed ones behind. */
export function reviewedSpans({ proposed, steps }: Review): ReviewedSpan[] {
  const missed = steps.filter((step) => step.kind === 'missed');
  const spans: ProposedSpan[] = [
    ...proposed,
    ...missed.map(
      ({ start, end, replacement }): ProposedSpan => ({
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

/** The text as decided so far, in parts. What is open stands replaced, if something is proposed. */
export function reviewedParts(review: Review): TextPart[] {
  const { raw } = review;
  const parts: TextPart[] = [];
  let at = 0;
  for (const span of reviewedSpans(review).sort((a, b) => a.start - b.start)) {
    const before = raw.slice(at, span.start);
    // What is left out takes the space before it along, so that no gap tells of it.
    const closes = span.decision?.kind === 'drop' && /^[\s.,;:!?)»]/.test(raw.slice(span.end));
    parts.push({ text: closes ? before.trimEnd() : before, from: 'raw' }, partOf(span, raw));
    at = span.end;
  }
  parts.push({ text: raw.slice(at), from: 'raw' });
  return parts.filter(({ text }) => text !== '');
}

/** The text as decided so far. */
export function renderReview(review: Review): string {
  return reviewedParts(review)
    .map(({ text }) => text)
    .join('');
}

/** How many places nobody has decided yet. */
export function openPlaces(review: Review): number {
  return reviewedSpans(review).filter(({ decision }) => decision === null).length;
}

function partOf(span: ReviewedSpan, raw: string): TextPart {
  const { decision, start, end, replacement } = span;
  const words = raw.slice(start, end);
  switch (decision?.kind) {
    case 'keep':
      return { text: words, from: 'kept' };
    case 'drop':
      return { text: '', from: 'written' };
    case 'generalise':
      return { text: decision.words, from: 'written' };
    case 'missed':
      return { text: decision.replacement, from: 'written' };
    default:
      return replacement === null
        ? { text: words, from: 'raw' }
        : { text: replacement, from: 'proposed' };
  }
}

/** What of a stretch lies in none of the others. */
function without(
  stretch: { start: number; end: number },
  others: readonly { start: number; end: number }[],
): { start: number; end: number }[] {
  let left = [stretch];
  for (const other of others) {
    if (other.end <= stretch.start || other.start >= stretch.end) continue;
    left = left.flatMap(({ start, end }) =>
      [
        { start, end: Math.min(end, other.start) },
        { start: Math.max(start, other.end), end },
      ].filter((piece) => piece.start < piece.end),
    );
  }
  return left;
}
