import type { FootageAnalysis } from '../analysis/analysis.ts';
import type { FrameBoxes } from '../analysis/frame-boxes.ts';
import { type Box, sharedArea } from '../box.ts';
import type { FrameGrid } from '../frame-grid.ts';
import { COVERED, emptyTileMap, setMostly, setTouched, type TileMap } from '../tile-map.ts';
import { interpolateBox } from './interpolate-box.ts';
import type { KeptObject } from './kept-objects.ts';
import type { CheckedPlan } from './read-plan.ts';

// A moving vehicle's own foreground lies within its box but for the odd shadow, and is most of it;
// what is smaller is somebody in front of it.
const OWN_SHARE = 0.7;
const OWN_PART = 0.4;

/**
 * The covered tiles of a frame.
 *
 * @param map - to be written over and given back; a new one when absent.
 */
export type CoverTiles = (frame: number, map?: TileMap) => TileMap;

/**
 * The rule of covering: for each frame, which tiles. `cover` beats `keep`, `keep` beats motion.
 *
 * In `moving`, all foreground of the frame and of the frames held before and after, each component's
 * whole padded box, and what is carried through a switch of light; while nobody approved the empty
 * scene, doubtful places too. In `all`, everything
 * but what is kept, and of that, whatever foreground is in front of it. In `marked`, `cover` alone.
 *
 * @param foreground - found with the kept objects' pictures known, so that they are none of it.
 */
export function createTileCover(options: {
  grid: FrameGrid;
  checked: CheckedPlan;
  analysis: FootageAnalysis;
  foreground: FrameBoxes;
  kept: readonly KeptObject[];
}): CoverTiles {
  const { grid, checked, analysis, foreground, kept } = options;
  const { plan, emptySceneApproved } = checked;
  const { before, after } = plan.holdFrames;

  // The same in every frame of a clip.
  const always = emptyTileMap(grid);
  if (plan.mode === 'all') always.fill(COVERED);
  if (plan.mode === 'moving' && !emptySceneApproved) {
    for (const place of analysis.doubtfulPlaces) setTouched(always, grid, place);
  }

  // Written over for each box: there are millions of them in hours of footage.
  const current: [number, number, number, number] = [0, 0, 0, 0];

  return (frame, map = emptyTileMap(grid)) => {
    map.set(always);
    if (plan.mode !== 'marked') {
      if (plan.mode === 'moving') coverCarried(map, frame);
      show(map, frame);
      coverForeground(map, frame);
      for (const object of kept) {
        const { exact, guessed } = object.detailsAt(frame);
        for (const box of exact) setTouched(map, grid, box);
        for (const box of guessed) setMostly(map, grid, box);
      }
    }
    for (const rule of plan.cover) {
      if (frame < rule.from || frame >= rule.to) continue;
      setTouched(map, grid, interpolateBox(rule.keyframes, frame));
    }
    return map;
  };

  function coverCarried(map: TileMap, frame: number): void {
    for (const { box, frames } of analysis.carriedPlaces) {
      if (frame >= frames[0] && frame < frames[1]) setTouched(map, grid, box, plan.marginPx);
    }
  }

  function show(map: TileMap, frame: number): void {
    for (const object of kept) {
      const box = object.shownAt(frame);
      if (box !== null) setMostly(map, grid, box, 0);
    }
  }

  /** Covers the foreground of this frame, and of those that are held into it. */
  function coverForeground(map: TileMap, frame: number): void {
    const released = kept.filter((object) => object.releasedAt(frame));
    const { starts, packed } = foreground;
    const first = Math.max(0, frame - after);
    const last = Math.min(starts.length - 2, frame + before);
    for (let other = first; other <= last; other++) {
      for (let at = 4 * starts[other]!; at < 4 * starts[other + 1]!; at += 4) {
        for (let side = 0; side < 4; side++) current[side] = packed[at + side]!;
        if (released.some((object) => isOwn(object.placeAt(other), current))) continue;
        setTouched(map, grid, current, plan.marginPx);
      }
    }
  }
}

/** Tells whether foreground is the released vehicle itself. */
function isOwn(place: Box | null, box: Box): boolean {
  if (place === null) return false;
  const shared = sharedArea(place, box);
  return shared >= OWN_SHARE * box[2] * box[3] && shared >= OWN_PART * place[2] * place[3];
}
