import { type FrameGrid, TILE_PX } from './frame-grid.ts';
import type { CopyFrame } from './ports.ts';
import { COVERED, type TileMap } from './tile-map.ts';

// How far a covered pixel may be from black after coding.
//
// A tile is one macroblock. What the coder writes for it is predicted from covered pictures only,
// because the covering happens before the coding: whatever remains is rounding, not the person. Its
// size follows from the coarsest quantiser allowed (RENDERING.maxQuantiser). Beside shown tiles the
// loop filter of H.264 (8.7) mixes up to three pixels of luma and one of chroma across the edge.
const EDGE_LUMA_PX = 4;
const EDGE_CHROMA_PX = 2;
const TOLERANCE = { luma: 6, chroma: 6, edgeLuma: 40, edgeChroma: 24 };
const BLACK = { y: 16, u: 128, v: 128 };

/** How far the covered pixels of one frame are from black, in levels. */
export interface CoveredPixels {
  readonly tiles: number;
  /** Tiles with a pixel out of tolerance. */
  readonly faultyTiles: number;
  readonly worstInside: number;
  readonly worstAtEdge: number;
}

/** Looks at every pixel of every covered tile. */
export function checkCoveredPixels(
  frame: Pick<CopyFrame, 'y' | 'u' | 'v'>,
  map: TileMap,
  grid: FrameGrid,
): CoveredPixels {
  const { widthPx, heightPx, tilesX, tilesY } = grid;
  let tiles = 0;
  let faultyTiles = 0;
  let worstInside = 0;
  let worstAtEdge = 0;
  const planes = [
    { bytes: frame.y, black: BLACK.y, divisor: 1, edge: EDGE_LUMA_PX, luma: true },
    { bytes: frame.u, black: BLACK.u, divisor: 2, edge: EDGE_CHROMA_PX, luma: false },
    { bytes: frame.v, black: BLACK.v, divisor: 2, edge: EDGE_CHROMA_PX, luma: false },
  ];
  for (let ty = 0; ty < tilesY; ty++) {
    for (let tx = 0; tx < tilesX; tx++) {
      if (map[ty * tilesX + tx] !== COVERED) continue;
      tiles++;
      const open = openSides(map, tx, ty, tilesX, tilesY);
      let faulty = false;
      for (const plane of planes) {
        const side = TILE_PX / plane.divisor;
        const width = widthPx / plane.divisor;
        const height = heightPx / plane.divisor;
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
            const value = plane.bytes[row + x]!;
            if (value === plane.black) continue;
            const distance = value > plane.black ? value - plane.black : plane.black - value;
            if (middle && x >= left && x < right) {
              if (distance > inside) inside = distance;
            } else if (distance > edge) edge = distance;
          }
        }
        if (inside > worstInside) worstInside = inside;
        if (edge > worstAtEdge) worstAtEdge = edge;
        const limit = plane.luma ? TOLERANCE.luma : TOLERANCE.chroma;
        const edgeLimit = plane.luma ? TOLERANCE.edgeLuma : TOLERANCE.edgeChroma;
        if (inside > limit || edge > edgeLimit) faulty = true;
      }
      if (faulty) faultyTiles++;
    }
  }
  return { tiles, faultyTiles, worstInside, worstAtEdge };
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
