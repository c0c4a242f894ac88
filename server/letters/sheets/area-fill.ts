import { line } from 'd3-shape';

// Lines and dots inside an outline, as SVG path data. No pattern, which Chromium prints as a bitmap, and
// no grey, which a copier loses.

/** A ring of corners that closes by itself. */
export type Ring = readonly (readonly [number, number])[];

/** How an area is filled: so far apart are its lines, rising, falling or both. */
export interface Hatching {
  readonly step: number;
  readonly directions: ReadonlyArray<'rising' | 'falling'>;
}

/** Diagonal lines inside rings, what two rings cover being outside. */
export function hatchArea(rings: readonly Ring[], { step, directions }: Hatching): string {
  return directions.map((direction) => diagonals(rings, step, direction)).join('');
}

/** Dots inside rings, drawn as lines without a length: they need round ends and some width. */
export function dotArea(rings: readonly Ring[], step: number): string {
  const across = rings.map((ring) => ring.map(([x, y]): [number, number] => [y, x]));
  return levels(across, step)
    .flatMap(({ at: y, spans }, row) =>
      spans.flatMap(([from, to]) => {
        const shift = row % 2 === 0 ? 0 : step / 2;
        const first = Math.ceil((from - shift) / step);
        const last = Math.floor((to - shift) / step);
        return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
          return `M${tenth((first + i) * step + shift)},${tenth(y)}h0`;
        });
      }),
    )
    .join('');
}

/** Lines on which x + y (rising) or x − y (falling) is the same. */
function diagonals(rings: readonly Ring[], step: number, direction: 'rising' | 'falling'): string {
  const sign = direction === 'rising' ? 1 : -1;
  const segment = line().digits(1);
  // Along such a line the first coordinate is its place, and the second goes along it.
  const turned = rings.map((ring) => ring.map(([x, y]): [number, number] => [x + sign * y, x]));
  return levels(turned, step)
    .flatMap(({ at, spans }) =>
      spans.map(([from, to]) => {
        const ends = [from, to].map((x): [number, number] => [x, sign * (at - x)]);
        return segment(ends) ?? '';
      }),
    )
    .join('');
}

/** Where lines of one first coordinate, a step apart, are inside rings. */
function levels(rings: readonly Ring[], step: number) {
  const firsts = rings.flat().map(([first]) => first);
  const [from, to] = [Math.min(...firsts), Math.max(...firsts)];
  const begin = Math.ceil(from / step);
  const count = Math.max(0, Math.floor(to / step) - begin + 1);
  return Array.from({ length: count }, (_, i) => {
    const at = (begin + i) * step;
    const crossings = rings.flatMap((ring) => crossingsOf(ring, at)).sort((a, b) => a - b);
    const spans: [number, number][] = [];
    for (let c = 0; c + 1 < crossings.length; c += 2) {
      spans.push([crossings[c]!, crossings[c + 1]!]);
    }
    // A level may touch a corner only.
    return { at, spans: spans.filter(([begins, ends]) => ends > begins) };
  });
}

/** The second coordinates at which a ring crosses a level; a corner on it belongs to one side only. */
function crossingsOf(ring: Ring, at: number): number[] {
  return ring.flatMap(([first, second], i) => {
    const [nextFirst, nextSecond] = ring[(i + 1) % ring.length]!;
    if (first < at === nextFirst < at) return [];
    return [second + ((at - first) / (nextFirst - first)) * (nextSecond - second)];
  });
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
