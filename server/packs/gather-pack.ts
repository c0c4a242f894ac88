import type { CaseRecord } from '../cases/case.ts';
import type { ConsentRefusal } from '../cases/consent/consent.ts';
import type { CaseUse, ConsentsHold } from '../cases/consent/consents-hold.ts';
import type { PlanFigures, PlannedFigures } from '../cases/disclosure/plan-figures.ts';
import type { PublicAttribute, PublishedCase } from '../cases/present.ts';
import type { SelectCases } from '../cases/registry/select-cases.ts';
import type { ApprovedNarrative } from '../cases/review/narrative-review.ts';
import type { RecordingStore } from '../footage/ports.ts';
import type { PublishedPresence } from '../footage/presence/presence-published.ts';
import type { Recording, RedactedCopy } from '../footage/recording.ts';
import type { RandomBytes } from '../kernel/ids.ts';
import { bishkekDate } from '../kernel/time.ts';
import type { Annex } from '../letters/letter-model.ts';
import type { PaperRole } from '../letters/papers/papers.ts';
import type { Localized } from '../letters/writing/language.ts';
import { PackError } from './errors.ts';
import { numberExhibits } from './number-exhibits.ts';
import { type PackOrder, scopeOf } from './pack-order.ts';

/** A redacted copy as an exhibit. */
export interface GatheredMedia {
  readonly exhibit: string;
  readonly title: Localized;
  readonly copy: RedactedCopy;
  readonly recording: Recording;
}

/** A picked case: what may leave of it, and the month under which the letter tells it. */
export interface GatheredCase {
  /** The case; it never leaves. */
  readonly id: string;
  readonly published: PublishedCase;
  readonly month: string;
}

/** Everything a pack is made from, chosen by consent and numbered. */
export interface GatheredPack {
  /** The cases that are counted, and those that are left out, with the reason. */
  readonly counted: {
    readonly selected: readonly CaseRecord[];
    readonly leftOut: ReadonlyArray<{ readonly id: string; readonly reason: LeftOutReason }>;
  };
  readonly summary: PlannedFigures['summary'];
  /** Every published count with the cases behind it. */
  readonly recurrence: PlannedFigures['recurrence'];
  readonly cells: PlannedFigures['cells'];
  readonly coarsened: PlannedFigures['coarsened'];
  readonly cases: readonly GatheredCase[];
  readonly media: readonly GatheredMedia[];
  readonly presence: PublishedPresence | null;
  /** The papers of the organisation that are bound behind the letter. */
  readonly papers: readonly GatheredPaper[];
}

/** A paper of the organisation, its sheets as the letter shows them. */
export interface GatheredPaper {
  readonly id: string;
  readonly role: PaperRole;
  readonly scans: NonNullable<Annex['scans']>;
}

/**
 * Why a case is not counted: for want of consent, or because with it somebody would stand out when
 * this pack is compared with an earlier one.
 */
export type LeftOutReason = ConsentRefusal | 'would-stand-out';

/** What makes a second gathering come out as the first. */
export interface GatheringAgain {
  /** What exhibits are numbered by; every time otherwise when left out. */
  readonly numbering?: RandomBytes;
  /** Id of a pack: what was released since it was made plays no part. */
  readonly before?: string;
  /** Ids of the papers that were bound behind the letter; those of today when left out. */
  readonly papers?: readonly string[];
}

/** Gathers what a pack is made from. */
export type GatherPack = (
  order: PackOrder,
  at: Date,
  again?: GatheringAgain,
) => Promise<GatheredPack>;

/**
 * Creates the gathering. Consent is asked of every case, of everyone whom footage shows and of every
 * camera's owner, for the body and the use that the order names, on the day of sealing.
 *
 * @throws {PackError} from the use case: `LETTER_FOR_ANOTHER_BODY`, `NARRATIVE_NOT_ALLOWED`,
 *   `MEDIA_CONSENT_MISSING`, `OWNER_CONSENT_MISSING`; and what the cases and the footage throw.
 */
export function createGatherPack(deps: {
  selectCases: SelectCases;
  consentsHold: ConsentsHold;
  planFigures: PlanFigures;
  /** The texts of a case that may leave now. */
  leaving: (record: CaseRecord) => Promise<ApprovedNarrative>;
  present: (given: {
    record: CaseRecord;
    exhibit: string;
    narrative: ApprovedNarrative;
    attributes: readonly PublicAttribute[];
  }) => PublishedCase;
  recordings: Pick<RecordingStore, 'copy' | 'recording'>;
  presenceOf: (log: string) => Promise<PublishedPresence>;
  /** Code of the body that a type of letter goes to, as consents name it. */
  recipientOf: (type: PackOrder['letter']['type']) => string;
  /** Papers of the organisation by their ids, or those that are bound behind letters now. */
  papersOf: (ids?: readonly string[]) => Promise<readonly GatheredPaper[]>;
  random: RandomBytes;
}): GatherPack {
  const { selectCases, consentsHold, leaving, planFigures, present, recordings, random } = deps;

  async function gatherCases(
    order: PackOrder,
    at: Date,
    numbering: RandomBytes,
  ): Promise<GatheredCase[]> {
    const { filter, recipient, use, narratives } = order;
    if (narratives.length === 0) return [];
    const { selected } = await selectCases({ filter, purpose: 'narrative', recipient, use, at });
    const exhibits = numberExhibits('C', narratives.length, numbering);
    return await Promise.all(
      narratives.map(async ({ case: id, attributes }, i) => {
        const record = selected.find((one) => one.id === id);
        if (record === undefined) throw narrativeNotAllowed();
        const narrative = await leaving(record);
        const published = present({ record, exhibit: exhibits[i]!, narrative, attributes });
        return { id, published, month: record.month };
      }),
    );
  }

  async function gatherMedia(
    order: PackOrder,
    day: string,
    numbering: RandomBytes,
  ): Promise<GatheredMedia[]> {
    const { recipient, use, copies } = order;
    if (!(await consentsHold(shownCases(copies), { recipient, use, on: day }))) {
      throw mediaConsentMissing();
    }
    const found = await Promise.all(
      copies.map(async ({ copy: id, title }) => {
        const copy = await recordings.copy(id);
        const recording = await recordings.recording(copy.recording);
        if (!ownerAgrees(recording, day)) throw ownerConsentMissing();
        return { title, copy, recording };
      }),
    );
    const numbered = (letter: 'V' | 'S', kind: Recording['kind']) => {
      const ofKind = found.filter(({ recording }) => recording.kind === kind);
      const exhibits = numberExhibits(letter, ofKind.length, numbering);
      return ofKind.map((one, i) => ({ ...one, exhibit: exhibits[i]! }));
    };
    return [...numbered('V', 'clip'), ...numbered('S', 'still')].sort(byExhibit);
  }

  return async function gatherPack(order, at, { numbering = random, before, papers } = {}) {
    const { filter, recipient, use } = order;
    // Consent is asked for one body; the letter must go to no other.
    if (deps.recipientOf(order.letter.type) !== recipient) throw letterForAnotherBody();
    const allowed = await selectCases({ filter, purpose: 'counted', recipient, use, at });
    const { counted, heldBack, summary, recurrence, cells, coarsened } = await planFigures({
      cases: allowed.selected,
      recipient,
      scope: scopeOf(order),
      stories: order.narratives.map((one) => one.case),
      ...(before === undefined ? {} : { before }),
    });
    return {
      counted: {
        selected: counted,
        leftOut: [
          ...allowed.leftOut,
          ...heldBack.map(({ id }) => ({ id, reason: 'would-stand-out' as const })),
        ],
      },
      summary,
      recurrence,
      cells,
      coarsened,
      cases: (await gatherCases(order, at, numbering)).sort((a, b) =>
        byExhibit(a.published, b.published),
      ),
      media: await gatherMedia(order, bishkekDate(at), numbering),
      presence: order.presence === null ? null : await deps.presenceOf(order.presence.log),
      papers: await deps.papersOf(papers),
    };
  };
}

function byExhibit(a: { exhibit: string }, b: { exhibit: string }): number {
  return a.exhibit < b.exhibit ? -1 : 1;
}

/** The cases whose encounter the copies of an order show, as uses to ask consent for. */
export function shownCases(copies: PackOrder['copies']): CaseUse[] {
  // Orders that were kept before the statement was asked for have no list.
  return copies.flatMap(({ shows = [] }: { shows?: readonly string[] }) =>
    shows.map((id): CaseUse => ({ case: id, purpose: 'footage' })),
  );
}

/** Whether the owner of a camera lets its pictures be used on a day in Bishkek. */
export function ownerAgrees({ ownerConsent }: Recording, day: string): boolean {
  if (ownerConsent === null || ownerConsent.takenOn > day) return false;
  return ownerConsent.expiresOn === null || ownerConsent.expiresOn >= day;
}

function letterForAnotherBody(): PackError {
  return new PackError(
    'LETTER_FOR_ANOTHER_BODY',
    'The type of the letter goes to another body than the recipient of the pack, for whom consent is asked. Change one of them.',
  );
}

function narrativeNotAllowed(): PackError {
  return new PackError(
    'NARRATIVE_NOT_ALLOWED',
    'A picked narrative may not go to this recipient for this purpose, or its case is outside of the filter. Leave it out, or ask for consent.',
  );
}

function mediaConsentMissing(): PackError {
  return new PackError(
    'MEDIA_CONSENT_MISSING',
    'A copy shows what happened to a person who has not agreed, or no longer agrees, to footage of it going to this recipient for this purpose. Leave the copy out, or ask for consent.',
  );
}

function ownerConsentMissing(): PackError {
  return new PackError(
    'OWNER_CONSENT_MISSING',
    'The owner of a camera has not agreed, or no longer agrees, to its pictures being used. Leave them out, or ask; the presence log may go without.',
  );
}
