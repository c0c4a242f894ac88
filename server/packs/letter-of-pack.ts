import type { Recurrence } from '../cases/figures/judge-recurrence.ts';
import type { CasesSummary } from '../cases/figures/summarise-cases.ts';
import type { PresenceKind } from '../footage/presence/presence-log.ts';
import type { PublishedPresence } from '../footage/presence/presence-published.ts';
import type { Sha256 } from '../kernel/digest.ts';
import type { Annex, LetterModel } from '../letters/letter-model.ts';
import type { Localized } from '../letters/writing/language.ts';
import { PackError } from './errors.ts';
import type { GatheredCase } from './gather-pack.ts';
import type { PackOrder } from './pack-order.ts';

/** The populations that the letter names; the annex of statistics names all that may be shown. */
const NAMED_POPULATIONS = ['pwid', 'sw'];

/** The table that the letter shows as its pattern, and so need not repeat: acts, or groups of them. */
const PATTERN_TABLE = /^law-enforcement-act(?:-group)?$/;

/** Tables as fine as this have an outline on the map for each row. */
const MAPPED_LEVEL = 'oblast';

/** What a letter is put together from, besides the order. */
export interface LetterParts {
  readonly summary: CasesSummary;
  readonly recurrence: Recurrence | null;
  /** First and last month of the counted cases. */
  readonly period: LetterModel['period'];
  readonly cases: readonly GatheredCase[];
  readonly presence: PublishedPresence | null;
  readonly presenceKind: (kind: PresenceKind) => Localized;
  readonly annexes: readonly Annex[];
  readonly redactions: LetterModel['redactions'];
  readonly keySha256: Sha256;
  readonly attached: boolean;
}

/**
 * The model of a pack's letter: what was entered and what was counted, field by field.
 *
 * @throws {PackError} `FIGURES_TOO_SMALL` when the subject of the letter itself may not be shown,
 *   `NARRATIVE_UNTRANSLATED` when a narrative is missing in one of the languages.
 */
export function letterOfPack(order: PackOrder, parts: LetterParts): LetterModel {
  const { summary, recurrence, period, cases, presence } = parts;
  const { presenceKind, annexes, redactions, keySha256, attached } = parts;
  const { letter, sample } = order;
  const { lawEnforcement } = summary;
  if (lawEnforcement === null) {
    throw new PackError(
      'FIGURES_TOO_SMALL',
      'Too few of the selected cases concern law enforcement, or too few do not, so no figure may be shown. Widen the period or the place.',
    );
  }
  const nearOstSites = summary.nearOstSites?.count ?? null;
  return {
    version: 1,
    sample,
    type: letter.type,
    kind: letter.kind,
    ...(letter.mandate === undefined ? {} : { mandate: letter.mandate }),
    sender: letter.sender,
    addressee: letter.addressee,
    outgoing: letter.outgoing,
    ...(letter.subject === undefined ? {} : { subject: letter.subject }),
    ...(letter.first === undefined ? {} : { first: letter.first }),
    ...(letter.clauses === undefined ? {} : { clauses: letter.clauses }),
    period,
    figures: {
      documented: summary.documented,
      lawEnforcement: lawEnforcement.count,
      byPrimaryPopulation: summary.byPrimaryPopulation
        .filter(({ code }) => NAMED_POPULATIONS.includes(code))
        .map(({ code, label, count }) => ({ code, label, count })),
      nearOstSites,
    },
    pattern: summary.acts.map(({ code, label, count, base }) => ({ code, label, count, base })),
    tables: summary.tables
      .filter(({ name }) => !PATTERN_TABLE.test(name))
      .map(({ title, base, rows, margins, level }) => ({
        title,
        base,
        rows: rows.map(({ code, label, count }) => ({ code, label, count })),
        chart: margins === undefined,
        ...(level === MAPPED_LEVEL ? { map: true } : {}),
      })),
    ...(recurrence === null
      ? {}
      : {
          recurrence: {
            since: recurrence.rule.since,
            casesEach: recurrence.rule.casesEach,
            monthsInARow: {
              found: recurrence.monthsInARow,
              needed: recurrence.rule.monthsInARow,
            },
            areas: { found: recurrence.areas, needed: recurrence.rule.areas },
            acts: { found: recurrence.acts, needed: recurrence.rule.acts },
            met: recurrence.met,
          },
        }),
    narratives: cases.map(({ published: { exhibit, text }, month }) => {
      const { ky, ru, en } = text;
      if (ky === undefined || ru === undefined || en === undefined) {
        throw new PackError(
          'NARRATIVE_UNTRANSLATED',
          'A picked narrative is missing in Kyrgyz, Russian or English. Translate it, or leave the case out.',
        );
      }
      return { exhibit, month, text: { ky, ru, en } };
    }),
    ...(presence === null || order.presence === null
      ? {}
      : {
          presence: {
            place: order.presence.place,
            recordedDays: presence.recordedDays,
            reviewed: presence.reviewed.map(({ date, from, to }) => ({ date, from, to })),
            intervals: presence.intervals.map(({ date, from, to, kind }) => ({
              date,
              from,
              to,
              kindLabel: presenceKind(kind),
            })),
          },
        }),
    redactions: [...redactions],
    keySha256,
    ...(attached ? { attached } : {}),
    grounds: letter.grounds,
    overrides: letter.overrides,
    demands: letter.demands,
    annexes: [...annexes],
    signatory: letter.signatory,
    executor: letter.executor,
  };
}
