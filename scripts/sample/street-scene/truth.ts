import { FRAME } from './camera.ts';
import type { Rgb } from './canvas.ts';

/** [x, y, width, height] in pixels. */
export type TruthBox = readonly [x: number, y: number, width: number, height: number];
/** Tiles [from, to) of one row of the grid. */
export type TileRun = readonly [row: number, from: number, to: number];

/** Somebody or something in one frame. */
export interface TruthSighting {
  /** Index into `actors`. */
  readonly actor: number;
  /** Everything of it, hidden or not, inside the frame. */
  readonly box: TruthBox;
  /** Pixels that nothing hides. */
  readonly visiblePx: number;
  /** Tiles with such pixels. */
  readonly tiles: readonly TileRun[];
  /** Number plates turned to the camera; cars only. */
  readonly plates?: readonly TruthBox[];
}

/** What really is in the clip: the oracle that redaction is judged by. */
export interface StreetTruth {
  readonly version: 1;
  readonly sample: true;
  readonly seed: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly tilePx: number;
  readonly framesPerSecond: number;
  readonly frameCount: number;
  /** What the recorder's clock shows in the first frame, local time. */
  readonly startsAt: string;
  readonly actors: ReadonlyArray<{
    readonly name: string;
    readonly kind: 'person' | 'police-car' | 'civilian-car';
    /** Colours before shading, noise and coding, full-range RGB; each person has their own. */
    readonly colours: Readonly<Record<string, Rgb>>;
  }>;
  /** The police car while it stands: frames half-open, boxes in pixels. */
  readonly policeStay: {
    readonly actor: number;
    readonly frames: readonly [from: number, to: number];
    readonly box: TruthBox;
    readonly windows: readonly TruthBox[];
    readonly plates: readonly TruthBox[];
  };
  /** The person who stands still: frames half-open. */
  readonly wait: {
    readonly actor: number;
    readonly frames: readonly [from: number, to: number];
  };
  /** What the recorder writes into the picture: its name and clock. */
  readonly captionBox: TruthBox;
  /** The mark that this is a sample. */
  readonly markBox: TruthBox;
  /** Whoever is in each frame, from the back to the front: later ones hide earlier ones. */
  readonly frames: ReadonlyArray<readonly TruthSighting[]>;
}

/** Side of a tile of the redaction grid. */
export const TRUTH_TILE_PX = 16;

/** The smallest box around points, inside the frame, outward to whole pixels; null outside it. */
export function boxAround(points: ReadonlyArray<readonly [x: number, y: number]>): TruthBox | null {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    x0 = Math.min(x0, x);
    y0 = Math.min(y0, y);
    x1 = Math.max(x1, x);
    y1 = Math.max(y1, y);
  }
  x0 = Math.max(0, Math.floor(x0));
  y0 = Math.max(0, Math.floor(y0));
  x1 = Math.min(FRAME.width, Math.ceil(x1));
  y1 = Math.min(FRAME.height, Math.ceil(y1));
  return x1 > x0 && y1 > y0 ? [x0, y0, x1 - x0, y1 - y0] : null;
}

/** Counts an owner's pixels inside a box, and the tiles they lie in. */
export function ownedTiles(
  owners: Uint8Array,
  owner: number,
  box: TruthBox,
): { visiblePx: number; tiles: TileRun[] } {
  const tilesX = Math.ceil(FRAME.width / TRUTH_TILE_PX);
  const found = new Set<number>();
  let visiblePx = 0;
  for (let y = box[1]; y < box[1] + box[3]; y++) {
    const row = Math.floor(y / TRUTH_TILE_PX) * tilesX;
    for (let x = box[0]; x < box[0] + box[2]; x++) {
      if (owners[y * FRAME.width + x] !== owner) continue;
      visiblePx++;
      found.add(row + Math.floor(x / TRUTH_TILE_PX));
    }
  }
  const tiles: Array<[number, number, number]> = [];
  for (const tile of [...found].sort((a, b) => a - b)) {
    const [row, column] = [Math.floor(tile / tilesX), tile % tilesX];
    const last = tiles.at(-1);
    if (last !== undefined && last[0] === row && last[2] === column) last[2]++;
    else tiles.push([row, column, column + 1]);
  }
  return { visiblePx, tiles };
}
