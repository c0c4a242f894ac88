import { cellCount, type FrameGrid, frameGrid } from '../../server/footage/frame-grid.ts';
import type { FootageMedia, MediaSource, OpenFootage } from '../../server/footage/ports.ts';
import { drawFrame, type SpriteClip } from '../builders/sprite-clip.ts';

/** A source for media that have their own frames. */
export const drawnSource: MediaSource = {
  open: async () => ({ url: 'drawn', protocols: 'file', close: async () => undefined }),
};

/**
 * A recording that is drawn frame by frame and was never coded: what is looked at is which tiles are
 * covered, and hundreds of scenes cost what one costs that is coded. It can be analysed, not copied.
 */
export function createDrawnMedia(clip: SpriteClip): FootageMedia {
  const grid = frameGrid(clip.width, clip.height);
  const cells = (frame: number) => cellsOf(drawFrame(clip, frame), clip, grid);
  const footage: Pick<OpenFootage, 'facts' | 'grid' | 'listPackets' | 'readCells' | 'readSpan'> = {
    facts: {
      stream: 0,
      codec: 'rawvideo',
      codedWidthPx: clip.width,
      codedHeightPx: clip.height,
      pixelAspect: 1,
      mirrored: false,
      rotationDegrees: 0,
      timeBase: [1, clip.fps],
      times: 'container',
      widthPx: clip.width,
      heightPx: clip.height,
      promisedFrames: clip.frames,
      promisedSeconds: null,
      limitedYuv420p: true,
      colour: { primaries: null, transfer: null, matrix: null },
    },
    grid,
    listPackets: async () => ({
      all: clip.frames,
      shown: clip.frames,
      timed: clip.frames,
      keyTicks: [0],
      keyPlaces: [0],
      ends: [0, clip.frames - 1],
      longestShown: 1,
    }),
    async readCells({ onFrame, onTick }) {
      for (let frame = 0; frame < clip.frames; frame++) {
        onTick(frame);
        await onFrame(cells(frame), frame);
      }
    },
    async readSpan([from, to], onFrame) {
      for (let frame = from; frame < to; frame++) await onFrame(cells(frame), frame);
      return to - from;
    },
  };
  return {
    withFootage: (_source, _signal, use) => use(footage as OpenFootage),
    toolVersions: async () => ({ drawn: '1' }),
  };
}

/** Mean values over each cell, in the layout of yuv420p; what lies outside the picture is black. */
function cellsOf(planes: Uint8Array, { width, height }: SpriteClip, grid: FrameGrid): Uint8Array {
  const all = cellCount(grid);
  const cells = new Uint8Array((all * 3) / 2);
  const luma = width * height;
  shrink(planes.subarray(0, luma), width, 16, cells.subarray(0, all), grid.cellsX);
  for (const plane of [0, 1]) {
    const from = luma + (plane * luma) / 4;
    const to = all + (plane * all) / 4;
    const half = cells.subarray(to, to + all / 4);
    shrink(planes.subarray(from, from + luma / 4), width / 2, 128, half, grid.cellsX / 2);
  }
  return cells;

  function shrink(
    plane: Uint8Array,
    planeWidth: number,
    black: number,
    into: Uint8Array,
    across: number,
  ) {
    const sums = new Float64Array(into.length);
    const seen = new Uint16Array(into.length);
    for (let at = 0; at < plane.length; at++) {
      const x = at % planeWidth;
      const cell =
        Math.floor((at - x) / planeWidth / grid.cellPx) * across + Math.floor(x / grid.cellPx);
      sums[cell]! += plane[at]!;
      seen[cell]!++;
    }
    const area = grid.cellPx ** 2;
    sums.forEach((sum, cell) => {
      into[cell] = Math.round((sum + (area - seen[cell]!) * black) / area);
    });
  }
}
