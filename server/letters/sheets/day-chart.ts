import type { DaySpan, PresenceDay } from '../presence-days.ts';

// A picture in tenths of a millimetre: one row a day, time from left to right.

const LABEL_WIDTH = 230;
const PLOT_WIDTH = 1350;
const ROW_HEIGHT = 52;
const BAR_HEIGHT = 40;
const AXIS_HEIGHT = 60;
/** Rows that fit under the totals of a log on its first page, and on a page of their own. */
const FIRST_ROWS = 22;
const MOST_ROWS = 38;

/** A rectangle of a chart. */
export interface BarView {
  readonly x: number;
  readonly width: number;
}

/** One day. What lies under neither kind of bar shows the hatching of "not reviewed". */
export interface DayRowView {
  readonly label: string;
  readonly y: number;
  readonly labelY: number;
  readonly reviewed: readonly BarView[];
  readonly present: readonly BarView[];
}

/** A chart of as many days as fit on a page, ready to be drawn without any computing. */
export interface DayChartView {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly plotWidth: number;
  readonly barHeight: number;
  /** The hatching of one row, as a path from its upper left corner. */
  readonly hatch: string;
  readonly ticks: readonly {
    readonly x: number;
    readonly label: string;
    readonly top: number;
    readonly bottom: number;
    readonly textY: number;
  }[];
  readonly rows: readonly DayRowView[];
  readonly firstDay: string;
  readonly lastDay: string;
}

/**
 * Lays out presence by day. Reviewed time is a white field, presence a solid bar on it, and all the
 * rest keeps the hatching of the background: the three states cannot be merged by a rounding.
 *
 * @param label - how a date is written at its row.
 */
export function layOutDays(
  days: readonly PresenceDay[],
  label: (date: string) => string,
): DayChartView[] {
  const step = tickStep(days);
  const { fromS, toS } = windowOf(days, step);
  const scale = (second: number) => tenth(((second - fromS) / (toS - fromS)) * PLOT_WIDTH);
  const bar = (span: DaySpan): BarView => {
    const x = scale(span.fromS);
    // Something seen is never too short to be seen on the chart.
    return { x: tenth(LABEL_WIDTH + x), width: Math.max(tenth(scale(span.toS) - x), 3) };
  };
  const charts: DayChartView[] = [];
  for (let start = 0; start < days.length; start += charts.length === 1 ? FIRST_ROWS : MOST_ROWS) {
    const part = days.slice(start, start + (start === 0 ? FIRST_ROWS : MOST_ROWS));
    const bottom = part.length * ROW_HEIGHT;
    charts.push({
      width: LABEL_WIDTH + PLOT_WIDTH + 50,
      height: bottom + AXIS_HEIGHT,
      left: LABEL_WIDTH,
      plotWidth: PLOT_WIDTH,
      barHeight: BAR_HEIGHT,
      hatch: hatching(PLOT_WIDTH, BAR_HEIGHT),
      ticks: ticks(fromS, toS, step).map((second) => ({
        x: tenth(LABEL_WIDTH + scale(second)),
        label: clock(second),
        top: 0,
        bottom: bottom + 8,
        textY: bottom + 44,
      })),
      rows: part.map((day, i) => ({
        label: label(day.date),
        y: i * ROW_HEIGHT + (ROW_HEIGHT - BAR_HEIGHT) / 2,
        labelY: i * ROW_HEIGHT + 38,
        reviewed: day.reviewed.map(bar),
        present: day.present.map(bar),
      })),
      firstDay: part[0]!.date,
      lastDay: part.at(-1)!.date,
    });
  }
  return charts;
}

/** Between two lines of hatching. */
const HATCH_STEP = 14;

/**
 * Diagonal lines that fill a rectangle, as SVG path data. Lines and not a pattern: Chromium prints a
 * pattern as a bitmap for every shape, which makes the log twenty times as large.
 */
function hatching(width: number, height: number): string {
  const count = Math.ceil((width + height) / HATCH_STEP);
  return Array.from({ length: count }, (_, i) => {
    const start = i * HATCH_STEP + HATCH_STEP / 2;
    const [x1, x2] = [Math.max(0, start - height), Math.min(start, width)];
    return x1 >= x2 ? '' : `M${x1} ${start - x1}L${x2} ${start - x2}`;
  }).join('');
}

const STEPS_S = [60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 14_400];

/** The finest step that leaves at most eight ticks over all that was reviewed. */
function tickStep(days: readonly PresenceDay[]): number {
  const { fromS, toS } = windowOf(days, 60);
  return STEPS_S.find((step) => (toS - fromS) / step <= 8) ?? 14_400;
}

function windowOf(days: readonly PresenceDay[], step: number): DaySpan {
  const spans = days.flatMap((day) => [...day.reviewed, ...day.present]);
  const first = Math.min(...spans.map((span) => span.fromS));
  const last = Math.max(...spans.map((span) => span.toS));
  return { fromS: Math.floor(first / step) * step, toS: Math.ceil(last / step) * step };
}

function ticks(fromS: number, toS: number, step: number): number[] {
  return Array.from({ length: Math.round((toS - fromS) / step) + 1 }, (_, i) => fromS + i * step);
}

function clock(second: number): string {
  const minutes = Math.floor(second / 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
