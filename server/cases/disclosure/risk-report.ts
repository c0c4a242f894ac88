import type { JsonValue } from '../../kernel/canonical-json.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { isoSeconds } from '../../kernel/time.ts';
import type { ReviewCase } from '../anonymise/review-case.ts';
import type { CaseRecord } from '../case.ts';
import { CasesError } from '../errors.ts';
import { PUBLIC_ATTRIBUTES } from '../present.ts';
import type { CaseFilter } from '../registry/case-filter.ts';
import type { SelectCases } from '../registry/select-cases.ts';
import type { DisclosureControl } from './disclosure-control.ts';
import type { SmallClass } from './find-small-classes.ts';
import { findKnownStops, type KnownStops } from './known-stops.ts';
import { findMediaJoins, type MediaJoin, type MediaMoment } from './media-joins.ts';
import type { PlanFigures, PlannedFigures } from './plan-figures.ts';
import { storiesOfFew } from './stories-of-few.ts';
import { untoldShare } from './untold-share.ts';

/** What figures to this reader would tell. */
export interface FigureRisk {
  readonly smallestCell: number | null;
  /** The largest share of cases, in per cent, that a table does not tell in rows of their own. */
  readonly untoldPercent: number;
  /** Cases that wait or are left out because comparing with earlier packs would point at somebody. */
  readonly heldBack: number;
  /** What is told more coarsely than this reader might be told, or not at all (`to` is null). */
  readonly coarsened: PlannedFigures['coarsened'];
  readonly earlierPacks: number;
  /** Why a pack would be refused. */
  readonly found: ReadonlyArray<{
    readonly kind: 'small-cell' | 'difference' | 'derived' | 'story-changed';
    readonly cells: ReadonlyArray<{ readonly table: string; readonly code: string }>;
  }>;
}

/** What a story could be found by. */
export interface StoryRisk {
  /** The registry's code. */
  readonly case: string;
  /** Coded facts that, told with it, fit few of the counted cases. */
  readonly few: readonly SmallClass[];
  /** Places in its texts that nobody has decided. */
  readonly open: number;
  /** What a second reading of the texts as decided still finds, by rule. */
  readonly left: ReadonlyArray<{ readonly rule: string; readonly count: number }>;
}

/** What footage of the same time and place leads to. */
export interface MediaRisk {
  /** How many moments of presence logs and clips were compared. */
  readonly moments: number;
  /** Cases that are led to. */
  readonly cases: number;
  /** How often they are led to: once for each case and medium. */
  readonly joinCount: number;
  /** Those that tell most first; at most 30. */
  readonly joins: ReadonlyArray<Omit<MediaJoin, 'id'>>;
}

/** Who could still be found, and how, by somebody who knows whom they stopped. */
export interface RiskReport {
  readonly recipient: string;
  readonly counted: number;
  readonly leftOut: number;
  readonly stops: KnownStops;
  /** Null when there are too few cases for any figure. */
  readonly figures: FigureRisk | null;
  readonly media: MediaRisk;
  /** Cases whose story may go to this reader, those with the most to mend of all first; at most 100. */
  readonly stories: readonly StoryRisk[];
  readonly storyCount: number;
}

/** What is asked about. */
export interface RiskRequest {
  readonly filter: CaseFilter;
  /** Code of the recipient, as in the list `recipient`. */
  readonly recipient: string;
  /** Code of the use, as in the list `purpose`. */
  readonly use: string;
  /** When and where clips were filmed that may go along. */
  readonly clips: readonly MediaMoment[];
  readonly at: Date;
}

/** Reports the risk of a pack with these cases. Records nothing. */
export type ReportRisk = (request: RiskRequest) => Promise<RiskReport>;

/** Stories that are shown: as many as a pack may tell. */
const STORIES_SHOWN = 100;
const JOINS_SHOWN = 30;

/** Creates the report. It rests on the very planning and control that a pack has to pass. */
export function createReportRisk(deps: {
  selectCases: SelectCases;
  planFigures: PlanFigures;
  disclosure: Pick<DisclosureControl, 'check'>;
  reviewCase: Pick<ReviewCase, 'state'>;
  /** What the presence logs that are kept would tell. */
  presenceMoments: () => Promise<readonly MediaMoment[]>;
}): ReportRisk {
  const { selectCases, planFigures, disclosure, reviewCase, presenceMoments } = deps;

  async function figureRisk(
    counted: readonly CaseRecord[],
    { filter, recipient, at }: RiskRequest,
  ): Promise<FigureRisk | null> {
    const scope = canonicalJson(filter as unknown as JsonValue);
    try {
      const plan = await planFigures({ cases: counted, recipient, scope, stories: [] });
      const { cells, summary, heldBack, coarsened } = plan;
      const { found, earlier } = await disclosure.check({
        pack: 'risk',
        releasedAt: isoSeconds(at),
        recipient,
        scope,
        cells,
        narratives: [],
        media: [],
      });
      const sizes = cells.map(({ cases }) => cases.length).filter((size) => size > 0);
      return {
        smallestCell: sizes.length === 0 ? null : Math.min(...sizes),
        untoldPercent: Math.round(
          100 * Math.max(0, ...summary.tables.map((table) => untoldShare(table, cells))),
        ),
        heldBack: heldBack.length,
        coarsened,
        earlierPacks: earlier,
        found: found.map(({ kind, cells: named }) => ({
          kind,
          cells: named.map(({ table, code }) => ({ table, code })),
        })),
      };
    } catch (error) {
      if (error instanceof CasesError && error.code === 'TOO_FEW_CASES') return null;
      throw error;
    }
  }

  async function storyRisk(record: CaseRecord, counted: readonly CaseRecord[]): Promise<StoryRisk> {
    const told = [{ id: record.id, attributes: PUBLIC_ATTRIBUTES }];
    const { texts } = await reviewCase.state(record.id);
    const left = Map.groupBy(
      texts.flatMap((text) => text.left),
      ({ rule }) => rule,
    );
    return {
      case: record.registryCode,
      few: storiesOfFew(told, counted).map(({ facts, count }) => ({ facts, count })),
      open: texts.reduce((sum, text) => sum + text.open, 0),
      left: [...left].map(([rule, all]) => ({ rule, count: all.length })),
    };
  }

  return async function reportRisk(request) {
    const { filter, recipient, use, clips, at } = request;
    const wanted = { filter, recipient, use, at };
    const { selected, leftOut } = await selectCases({ ...wanted, purpose: 'counted' });
    const told = (await selectCases({ ...wanted, purpose: 'narrative' })).selected.filter(
      ({ narrative }) => Object.values(narrative).some((text) => text !== undefined),
    );
    const stories: StoryRisk[] = [];
    for (const record of told) stories.push(await storyRisk(record, selected));
    const moments = [...clips, ...(await presenceMoments())];
    const joins = findMediaJoins(selected, moments, {
      told: new Set(told.map(({ id }) => id)),
    });
    const weight = ({ open, left, few }: StoryRisk) => 10 * (open + left.length) + few.length;
    return {
      recipient,
      counted: selected.length,
      leftOut: leftOut.length,
      stops: await findKnownStops(selected),
      figures: await figureRisk(selected, request),
      media: {
        moments: moments.length,
        cases: new Set(joins.map(({ id }) => id)).size,
        joinCount: joins.length,
        joins: joins.slice(0, JOINS_SHOWN).map(({ id: _, ...join }) => join),
      },
      stories: stories.sort((a, b) => weight(b) - weight(a)).slice(0, STORIES_SHOWN),
      storyCount: told.length,
    };
  };
}
