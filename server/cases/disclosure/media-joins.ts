import type { CaseRecord } from '../case.ts';
import { isDate } from '../dates.ts';
import { CELL_MINIMUM } from '../figures/fold-cells.ts';

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
  const byMonth = Map.groupBy(moments, ({ date }) => date.slice(0, 7));
  // Cases of one time and place are joined alike: in a large registry there are few such classes.
  const classes = [...Map.groupBy(cases, timeAndPlace).values()];
  const classesOf = Map.groupBy(classes, ([one]) => one!.month);
  const joins = classes.flatMap((alike) => {
    const [record] = alike;
    const fitting = (byMonth.get(record!.month) ?? []).filter((moment) => mayBe(record!, moment));
    return [...Map.groupBy(fitting, ({ medium }) => medium).values()].flatMap((found) => {
      const [first] = found.sort((a, b) =>
        `${a.date} ${a.from}` < `${b.date} ${b.from}` ? -1 : 1,
      );
      const { medium, date, from, to, site } = first!;
      const meant = classesOf
        .get(record!.month)!
        .filter(([one]) => found.some((moment) => mayBe(one!, moment)));
      const fits = meant.reduce((sum, { length }) => sum + length, 0);
      return alike.map((one): MediaJoin => {
        return {
          id: one.id,
          case: one.registryCode,
          by: one.date === null ? 'month' : 'day',
          medium,
          date,
          from,
          to,
          site: one.site === null ? null : site,
          moments: found.length,
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

function timeAndPlace({ month, date, site, nearOstSite }: CaseRecord): string {
  return [month, date, site, nearOstSite].join('|');
}

function mayBe(record: CaseRecord, { date, site }: MediaMoment): boolean {
  return mayBeOfDay(record, date) && mayBeAt(record, site);
}

function mayBeOfDay(record: CaseRecord, date: string): boolean {
  return record.date === null ? date.startsWith(record.month) : record.date === date;
}

function mayBeAt(record: CaseRecord, site: string | null): boolean {
  if (site === null) return true;
  return record.site === null ? record.nearOstSite !== 'no' : record.site === site;
}

/**
 * Reads the time and place of a clip, written `2026-03-03T14:00/14:20` or with `@site` behind it; null
 * when it is none. What goes past midnight is two of them.
 */
export function readClipMoment(text: string): MediaMoment | null {
  const time = String.raw`((?:[01]\d|2[0-3]):[0-5]\d|24:00)`;
  const form = new RegExp(
    `^(\\d{4}-\\d{2}-\\d{2})T${time}/${time}(?:@([a-z0-9][a-z0-9-]{0,31}))?$`,
  );
  const [, date, from, to, site] = form.exec(text) ?? [];
  if (date === undefined || !isDate(date) || from! >= to!) return null;
  return { medium: 'clip', date, from: from!, to: to!, site: site ?? null };
}
