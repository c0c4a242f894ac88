import { scaleBand, scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';

// A picture in tenths of a millimetre: one bar a row, as long as its count.

const WIDTH = 1630;
const LABEL_WIDTH = 640;
const VALUE_WIDTH = 130;
const LINE_HEIGHT = 30;
const ROW_PADDING = 16;
const LONGEST_LINE = 42;
/** Of a label that is longer the table beside the chart has the rest. */
const MOST_LINES = 3;
const AXIS_HEIGHT = 44;
const HATCH_STEP = 14;

/** One bar, ready to be drawn without any computing. */
export interface BarRowView {
  readonly lines: readonly { readonly text: string; readonly y: number }[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Lines that fill it; a row of what is counted together is hatched the other way. */
  readonly hatch: string;
  readonly value: string;
  readonly valueX: number;
  readonly valueY: number;
}

/** A chart of one table. */
export interface BarChartView {
  readonly width: number;
  readonly height: number;
  readonly alt: string;
  readonly ticks: readonly {
    readonly x: number;
    readonly bottom: number;
    readonly textY: number;
    readonly label: string;
  }[];
  readonly rows: readonly BarRowView[];
}

/**
 * Lays out a bar chart whose scale begins at 0. Bars are hatched with lines, so that it reads in black
 * and white; nothing is told by colour. The same rows give the same bytes.
 *
 * @param alt - what the chart shows, for those who do not see it.
 * @param number - how a number is written.
 */
export function layOutBars(given: {
  rows: readonly { readonly label: string; readonly count: number; readonly folded: boolean }[];
  alt: string;
  number: (value: number) => string;
}): BarChartView {
  const { rows, alt, number } = given;
  const labels = rows.map(({ label }) => wrapped(label));
  const most = Math.max(...labels.map((lines) => lines.length));
  const rowHeight = most * LINE_HEIGHT + ROW_PADDING;
  const bottom = rows.length * rowHeight;
  const places = rows.map((_, i) => String(i));
  const band = scaleBand(places, [0, bottom]).paddingInner(0.25).paddingOuter(0.12);
  const length = scaleLinear(
    [0, Math.max(1, ...rows.map(({ count }) => count))],
    [0, WIDTH - LABEL_WIDTH - VALUE_WIDTH],
  ).nice(5);
  const height = tenth(band.bandwidth());
  return {
    width: WIDTH,
    height: bottom + AXIS_HEIGHT,
    alt,
    ticks: length
      .ticks(5)
      .filter(Number.isInteger)
      .map((value) => ({
        x: tenth(LABEL_WIDTH + length(value)),
        bottom: bottom + 6,
        textY: bottom + 38,
        label: number(value),
      })),
    rows: rows.map(({ count, folded }, i) => {
      const y = tenth(band(String(i))!);
      const width = tenth(length(count));
      const middle = y + height / 2;
      const lines = labels[i]!;
      return {
        lines: lines.map((text, at) => ({
          text,
          y: tenth(middle + (at - (lines.length - 1) / 2) * LINE_HEIGHT + 9),
        })),
        x: LABEL_WIDTH,
        y,
        width,
        height,
        hatch: hatching(width, height, folded),
        value: number(count),
        valueX: tenth(LABEL_WIDTH + width + 12),
        valueY: tenth(middle + 9),
      };
    }),
  };
}

/**
 * Diagonal lines in a rectangle, rising or falling, as SVG path data. Lines and no pattern: Chromium
 * prints a pattern as a bitmap.
 */
function hatching(width: number, height: number, falling: boolean): string {
  const segment = line().digits(1);
  const count = Math.ceil((width + height) / HATCH_STEP);
  return Array.from({ length: count }, (_, i) => {
    const start = i * HATCH_STEP + HATCH_STEP / 2;
    const [left, right] = [Math.max(0, start - height), Math.min(start, width)];
    if (left >= right) return '';
    const ends = [left, right].map((x): [number, number] => {
      const y = start - x;
      return [x, falling ? height - y : y];
    });
    return segment(ends) ?? '';
  }).join('');
}

/** A label in few lines of bounded length, broken between words where they are short enough. */
function wrapped(label: string): string[] {
  const lines: string[] = [];
  for (const word of label.split(' ').flatMap(cut)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= LONGEST_LINE) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  if (lines.length <= MOST_LINES) return lines;
  const [last = ''] = lines.slice(MOST_LINES - 1);
  return [...lines.slice(0, MOST_LINES - 1), `${last.slice(0, LONGEST_LINE - 1)}…`];
}

/** A word in pieces of at most a line. */
function cut(word: string): string[] {
  const characters = [...word];
  if (characters.length <= LONGEST_LINE) return [word];
  return Array.from({ length: Math.ceil(characters.length / LONGEST_LINE) }, (_, i) =>
    characters.slice(i * LONGEST_LINE, (i + 1) * LONGEST_LINE).join(''),
  );
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
