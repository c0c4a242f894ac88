import { z } from 'zod';
import { SITE_CODE } from '../../kernel/site-code.ts';
import type { CaseRecord } from '../case.ts';
import { CELL_MINIMUM } from '../figures/fold-cells.ts';

const TIME_OF_DAY = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/);

/**
 * When and where something was filmed: a day in Bishkek and two times of it, `HH:MM`, where the end of
 * a day is `24:00`; and the code of the site, null where nobody said which. What goes past midnight is
 * two of them: joined by one day only, it would lead past the cases of the other.
 */
export const FILMED_SCHEMA = z
  .strictObject({
    date: z.iso.date(),
    from: TIME_OF_DAY,
    to: TIME_OF_DAY,
    site: z.string().regex(SITE_CODE).nullable().default(null),
  })
  .refine(({ from, to }) => from < to, {
    path: ['to'],
    message: 'must be after from; what goes past midnight is two moments, of two days',
  });

/** A time of which footage tells: a clip shows it, or a presence log says that police stood there. */
export interface MediaMoment {
  readonly medium: 'clip' | 'presence';
  /** A day in Bishkek, and two times of it, `HH:MM`; the end of a day is `24:00`. */
  readonly date: string;
  readonly from: string;
  readonly to: string;
  /** Code of the site; null where nobody said which, and then it may be that of any case. */
  readonly site: string | null;
}

/** A case that footage of the same time and place leads to. */
export interface MediaJoin {
  readonly id: string;
  /** The registry's code. */
  readonly case: string;
  /** Its day is known and is that of the footage, or only its month is known. */
  readonly by: 'day' | 'month';
  readonly medium: MediaMoment['medium'];
  /** The first moment of that day, or month. */
  readonly date: string;
  readonly from: string;
  readonly to: string;
  /** Null where the place of the footage or of the case is not known: then it only may fit. */
  readonly site: string | null;
  /** How many moments of that day, or month, the footage has there. */
  readonly moments: number;
  /** How many of the cases may be of that day, or month, and that place; this one among them. */
  readonly fits: number;
  /** Whether its story is told beside the footage. */
  readonly told: boolean;
}

/**
 * Joins cases with footage of their time and place. The police know whom they stopped then and there:
 * for them footage of a stop leads to the person, and from there to the case, however many cases there
 * are. A case of which only the month is known is named when its story is told, or when few cases of
 * that month may be meant.
 *
 * @param given.told - ids of the cases whose stories are told.
 * @returns one join a case and medium, those that tell most first.
 */
export function findMediaJoins(
  cases: readonly CaseRecord[],
  moments: readonly MediaMoment[],
  { told }: { told: ReadonlySet<string> },
): MediaJoin[] {
  const footage = foldMoments(moments);
  const ofDay = Map.groupBy(footage, ({ first }) => first.date);
  const ofMonth = Map.groupBy(footage, ({ first }) => first.date.slice(0, 7));
  const tally = tallyCases(cases);
  // Cases of one time and place are joined alike: in a large registry there are few such classes.
  const classes = [...Map.groupBy(cases, timeAndPlace).values()];
  const joins = classes.flatMap((alike) => {
    const { month, date, ...record } = alike[0]!;
    const near = (date === null ? ofMonth.get(month) : ofDay.get(date)) ?? [];
    const found = near.filter(({ first }) => mayBeAt(record, first.site));
    return [...Map.groupBy(found, ({ first }) => first.medium).values()].flatMap((there) => {
      const { medium, date: day, from, to, site } = there[0]!.first;
      const count = there.reduce((sum, { moments: more }) => sum + more, 0);
      const fits = countFitting(tally, month, there);
      return alike.map((one): MediaJoin => {
        return {
          id: one.id,
          case: one.registryCode,
          by: date === null ? 'month' : 'day',
          medium,
          date: day,
          from,
          to,
          site: one.site === null ? null : site,
          moments: count,
          fits,
          told: told.has(one.id),
        };
      });
    });
  });
  return joins
    .filter((join) => join.by === 'day' || join.told || join.fits < CELL_MINIMUM)
    .sort(
      (a, b) =>
        Number(b.told) - Number(a.told) ||
        a.by.localeCompare(b.by) ||
        a.fits - b.fits ||
        a.date.localeCompare(b.date),
    );
}

/** All moments of one medium, day and site. */
interface Footage {
  readonly first: MediaMoment;
  readonly moments: number;
}

/** Folds moments, the earliest first: of a site hundreds may lie in one day, and they join alike. */
function foldMoments(moments: readonly MediaMoment[]): Footage[] {
  const inOrder = moments.toSorted((a, b) => {
    const [one, other] = [`${a.date} ${a.from}`, `${b.date} ${b.from}`];
    return one < other ? -1 : Number(one > other);
  });
  const alike = Map.groupBy(inOrder, ({ medium, date, site }) => [medium, date, site].join('|'));
  return [...alike.values()].map((all) => ({ first: all[0]!, moments: all.length }));
}

/** How many cases of one day there are, or of a month without a day, and where. */
interface Tally {
  readonly all: number;
  readonly atSite: ReadonlyMap<string, number>;
  /** Of a site that nobody named: it may be any. */
  readonly somewhere: number;
}

/** Counts the cases by their day, and where only the month is known, by the month. */
function tallyCases(cases: readonly CaseRecord[]): ReadonlyMap<string, Tally> {
  const byTime = Map.groupBy(cases, ({ month, date }) => date ?? month);
  return new Map(
    [...byTime].map(([time, of]) => {
      const named = Map.groupBy(of, ({ site }) => site ?? '');
      const unnamed = named.get('') ?? [];
      return [
        time,
        {
          all: of.length,
          atSite: new Map([...named].map(([site, there]) => [site, there.length])),
          somewhere: unnamed.filter((one) => mayBeNear(one)).length,
        },
      ];
    }),
  );
}

/** How many cases may be of the day, or month, and the place of any of the footage. */
function countFitting(
  tally: ReadonlyMap<string, Tally>,
  month: string,
  footage: readonly Footage[],
): number {
  const sitesOf = (some: readonly Footage[]) => new Set(some.map(({ first }) => first.site));
  const byDay = Map.groupBy(footage, ({ first }) => first.date);
  const ofDays = [...byDay].map(([day, some]) => countAt(tally.get(day), sitesOf(some)));
  const ofMonth = countAt(tally.get(month), sitesOf(footage));
  return ofDays.reduce((sum, count) => sum + count, ofMonth);
}

function countAt(tally: Tally | undefined, sites: ReadonlySet<string | null>): number {
  if (tally === undefined) return 0;
  if (sites.has(null)) return tally.all;
  return [...sites].reduce((sum, site) => sum + (tally.atSite.get(site!) ?? 0), tally.somewhere);
}

function timeAndPlace({ month, date, site, nearOstSite }: CaseRecord): string {
  return [month, date, site, nearOstSite].join('|');
}

function mayBeAt(record: Pick<CaseRecord, 'site' | 'nearOstSite'>, site: string | null): boolean {
  if (site === null) return true;
  return record.site === null ? mayBeNear(record) : record.site === site;
}

function mayBeNear({ nearOstSite }: Pick<CaseRecord, 'nearOstSite'>): boolean {
  return nearOstSite !== 'no';
}

/**
 * Reads the time and place of a clip, written `2026-03-03T14:00/14:20` or with `@site` behind it; null
 * when it is none, as {@link FILMED_SCHEMA} says.
 */
export function readClipMoment(text: string): MediaMoment | null {
  const [, date, from, to, site = null] = /^([^T]+)T([^/]+)\/([^@]+)(?:@(.+))?$/.exec(text) ?? [];
  const { data } = FILMED_SCHEMA.safeParse({ date, from, to, site });
  return data === undefined ? null : { medium: 'clip', ...data };
}
