import type { Language, Localized } from '../writing/language.ts';
import type { Messages } from '../writing/message-catalog.ts';
import { dotArea, type Hatching, hatchArea, type Ring } from './area-fill.ts';
import outlines from './oblast-outlines.json' with { type: 'json' };

// A map in tenths of a millimetre: published counts of oblasts and cities in outlines that come with
// Dalil. It is drawn from a published table and nothing else.

const WIDTH = 1630;
const TOP = 66;
/** The map's most western and most northern point, in hundredths of a degree. */
const [WEST, NORTH] = [6923, 4330];
/** Tenths of a millimetre for a hundredth of a degree of latitude, and of longitude at 41.3°. */
const PER_LATITUDE = 1.93;
const PER_LONGITUDE = PER_LATITUDE * 0.7513;
const MAP_HEIGHT = 880;
const LINE_HEIGHT = 32;
/** Noto Serif is hardly ever wider at this size. */
const CHARACTER_WIDTH = 15;
const CITY_RADIUS = 24;
const CITY_CORNERS = 32;
const LEGEND = { x: 1170, y: 570, boxWidth: 74, boxHeight: 34, rowHeight: 50, lineLength: 24 };
const NOTE_LENGTH = 100;
const DOT_STEP = 26;
/** From few to many, each darker than the one before, by lines alone. */
const HATCHINGS: readonly Hatching[] = [
  { step: 36, directions: ['rising'] },
  { step: 18, directions: ['rising'] },
  { step: 22, directions: ['rising', 'falling'] },
  { step: 11, directions: ['rising', 'falling'] },
];

/** One outline with what fills it, ready to be drawn. */
export interface FilledArea {
  readonly outline: string;
  /** Lines of an area that has a count; empty for one that has none. */
  readonly hatch: string;
  /** Dots of an area without a count of its own; empty for one that has it. */
  readonly dots: string;
}

/** A line of text at its place. */
export interface PlacedText {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly text: string;
}

/** A map of one table. */
export interface MapView {
  readonly width: number;
  readonly height: number;
  readonly alt: string;
  /** Oblasts, and the boxes of the legend. */
  readonly areas: readonly FilledArea[];
  /** They lie on oblasts, with a white rim between. */
  readonly cities: ReadonlyArray<FilledArea & { readonly rim: string }>;
  /** From a city to its name. */
  readonly leaders: readonly { readonly d: string }[];
  /** White ground under names, so that no line crosses them. */
  readonly plates: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
  readonly texts: readonly PlacedText[];
}

/** What a map is drawn from: the rows of a published table by oblast. */
export interface MappedRows {
  readonly title: Localized;
  readonly rows: ReadonlyArray<{ readonly code?: string | undefined; readonly count: number }>;
}

/** The code of the row under which small counts stand together. */
const FOLDED = 'other';
const PLACES = [...outlines.areas, ...outlines.cities];

/**
 * Lays out the counts of a table by oblast on a map of Kyrgyzstan. Each count stands in its area, which
 * is hatched the denser the larger it is; where the table has no row an area is dotted, never empty, for
 * nobody is told whether there is none or too few. The same rows give the same bytes.
 *
 * @param table - a table that passed disclosure control, its rows by codes of the list `oblast`.
 * @returns null where a row has no outline, or no row has: then bars tell it all, and a map would not.
 */
export function layOutMap(
  { title, rows }: MappedRows,
  { lang, messages }: { lang: Language; messages: Messages },
): MapView | null {
  const own = rows.filter(({ code }) => code !== FOLDED);
  const counts = new Map(own.map(({ code, count }) => [code, count]));
  const known = own.every(({ code }) => PLACES.some((place) => place.code === code));
  if (own.length === 0 || counts.size < own.length || !known) return null;
  const number = (value: number) => new Intl.NumberFormat(lang).format(value);
  const classes = classesOf([...counts.values()]);
  const fill = (rings: readonly Ring[], count: number | undefined): FilledArea => ({
    outline: rings.map(outlineOf).join(''),
    hatch: count === undefined ? '' : hatchArea(rings, classes.find((one) => one.has(count))!.fill),
    dots: count === undefined ? dotArea(rings, DOT_STEP) : '',
  });
  const say = (key: string, values?: Record<string, string>) =>
    messages(`annex.statistics.map.${key}`, values);

  const boxes = [
    ...classes.map(({ from, to, fill: hatching }) => ({
      hatching,
      lines: [from === to ? number(from) : say('from', { from: number(from), to: number(to) })],
    })),
    ...(PLACES.every(({ code }) => counts.has(code))
      ? []
      : [{ hatching: null, lines: wrapped(say('few'), LEGEND.lineLength) }]),
  ];
  const legend = layOutLegend(boxes);
  const together = rows.find(({ code }) => code === FOLDED);
  const notes = [
    ...(together === undefined ? [] : [say('together', { count: number(together.count) })]),
    say('note'),
  ].flatMap((note) => wrapped(note, NOTE_LENGTH));
  const names = PLACES.map((place) => {
    const count = counts.get(place.code);
    const lines = [place.name[lang], ...(count === undefined ? [] : [number(count)])];
    return 'at' in place ? cityName(place, lines) : areaName(place.label, lines);
  });
  return {
    width: WIDTH,
    height: MAP_HEIGHT + notes.length * LINE_HEIGHT + 12,
    alt: say('alt', { title: title[lang] }),
    areas: [
      ...outlines.areas.map(({ code, rings }) => fill(rings.map(placed), counts.get(code))),
      ...legend.areas,
    ],
    cities: outlines.cities.map(({ code, at }) => ({
      ...fill([circle(point(at), CITY_RADIUS)], counts.get(code)),
      rim: outlineOf(circle(point(at), CITY_RADIUS + 7)),
    })),
    leaders: outlines.cities.map((city) => ({ d: leader(city) })),
    plates: names.map(({ plate }) => plate),
    texts: [
      ...names.flatMap(({ texts }) => texts),
      { x: LEGEND.x, y: LEGEND.y - 18, anchor: 'start', text: say('cases') },
      ...legend.texts,
      ...notes.map((text, i): PlacedText => {
        return { x: 0, y: MAP_HEIGHT + (i + 1) * LINE_HEIGHT, anchor: 'start', text };
      }),
    ],
  };
}

/**
 * Classes of equal width from 0, without those that no count is in. Words name the least and the most of
 * what is there: one that says 0 would look as if some area had none.
 */
function classesOf(counts: readonly number[]) {
  const width = (Math.max(...counts) + 1) / HATCHINGS.length;
  return HATCHINGS.map((fill, i) => {
    const has = (count: number) => Math.floor(count / width) === i;
    const inside = counts.filter(has);
    return { from: Math.min(...inside), to: Math.max(...inside), has, fill };
  }).filter(({ from }) => Number.isFinite(from));
}

function layOutLegend(
  boxes: ReadonlyArray<{ hatching: Hatching | null; lines: readonly string[] }>,
): { areas: FilledArea[]; texts: PlacedText[] } {
  const { x, boxWidth: width, boxHeight: height } = LEGEND;
  const areas: FilledArea[] = [];
  const texts: PlacedText[] = [];
  boxes.forEach(({ hatching, lines }, row) => {
    const y = LEGEND.y + row * LEGEND.rowHeight;
    const ring: Ring = [
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
    ];
    areas.push({
      outline: outlineOf(ring),
      hatch: hatching === null ? '' : hatchArea([ring], hatching),
      dots: hatching === null ? dotArea([ring], DOT_STEP) : '',
    });
    lines.forEach((text, i) => {
      texts.push({ x: x + width + 16, y: y + 26 + i * LINE_HEIGHT, anchor: 'start', text });
    });
  });
  return { areas, texts };
}

/** A name and its number in the middle of an area. */
function areaName(at: readonly number[], lines: readonly string[]) {
  const [x, y] = point(at);
  return named({ x, y, anchor: 'middle', lines });
}

/** A city's name and number in one line beside it. */
function cityName(city: (typeof outlines.cities)[number], lines: readonly string[]) {
  const [x, y] = point(city.label);
  const anchor = city.side === 'end' ? 'end' : 'start';
  return named({ x, y, anchor, lines: [lines.join(': ')] });
}

function named(given: {
  x: number;
  y: number;
  anchor: PlacedText['anchor'];
  lines: readonly string[];
}) {
  const { x, y, anchor, lines } = given;
  const width = tenth(Math.max(...lines.map((text) => text.length)) * CHARACTER_WIDTH + 12);
  const left = { start: x - 6, middle: x - width / 2, end: x - width + 6 }[anchor];
  return {
    plate: { x: tenth(left), y: tenth(y - 28), width, height: lines.length * LINE_HEIGHT + 6 },
    texts: lines.map((text, i): PlacedText => ({ x, y: tenth(y + i * LINE_HEIGHT), anchor, text })),
  };
}

function leader({ at, label }: (typeof outlines.cities)[number]): string {
  const [[fromX, fromY], [toX, toY]] = [point(at), point(label)];
  return `M${fromX},${fromY}L${toX},${tenth(toY - 8)}`;
}

/** Corners of a circle: few enough to be hatched as any area. */
function circle([x, y]: readonly [number, number], radius: number): Ring {
  return Array.from({ length: CITY_CORNERS }, (_, i): [number, number] => {
    const angle = (2 * Math.PI * i) / CITY_CORNERS;
    return [tenth(x + radius * Math.cos(angle)), tenth(y + radius * Math.sin(angle))];
  });
}

function outlineOf(ring: Ring): string {
  return `M${ring.map(([x, y]) => `${x},${y}`).join('L')}Z`;
}

function placed(ring: readonly number[]): Ring {
  return Array.from({ length: ring.length / 2 }, (_, i) => point(ring.slice(2 * i, 2 * i + 2)));
}

function point([longitude, latitude]: readonly number[]): [number, number] {
  return [
    tenth((longitude! - WEST) * PER_LONGITUDE + 8),
    tenth((NORTH - latitude!) * PER_LATITUDE + TOP),
  ];
}

function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
