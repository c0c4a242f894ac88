import { type FrameGrid, TILE_PX } from '../frame-grid.ts';
import type { CopyFrame } from '../ports.ts';
import { COVERED, type TileMap } from '../tile-map.ts';
import { RENDERING } from './rendering-settings.ts';

// How far a covered pixel may be from black after coding.
//
// A tile is one macroblock. What the coder writes for it is predicted from covered pictures only,
// because the covering happens before the coding: whatever remains is rounding, not the person.
//
// Inside, a tile is even, so all that is left of a wrong prediction lies in the lowest coefficient of a
// block of 4 × 4. Its step is 0.625 at quantiser 0 and doubles every six (H.264, 8.5.9); what is less than
// two thirds of a step is rounded away; a coefficient of one step is a quarter of that in each pixel.
// Chroma is quantised no coarser. Beside shown tiles the loop filter (8.7) mixes up to three pixels of
// luma and one of chroma across the edge, but only where these differ by less than 50 levels at this
// quantiser (table 8-16). What it leaves is less than that: one step in luma, three fifths in chroma.
const EDGE_LUMA_PX = 4;
const EDGE_CHROMA_PX = 2;
const STEP = 0.625 * 2 ** (RENDERING.maxQuantiser / 6);
const INSIDE = Math.floor(((2 / 3) * STEP) / 4);
const TOLERANCE = {
  luma: INSIDE,
  chroma: INSIDE,
  edgeLuma: Math.round(STEP),
  edgeChroma: Math.round(0.6 * STEP),
};
const EIGHT = Float64Array.BYTES_PER_ELEMENT;
const BLACK = { luma: inEight(16), chroma: inEight(128) };

/** How far the covered pixels of one frame are from black, in levels. */
export interface CoveredPixels {
  readonly tiles: number;
  /** Tiles with a pixel out of tolerance. */
  readonly faultyTiles: number;
  readonly worstInside: number;
  readonly worstAtEdge: number;
}

/** One plane of a frame, and what black is in it. */
interface Plane {
  readonly bytes: Uint8Array;
  /** The same bytes, eight at once; null where a row of a tile does not begin with a whole eight. */
  readonly eights: Float64Array | null;
  readonly width: number;
  readonly height: number;
  /** Side of a tile in this plane. */
  readonly side: number;
  readonly black: number;
  /** Eight bytes of black. */
  readonly blackEight: number;
  /** How far the loop filter reaches in from a shown tile. */
  readonly edge: number;
  readonly limit: number;
  readonly edgeLimit: number;
}

/** Looks at every pixel of every covered tile. */
export function checkCoveredPixels(
  frame: Pick<CopyFrame, 'y' | 'u' | 'v'>,
  map: TileMap,
  grid: FrameGrid,
): CoveredPixels {
  const { tilesX, tilesY } = grid;
  let tiles = 0;
  let faultyTiles = 0;
  let worstInside = 0;
  let worstAtEdge = 0;
  const planes = [lumaPlane(frame.y, grid), chromaPlane(frame.u, grid), chromaPlane(frame.v, grid)];
  for (let ty = 0; ty < tilesY; ty++) {
    for (let tx = 0; tx < tilesX; tx++) {
      if (map[ty * tilesX + tx] !== COVERED) continue;
      tiles++;
      let faulty = false;
      // An iterator for each tile would be 0.1 MB of a frame, and what lies about meanwhile grow old with it.
      for (let at = 0; at < planes.length; at++) {
        const plane = planes[at]!;
        // Nearly all tiles are black to the last pixel, and nothing is to be measured in them.
        if (isBlack(plane, tx, ty)) continue;
        const { inside, edge } = farthest(plane, tx, ty, openSides(map, tx, ty, tilesX, tilesY));
        if (inside > worstInside) worstInside = inside;
        if (edge > worstAtEdge) worstAtEdge = edge;
        if (inside > plane.limit || edge > plane.edgeLimit) faulty = true;
      }
      if (faulty) faultyTiles++;
    }
  }
  return { tiles, faultyTiles, worstInside, worstAtEdge };
}

function lumaPlane(bytes: Uint8Array, grid: FrameGrid): Plane {
  return {
    ...levels(bytes, grid.widthPx),
    ...BLACK.luma,
    height: grid.heightPx,
    side: TILE_PX,
    edge: EDGE_LUMA_PX,
    limit: TOLERANCE.luma,
    edgeLimit: TOLERANCE.edgeLuma,
  };
}

function chromaPlane(bytes: Uint8Array, grid: FrameGrid): Plane {
  return {
    ...levels(bytes, grid.widthPx / 2),
    ...BLACK.chroma,
    height: grid.heightPx / 2,
    side: TILE_PX / 2,
    edge: EDGE_CHROMA_PX,
    limit: TOLERANCE.chroma,
    edgeLimit: TOLERANCE.edgeChroma,
  };
}

function levels(bytes: Uint8Array, width: number) {
  const whole = bytes.byteOffset % EIGHT === 0 && width % EIGHT === 0;
  const { buffer, byteOffset, byteLength } = bytes;
  const eights = whole
    ? new Float64Array(buffer, byteOffset, Math.floor(byteLength / EIGHT))
    : null;
  return { bytes, eights, width };
}

/** A level, and eight bytes of it as one number. */
function inEight(black: number): Pick<Plane, 'black' | 'blackEight'> {
  // A number of which all bytes are the same is never zero or no number, so that equal means alike.
  const [blackEight] = new Float64Array(new Uint8Array(EIGHT).fill(black).buffer);
  return { black, blackEight: blackEight! };
}

/**
 * Whether a whole tile is exactly black, seen eight bytes at once. A tile is not asked where rows do
 * not begin with a whole eight, or where the frame's end cuts it off.
 */
function isBlack(plane: Plane, tx: number, ty: number): boolean {
  const { eights, width, height, side, blackEight } = plane;
  if (eights === null || (tx + 1) * side > width || (ty + 1) * side > height) return false;
  const stride = width >> 3;
  const across = side >> 3;
  const first = ty * side * stride + tx * across;
  const last = first + side * stride;
  for (let row = first; row < last; row += stride) {
    // Of luma a row of a tile is two eights, of chroma one: the first is the last.
    if (eights[row] !== blackEight || eights[row + across - 1] !== blackEight) return false;
  }
  return true;
}

/** How far the pixels of a tile are from black: those that no shown tile can reach, and the others. */
function farthest(
  plane: Plane,
  tx: number,
  ty: number,
  open: ReturnType<typeof openSides>,
): { inside: number; edge: number } {
  const { bytes, width, height, side, black } = plane;
  const x0 = tx * side;
  const y0 = ty * side;
  const x1 = Math.min(width, x0 + side);
  const y1 = Math.min(height, y0 + side);
  // The pixels that no shown tile can reach through the loop filter.
  const left = x0 + (open.left ? plane.edge : 0);
  const right = x1 - (open.right ? plane.edge : 0);
  const top = y0 + (open.top ? plane.edge : 0);
  const bottom = y1 - (open.bottom ? plane.edge : 0);
  let inside = 0;
  let edge = 0;
  for (let y = y0; y < y1; y++) {
    const row = y * width;
    const middle = y >= top && y < bottom;
    for (let x = x0; x < x1; x++) {
      const value = bytes[row + x]!;
      if (value === black) continue;
      const distance = value > black ? value - black : black - value;
      if (middle && x >= left && x < right) {
        if (distance > inside) inside = distance;
      } else if (distance > edge) edge = distance;
    }
  }
  return { inside, edge };
}

/** On which sides of a tile something is shown, at a corner counting for both of its sides. */
function openSides(map: TileMap, tx: number, ty: number, tilesX: number, tilesY: number) {
  const shown = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < tilesX && y < tilesY && map[y * tilesX + x] !== COVERED;
  const corner = {
    leftTop: shown(tx - 1, ty - 1),
    rightTop: shown(tx + 1, ty - 1),
    leftBottom: shown(tx - 1, ty + 1),
    rightBottom: shown(tx + 1, ty + 1),
  };
  return {
    left: shown(tx - 1, ty) || corner.leftTop || corner.leftBottom,
    right: shown(tx + 1, ty) || corner.rightTop || corner.rightBottom,
    top: shown(tx, ty - 1) || corner.leftTop || corner.rightTop,
    bottom: shown(tx, ty + 1) || corner.leftBottom || corner.rightBottom,
  };
}
