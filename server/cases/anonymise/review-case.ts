import { canonicalJson } from '../../kernel/canonical-json.ts';
import { type Sha256, sha256 } from '../../kernel/digest.ts';
import { type Clock, isoSeconds } from '../../kernel/time.ts';
import type { CaseRecord } from '../case.ts';
import { CasesError } from '../errors.ts';
import type { CaseStore } from '../ports.ts';
import {
  type ApprovedNarrative,
  approveNarrative,
  approveTexts,
} from '../review/narrative-review.ts';
import {
  type AnonymiseNarrative,
  type CaseReview,
  decideInCase,
  isReviewOf,
  namesOf,
  openCaseReview,
  reviewIn,
  undoInCase,
} from './case-review.ts';
import { type LeftSpan, leftInText } from './left-in-text.ts';
import { TEXT_LANGUAGES, type TextLanguage } from './lexicon.ts';
import type { Approval, ReviewStore } from './ports.ts';
import {
  openPlaces,
  type ReviewDecision,
  type ReviewedSpan,
  type Reviewer,
  renderReview,
  reviewedParts,
  reviewedSpans,
} from './review.ts';

const YEAR = /^(?:19|20)\d\d$/;

/** A text under review, as a person sees it. */
export interface TextState {
  readonly language: TextLanguage;
  readonly raw: string;
  /** As decided so far; what is open stands replaced. */
  readonly text: string;
  readonly spans: readonly ReviewedSpan[];
  /** Places nobody has decided. */
  readonly open: number;
  /** What a second scan still finds in the text as decided. */
  readonly left: readonly LeftSpan[];
}

/** How far the review of a case is. */
export interface ReviewState {
  /** Number of changes so far: what a change names, so that two people do not undo each other. */
  readonly version: number;
  readonly texts: readonly TextState[];
  /** Digest of the texts that may leave; null while something is open or left. */
  readonly textsSha256: Sha256 | null;
  readonly approvals: readonly Approval[];
  /** Whether somebody who decided nothing in it must approve before it leaves. */
  readonly needsSecondPerson: boolean;
}

/** Reviews narratives, place by place. */
export interface ReviewCase {
  /** @throws {CasesError} `CASE_UNKNOWN`, `NARRATIVE_UNDECIDED` when there is no text. */
  state(id: string): Promise<ReviewState>;
  /** @throws {CasesError} `REVIEW_OUTDATED`, `DECISION_UNFOUNDED`. */
  decide(change: {
    id: string;
    version: number;
    language: TextLanguage;
    decision: ReviewDecision;
    by: Reviewer;
  }): Promise<ReviewState>;
  /** Takes the last decision back. @throws {CasesError} `REVIEW_OUTDATED`. */
  undo(change: { id: string; version: number }): Promise<ReviewState>;
  /**
   * Approves exactly these texts.
   *
   * @throws {CasesError} `REVIEW_OUTDATED` for other texts, `APPROVER_DECIDED` for whoever decided
   *   something in them while others could approve, and what {@link ReviewCase.leaving} throws.
   */
  approve(approval: { id: string; textsSha256: string; by: Reviewer }): Promise<void>;
  /**
   * The texts of a case that may leave now.
   *
   * @throws {CasesError} `NARRATIVE_UNDECIDED`, `NARRATIVE_CHANGED` or `NARRATIVE_UNAPPROVED`.
   */
  leaving(record: CaseRecord): Promise<ApprovedNarrative>;
}

/**
 * Creates the review of narratives. A case whose review was never opened leaves as it was imported,
 * once every risk in it was cleared; one that was opened leaves as it was decided. Where two lawyers
 * have accounts, one who decided nothing in a narrative approves it.
 */
export function createReviewCase(deps: {
  cases: Pick<CaseStore, 'find' | 'decisionsOf'>;
  reviews: ReviewStore;
  anonymiser: () => Promise<AnonymiseNarrative>;
  countLawyers: () => Promise<number>;
  recordCustody: (event: {
    kind: 'reviewed';
    role: string;
    detail: { case: string; texts: string };
  }) => Promise<unknown>;
  clock: Clock;
}): ReviewCase {
  const { cases, reviews, anonymiser, countLawyers, recordCustody, clock } = deps;

  /** The review as it stands, or as it would be opened. */
  async function current(record: CaseRecord): Promise<{ version: number; review: CaseReview }> {
    const kept = await reviews.review(record.id);
    if (kept !== null && isReviewOf(kept.review, record.narrative)) return kept;
    const review = openCaseReview(record.narrative, await anonymiser());
    if (Object.keys(review.raw).length === 0) {
      throw new CasesError('NARRATIVE_UNDECIDED', 'The case has no narrative. Write one first.');
    }
    return { version: kept?.version ?? 0, review };
  }

  const needsSecondPerson = async () => (await countLawyers()) > 1;

  async function stateOf(
    id: string,
    { version, review }: { version: number; review: CaseReview },
  ): Promise<ReviewState> {
    const texts = textStates(review);
    const done = texts.every(({ open, left }) => open === 0 && left.length === 0);
    return {
      version,
      texts,
      textsSha256: done ? digestOf(textsOf(texts)) : null,
      approvals: await reviews.approvals(id),
      needsSecondPerson: await needsSecondPerson(),
    };
  }

  async function change(
    id: string,
    version: number,
    apply: (review: CaseReview) => CaseReview,
  ): Promise<ReviewState> {
    const before = await current(await cases.find(id));
    const review = apply(before.review);
    if (before.version !== version || !(await reviews.saveReview(id, version, review))) {
      throw outdated();
    }
    return await stateOf(id, { version: version + 1, review });
  }

  /** A narrative that was never reviewed, as it is: every risk was cleared and nothing is found. */
  async function cleared(record: CaseRecord) {
    const { narrative } = record;
    const decisions = await cases.decisionsOf(record.id);
    const approved = approveNarrative({ narrative, decisions });
    const { proposed } = openCaseReview(narrative, await anonymiser());
    const open = TEXT_LANGUAGES.flatMap((language) =>
      (proposed[language] ?? []).filter(
        ({ start, end, rule, replacement }) =>
          replacement !== null &&
          // A story is told with its month, which is asked about where a text is anonymised.
          rule !== 'month' &&
          !YEAR.test((narrative?.[language] ?? '').slice(start, end)) &&
          !decisions.some(
            (one) => one.language === language && one.start <= start && one.end >= end,
          ),
      ),
    );
    if (open.length > 0) {
      throw new CasesError(
        'NARRATIVE_UNDECIDED',
        `A narrative has ${open.length} words that may name somebody and that nobody decided about. Review it place by place.`,
      );
    }
    return { narrative: approved, deciders: new Set(decisions.map(({ byUser }) => byUser)) };
  }

  /** What would leave, whether or not it was approved, and who decided in it. */
  async function decided(record: CaseRecord) {
    const kept = await reviews.review(record.id);
    if (kept === null) return await cleared(record);
    const { review } = kept;
    if (!isReviewOf(review, record.narrative)) {
      throw new CasesError(
        'NARRATIVE_CHANGED',
        'A narrative was changed after it was reviewed. Review it again.',
      );
    }
    const texts = textStates(review);
    const open = texts.reduce((sum, one) => sum + one.open + one.left.length, 0);
    if (open > 0) {
      throw new CasesError(
        'NARRATIVE_UNDECIDED',
        `A narrative has ${open} places nobody has decided, or that were missed. Decide each one.`,
      );
    }
    return {
      narrative: approveTexts(textsOf(texts)),
      deciders: new Set<string | undefined>(review.steps.map(({ step }) => step.by.user)),
    };
  }

  return {
    async state(id) {
      const record = await cases.find(id);
      const state = await stateOf(id, await current(record));
      if (state.textsSha256 !== null || (await reviews.review(id)) !== null) return state;
      // One that was cleared without a review leaves as it was imported: this is what is approved.
      const ready = await cleared(record).catch(() => null);
      return ready === null ? state : { ...state, textsSha256: digestOf(ready.narrative.texts) };
    },
    decide: ({ id, version, language, decision, by }) =>
      change(id, version, (review) => decideInCase(review, language, decision, by)),
    undo: ({ id, version }) => change(id, version, undoInCase),
    async approve({ id, textsSha256, by }) {
      const record = await cases.find(id);
      const now = await current(record);
      const fresh = await stateOf(id, now);
      // Nothing was found, so nobody decided anything: the review that was shown is kept as it is.
      if (fresh.textsSha256 === textsSha256 && now.review.steps.length === 0) {
        await reviews.saveReview(id, now.version, now.review);
      }
      const { narrative, deciders } = await decided(record);
      if (digestOf(narrative.texts) !== textsSha256) throw outdated();
      // A decision of which nobody knows who took it may have been this lawyer's.
      if ((deciders.has(by.user) || deciders.has(undefined)) && (await needsSecondPerson())) {
        throw new CasesError(
          'APPROVER_DECIDED',
          'Whoever decided about a narrative cannot approve it as well. Ask another lawyer.',
        );
      }
      await recordCustody({
        kind: 'reviewed',
        role: by.role,
        detail: { case: id, texts: textsSha256 },
      });
      await reviews.addApproval(id, {
        textsSha256: textsSha256 as Sha256,
        by,
        at: isoSeconds(clock.now()),
      });
    },
    async leaving(record) {
      const { narrative, deciders } = await decided(record);
      if (!(await needsSecondPerson())) return narrative;
      const digest = digestOf(narrative.texts);
      const approved = (await reviews.approvals(record.id)).some(
        ({ textsSha256, by }) => textsSha256 === digest && !deciders.has(by.user),
      );
      if (approved) return narrative;
      throw new CasesError(
        'NARRATIVE_UNAPPROVED',
        'A narrative was not approved as it stands by a second lawyer. Ask one who decided nothing in it.',
      );
    },
  };
}

function textStates(review: CaseReview): TextState[] {
  const names = namesOf(review);
  return TEXT_LANGUAGES.flatMap((language) => {
    const one = reviewIn(review, language);
    if (one === null) return [];
    const state: TextState = {
      language,
      raw: one.raw,
      text: renderReview(one),
      spans: reviewedSpans(one),
      open: openPlaces(one),
      left: leftInText(reviewedParts(one), names),
    };
    return [state];
  });
}

function textsOf(texts: readonly TextState[]): ApprovedNarrative['texts'] {
  return Object.fromEntries(texts.map(({ language, text }) => [language, text]));
}

/** Names texts exactly; for us alone, for it would confirm a guess. */
function digestOf(texts: ApprovedNarrative['texts']): Sha256 {
  return sha256(canonicalJson({ ...texts }));
}

function outdated(): CasesError {
  return new CasesError(
    'REVIEW_OUTDATED',
    'Somebody decided something else meanwhile. Open the review again.',
  );
}
