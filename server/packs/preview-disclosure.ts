import { z } from 'zod';
import type { CaseRecord } from '../cases/case.ts';
import type { DisclosureControl } from '../cases/disclosure/disclosure-control.ts';
import type { MediaJoin, MediaMoment } from '../cases/disclosure/media-joins.ts';
import type { StoryOfFew, ToldStory } from '../cases/disclosure/stories-of-few.ts';
import type { CodedError } from '../kernel/errors.ts';
import { type FindToldBesideFootage, refusalOfUnreasoned } from './find-told-beside-footage.ts';
import type { GatheredPack } from './gather-pack.ts';
import type { MomentsOfOrder } from './moments-of-order.ts';
import type { PackOrder } from './pack-order.ts';
import { releaseOfPack } from './release-of-pack.ts';

/** The report on who could be found through a pack, for the lawyer and never for the pack. */
export const DISCLOSURE_REPORT = z.strictObject({
  earlierPacks: z.int().describe('How many packs were taken into account'),
  smallestCell: z.int().nullable().describe('The smallest count that is published'),
  findings: z
    .array(
      z.strictObject({
        kind: z.enum(['small-cell', 'difference', 'derived', 'story-changed']),
        cells: z.array(z.strictObject({ table: z.string(), code: z.string() })),
        packs: z.array(z.string()),
        cases: z.array(z.string()).describe('Codes of the registry'),
      }),
    )
    .describe('Each keeps the pack from being sealed'),
  advice: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('story-of-few'),
          case: z.string(),
          facts: z.array(z.string()).describe('Told together they fit few cases; coarsen one'),
          count: z.int(),
        }),
        z.strictObject({
          kind: z.literal('story-beside-footage'),
          case: z.string(),
          month: z.string(),
          reason: z
            .string()
            .nullable()
            .describe('As the order gives it; without one nothing is sealed'),
        }),
        z
          .strictObject({
            kind: z.literal('case-beside-footage'),
            case: z.string(),
            by: z
              .enum(['day', 'month'])
              .describe('Its day is known, or it is told and only its month is known'),
            medium: z.enum(['clip', 'presence']),
            date: z.string(),
            from: z.string(),
            to: z.string(),
            moments: z.int(),
            fits: z.int().describe('Cases that may be of that day and place'),
            told: z.boolean(),
          })
          .describe('Counted or told here, and footage of its time and place leads to it'),
      ]),
    )
    .describe('For a person to weigh'),
  joinCount: z
    .int()
    .describe('How often footage leads to a case; the advice names the first 100 of them'),
  assumption: z.string().describe('What readers of the pack are taken to know'),
});
/** The report on who could be found through a pack. */
export type DisclosureReport = z.infer<typeof DISCLOSURE_REPORT>;

/** Reports on who could be found, were this order sealed now. Records nothing. */
export type PreviewDisclosure = (
  order: PackOrder,
  gathered: GatheredPack,
  at: Date,
) => Promise<{
  readonly report: DisclosureReport;
  readonly refusal: CodedError | null;
}>;

const ASSUMPTION =
  'The police know whom they stopped and when, hold their rosters, have read every earlier pack and compare them. The risk is lower, never none.';

/** Creates the report. */
export function createPreviewDisclosure(deps: {
  disclosure: Pick<DisclosureControl, 'check'>;
  storiesOfFew: (stories: readonly ToldStory[], counted: readonly CaseRecord[]) => StoryOfFew[];
  caseOf: (id: string) => Promise<CaseRecord>;
  momentsOfOrder: MomentsOfOrder;
  toldBesideFootage: FindToldBesideFootage;
  mediaJoins: (
    cases: readonly CaseRecord[],
    moments: readonly MediaMoment[],
    given: { told: ReadonlySet<string> },
  ) => MediaJoin[];
}): PreviewDisclosure {
  const { disclosure, storiesOfFew, caseOf, momentsOfOrder, mediaJoins, toldBesideFootage } = deps;

  return async function previewDisclosure(order, gathered, at) {
    const { selected } = gathered.counted;
    const { cells } = gathered;
    const codes = new Map(selected.map(({ id, registryCode }) => [id, registryCode]));
    const codeOf = async (id: string) => codes.get(id) ?? (await caseOf(id)).registryCode;
    const { found, earlier, refusal } = await disclosure.check(
      releaseOfPack({ id: 'preview', at, order, gathered }),
    );
    const findings: DisclosureReport['findings'] = [];
    for (const { kind, cells: named, packs, cases } of found) {
      findings.push({
        kind,
        cells: named.map(({ table, code }) => ({ table, code })),
        packs: [...packs],
        cases: await Promise.all(cases.map(codeOf)),
      });
    }
    const joins = await joinsOf(gathered, await momentsOfOrder(order));
    const beside = await toldBesideFootage(order);
    const sizes = cells.map((cell) => cell.cases.length);
    const report: DisclosureReport = {
      earlierPacks: earlier,
      smallestCell: sizes.length === 0 ? null : Math.min(...sizes),
      findings,
      advice: [
        ...(await onStories(gathered, codeOf)),
        ...beside.map(({ case: code, month, reason }) => ({
          kind: 'story-beside-footage' as const,
          case: code,
          month,
          reason,
        })),
        ...joins.slice(0, JOINS_SHOWN).map(onJoin),
      ],
      joinCount: joins.length,
      assumption: ASSUMPTION,
    };
    return { report, refusal: refusal ?? refusalOfUnreasoned(beside) };
  };

  async function onStories({ cases, counted }: GatheredPack, codeOf: CodeOf) {
    const stories = cases.map(({ id, published }) => ({
      id,
      attributes: published.attributes.map(({ attribute }) => attribute),
    }));
    return await Promise.all(
      storiesOfFew(stories, counted.selected).map(async ({ id, facts, count }) => ({
        kind: 'story-of-few' as const,
        case: await codeOf(id),
        facts: [...facts],
        count,
      })),
    );
  }

  /** A story may be told of a case that is held back from the figures: it is found all the same. */
  async function joinsOf({ cases, counted }: GatheredPack, moments: readonly MediaMoment[]) {
    const told = new Set(cases.map(({ id }) => id));
    const isCounted = new Set(counted.selected.map(({ id }) => id));
    const toldOnly = [...told].filter((id) => !isCounted.has(id));
    const all = [...counted.selected, ...(await Promise.all(toldOnly.map(caseOf)))];
    return mediaJoins(all, moments, { told }).filter((join) => join.by === 'day' || join.told);
  }
}

function onJoin({ case: code, by, medium, date, from, to, moments, fits, told }: MediaJoin) {
  const kind = 'case-beside-footage' as const;
  return { kind, case: code, by, medium, date, from, to, moments, fits, told };
}

const JOINS_SHOWN = 100;

type CodeOf = (id: string) => Promise<string>;
