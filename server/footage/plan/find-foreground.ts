import { crc32 } from 'node:zlib';
import { emptySceneAt, type FootageAnalysis } from '../analysis/analysis.ts';
import { spreadChroma } from '../analysis/cell-planes.ts';
import { createForegroundDetector } from '../analysis/foreground.ts';
import {
  addFrame,
  boxesAt,
  type FrameBoxes,
  type GrowingBoxes,
  growingBoxes,
  packBoxes,
} from '../analysis/frame-boxes.ts';
import { entriesTo } from '../chunk-spans.ts';
import { FootageError } from '../errors.ts';
import { cellCount, type FrameGrid } from '../frame-grid.ts';
import type { FrameSpan } from '../frame-span.ts';
import type { Entry, OpenFootage } from '../ports.ts';
import type { KeptObject } from './kept-objects.ts';
import type { CheckedPlan } from './read-plan.ts';

/**
 * The foreground under a plan. Mostly the analysis knows it; frames are read again where kept
 * objects stand, whose pictures are then part of the scene, or all of them when the plan's
 * threshold is another one. A late span is read from the key frame before it.
 *
 * @throws {FootageError} `ANALYSIS_MISMATCH` when the recording is not the analysed one.
 */
export async function findForeground(options: {
  grid: FrameGrid;
  cells: Pick<OpenFootage, 'readSpan' | 'listPackets'>;
  analysis: FootageAnalysis;
  checked: CheckedPlan;
  kept: readonly KeptObject[];
  onFrame: (done: number, total: number) => void;
}): Promise<FrameBoxes> {
  const { grid, cells, analysis, checked, kept, onFrame } = options;
  const { plan, range } = checked;
  const reach: FrameSpan = [
    Math.max(0, range[0] - plan.holdFrames.after),
    Math.min(analysis.index.ticks.length, range[1] + plan.holdFrames.before),
  ];
  const span = plan.threshold === analysis.threshold ? spanOfPictures(kept, reach) : reach;
  if (plan.mode === 'marked' || span === null) return analysis.foreground;

  const { threshold } = plan;
  const detectors = new Map(
    [analysis, ...analysis.otherLights].map(({ emptyScene }) => [
      emptyScene,
      createForegroundDetector({ grid, emptyScene, threshold }),
    ]),
  );
  const whole = new Set(analysis.otherLights.length === 0 ? [] : analysis.wholeFrames);
  const planes = new Uint8Array(3 * cellCount(grid));
  const asAnalysed = (boxes: GrowingBoxes, from: number, to: number) => {
    for (let frame = from; frame < to; frame++) {
      addFrame(boxes, boxesAt(analysis.foreground, frame));
    }
  };
  /** Null where reading from the middle did not lead to the frames that were analysed. */
  const look = async (entry: Entry | null): Promise<GrowingBoxes | null> => {
    const boxes = growingBoxes();
    asAnalysed(boxes, 0, span[0]);
    const seeing = cells.readSpan(span, onCells(boxes), entry);
    if (entry === null) {
      await seeing;
      return boxes;
    }
    const seen = await seeing.catch((error: unknown) => {
      if (error instanceof FootageError) return null;
      throw error;
    });
    return seen === span[1] - span[0] ? boxes : null;
  };
  const onCells = (boxes: GrowingBoxes) => (frame: Uint8Array, frameNumber: number) => {
    if (crc32(frame) !== analysis.frameChecks[frameNumber]) throw mismatch();
    spreadChroma(frame, grid, planes);
    const pictures = kept
      .map((object) => object.pictureAt(frameNumber))
      .filter((picture) => picture !== null);
    const detector = detectors.get(emptySceneAt(analysis, frameNumber))!;
    // While one light gives way to another no scene tells anything, whatever the threshold.
    if (whole.has(frameNumber)) asAnalysed(boxes, frameNumber, frameNumber + 1);
    else addFrame(boxes, detector.detect(planes, pictures).boxes);
    onFrame(frameNumber - span[0] + 1, span[1] - span[0]);
  };
  for (const entry of [...(await entriesTo(span, analysis.index, cells)), null]) {
    const boxes = await look(entry);
    if (boxes === null) continue;
    asAnalysed(boxes, boxes.ends.length, analysis.index.ticks.length);
    return packBoxes(boxes);
  }
  throw mismatch();
}

/** The frames from the first to the last in which a kept object stands. */
function spanOfPictures(kept: readonly KeptObject[], reach: FrameSpan): FrameSpan | null {
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (let frame = reach[0]; frame < reach[1]; frame++) {
    if (kept.every((object) => object.pictureAt(frame) === null)) continue;
    from = Math.min(from, frame);
    to = frame + 1;
  }
  return to === 0 ? null : [from, to];
}

function mismatch(): FootageError {
  return new FootageError(
    'ANALYSIS_MISMATCH',
    'The analysis is not of this recording. Analyse the recording again.',
  );
}
