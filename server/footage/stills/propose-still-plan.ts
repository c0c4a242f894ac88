import type { FootageAnalysis } from '../analysis/analysis.ts';
import { spreadChroma } from '../analysis/cell-planes.ts';
import { createForegroundDetector } from '../analysis/foreground.ts';
import { isSamePlace, otherCamera } from '../analysis/same-place.ts';
import { type Box, clip, grow } from '../box.ts';
import { cellCount, frameGrid } from '../frame-grid.ts';
import type { RedactionPlanInput } from '../plan/redaction-plan.ts';
import { cellsOfStill } from './still-cells.ts';
import { acceptStill } from './still-format.ts';
import type { StillPictures, StillPixels } from './still-pictures.ts';

/** Pixels around what differs, as in clips. */
const MARGIN_PX = 16;

/** Makes the use case. */
export function createProposeStillPlan(deps: { pictures: StillPictures }) {
  /**
   * Proposes what to cover in a still of a camera whose empty scene is known from a clip: everything
   * that is not in the scene, and the places where the scene may not be empty. A person must look at
   * it, for somebody may stand in the still exactly as in the scene: until then frame 0 is not
   * reviewed, and the plan cannot be used. Where no scene tells anything, all of the still is covered.
   *
   * @throws {StillError} when the still cannot be read; {FootageError} `OTHER_CAMERA` when it has
   *   another size than the clip and does not show the same place.
   */
  return async function proposeStillPlan(of: {
    bytes: Uint8Array;
    analysis: FootageAnalysis;
  }): Promise<RedactionPlanInput> {
    acceptStill(of.bytes);
    const pixels = await deps.pictures.decode(of.bytes);
    const boxes = foundIn(pixels, of.analysis);
    const shared = { version: 1 as const, reviewedFrames: [] };
    if (boxes === null) return { ...shared, mode: 'all', cover: [] };
    return {
      ...shared,
      mode: 'marked',
      cover: boxes.map((box, at) => ({
        id: `found-${at + 1}`,
        keyframes: [{ frame: 0, box: [...box] }],
        from: 0,
        to: 1,
      })),
    };
  };
}

/** What {@link createProposeStillPlan} makes. */
export type ProposeStillPlan = ReturnType<typeof createProposeStillPlan>;

/** Boxes of what is not in the empty scene, in the light that explains most; null when none does. */
function foundIn(pixels: StillPixels, analysis: FootageAnalysis): Box[] | null {
  const { widthPx, heightPx } = pixels;
  const grid = frameGrid(analysis.widthPx, analysis.heightPx);
  const scenes = [analysis, ...analysis.otherLights].map(({ emptyScene }) => emptyScene);
  const planes = new Uint8Array(3 * cellCount(grid));
  spreadChroma(cellsOfStill(pixels, grid), grid, planes);
  // Frames of clips have even sides.
  const isSize = (frame: number, still: number) => still === frame || still === frame - 1;
  const same = isSize(grid.widthPx, widthPx) && isSize(grid.heightPx, heightPx);
  if (!same && !scenes.some((scene) => isSamePlace(planes, scene, grid))) throw otherCamera();
  const told = scenes
    .map((emptyScene) =>
      createForegroundDetector({ grid, emptyScene, threshold: analysis.threshold }).detect(planes),
    )
    .filter(({ wholeFrame }) => !wholeFrame)
    .map(({ boxes }) => boxes)
    .sort((a, b) => areaOf(a) - areaOf(b));
  if (told.length === 0) return null;
  const scale = same ? [1, 1] : [widthPx / grid.widthPx, heightPx / grid.heightPx];
  const carried = analysis.carriedPlaces.map(({ box }) => box);
  return [...told[0]!, ...analysis.doubtfulPlaces, ...carried]
    .map((box) => clip(scaled(grow(box, MARGIN_PX), scale[0]!, scale[1]!), widthPx, heightPx))
    .filter((box) => box !== null);
}

/** A box in a picture of another size, rounded outward. */
function scaled([x, y, width, height]: Box, across: number, down: number): Box {
  const [x0, y0] = [Math.floor(x * across), Math.floor(y * down)];
  return [x0, y0, Math.ceil((x + width) * across) - x0, Math.ceil((y + height) * down) - y0];
}

function areaOf(boxes: readonly Box[]): number {
  return boxes.reduce((sum, [, , width, height]) => sum + width * height, 0);
}
