import { LetterError } from '../errors.ts';
import type { LetterModel, Presence } from '../letter-model.ts';
import { type PresenceDay, presenceDays, presenceFigures, secondsOfDay } from '../presence-days.ts';
import { shortDate } from '../writing/letter-dates.ts';
import { duration, type Writer } from '../writing/writer.ts';
import { type DayChartView, layOutDays } from './day-chart.ts';
import { type AnnexView, presentAnnex } from './present-page.ts';
import type { BoundAnnex } from './sheet-numbers.ts';

/** One chart; where there are several, with the days it shows. */
interface CaptionedChart {
  readonly caption: string | null;
  readonly drawing: DayChartView;
}

/** One reviewed day or a part of it: what was reviewed of it, and when a vehicle was seen. */
interface LoggedDay {
  readonly day: string;
  readonly spans: readonly string[];
  /** At least one row; where nothing was seen, one that says so. */
  readonly seen: readonly {
    readonly time: string;
    readonly length: string;
    readonly kind: string;
  }[];
}

/** Rows that are kept on one sheet; a day with more of them is told in parts, each with its date. */
const MOST_ROWS_TOGETHER = 8;

/** The annex with the presence log: totals, a chart by day, and every interval. */
export interface PresenceView extends AnnexView {
  readonly totals: readonly { readonly label: string; readonly value: string }[];
  readonly chart: {
    readonly heading: string;
    readonly alt: string;
    readonly parts: readonly CaptionedChart[];
    readonly legend: { present: string; absent: string; unreviewed: string };
  };
  readonly log: {
    readonly heading: string;
    readonly columns: { day: string; spans: string; seen: string; length: string; kind: string };
    readonly days: readonly LoggedDay[];
  };
  readonly caution: string;
}

/**
 * Writes the presence log.
 *
 * @throws {LetterError} `MODEL_INVALID` for a letter without presence.
 */
export function presentPresenceLog(
  model: LetterModel,
  writer: Writer,
  annex: BoundAnnex,
): PresenceView {
  const { presence } = model;
  if (presence === undefined) {
    throw new LetterError(
      'MODEL_INVALID',
      'The letter has no presence, so there is no log to print: add it or leave the annex out.',
    );
  }
  const days = presenceDays(presence);
  const text = (key: string) => writer.line(`annex.presence.${key}`);
  return {
    head: presentAnnex(model, writer, annex, { place: presence.place[writer.lang] }),
    totals: presentTotals(presence, writer),
    chart: {
      heading: text('chart'),
      alt: text('chartAlt'),
      parts: presentCharts(days, writer),
      legend: {
        present: text('legendPresent'),
        absent: text('legendAbsent'),
        unreviewed: text('legendUnreviewed'),
      },
    },
    log: {
      heading: text('log'),
      columns: {
        day: text('day'),
        spans: text('spans'),
        seen: text('seen'),
        length: text('length'),
        kind: text('kind'),
      },
      days: days.flatMap(({ date }) => presentDay(presence, date, writer)),
    },
    caution: writer.paragraph('annex.presence.caution'),
  };
}

function presentTotals(presence: Presence, writer: Writer): PresenceView['totals'] {
  const figures = presenceFigures(presence);
  const total = (key: string, value: string) => ({
    label: writer.line(`annex.presence.${key}`),
    value,
  });
  return [
    total('recorded', writer.number(figures.recordedDays)),
    total('reviewed', writer.number(figures.reviewedDays)),
    total('present', writer.number(figures.presentDays)),
    total('unreviewed', writer.number(figures.recordedDays - figures.reviewedDays)),
    total('reviewedTime', duration(writer, figures.reviewedS)),
    ...(figures.intervals === 0
      ? []
      : [
          total('presentTime', duration(writer, figures.presentS)),
          total('longest', duration(writer, figures.longestS)),
        ]),
  ];
}

function presentCharts(days: readonly PresenceDay[], writer: Writer): CaptionedChart[] {
  const day = (date: string) => shortDate(date, writer.lang);
  const drawings = layOutDays(days, day);
  return drawings.map((drawing) => ({
    drawing,
    caption:
      drawings.length === 1
        ? null
        : writer.line('annex.presence.chartPart', {
            from: day(drawing.firstDay),
            to: day(drawing.lastDay),
          }),
  }));
}

function presentDay(presence: Presence, date: string, writer: Writer): LoggedDay[] {
  const seen = inOrder(presence.intervals, date).map((one) => ({
    time: `${one.from}–${one.to}`,
    length: duration(writer, secondsOfDay(one.to) - secondsOfDay(one.from)),
    kind: writer.own(one.kindLabel),
  }));
  const day = shortDate(date, writer.lang);
  const spans = inOrder(presence.reviewed, date).map((span) => `${span.from}–${span.to}`);
  if (seen.length === 0) {
    const nothing = { time: writer.line('annex.presence.none'), length: '—', kind: '—' };
    return [{ day, spans, seen: [nothing] }];
  }
  const parts = Math.ceil(seen.length / MOST_ROWS_TOGETHER);
  return Array.from({ length: parts }, (_, part) => ({
    day,
    spans,
    seen: seen.slice(part * MOST_ROWS_TOGETHER, (part + 1) * MOST_ROWS_TOGETHER),
  }));
}

function inOrder<Span extends { date: string; from: string }>(
  spans: readonly Span[],
  date: string,
): Span[] {
  return spans
    .filter((span) => span.date === date)
    .sort((a, b) => secondsOfDay(a.from) - secondsOfDay(b.from));
}
