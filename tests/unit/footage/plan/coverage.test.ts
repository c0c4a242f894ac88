import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ANALYSIS_VERSION,
  emptySceneDigest,
  type FootageAnalysis,
  pictureDigest,
} from '../../../../server/footage/analysis/analysis.ts';
import {
  analysisDigest,
  decodeAnalysis,
  encodeAnalysis,
} from '../../../../server/footage/analysis/analysis-bytes.ts';
import type { Box } from '../../../../server/footage/box.ts';
import { cellCount, frameGrid } from '../../../../server/footage/frame-grid.ts';
import { createTileCover } from '../../../../server/footage/plan/cover-tiles.ts';
import { interpolateBox } from '../../../../server/footage/plan/interpolate-box.ts';
import { keptObject } from '../../../../server/footage/plan/kept-objects.ts';
import { proposePlan } from '../../../../server/footage/plan/propose-plan.ts';
import { readPlan } from '../../../../server/footage/plan/read-plan.ts';
import { emptyTileMap, setTouched } from '../../../../server/footage/tile-map.ts';
import { packBoxes } from '../../../builders/packed-boxes.ts';

const grid = frameGrid(320, 180);
const frames = 40;
const somebody: Box = [100, 40, 20, 60];

/** An analysis in which somebody is seen in frame 20 alone, and a car stands from 5 to 35. */
function analysisOf(more: Partial<FootageAnalysis> = {}): FootageAnalysis {
  const place: Box = [160, 80, 96, 64];
  const picture = { x: 38, y: 18, width: 28, height: 20, planes: new Uint8Array(3 * 28 * 20) };
  return {
    version: ANALYSIS_VERSION,
    widthPx: 320,
    heightPx: 180,
    index: {
      timeBase: [1, 25],
      ticks: Float64Array.from({ length: frames }, (_, at) => at),
      times: 'container',
      repairedTimes: 0,
    },
    undecodedFrames: 0,
    frameChecks: new Uint32Array(frames),
    sampledFrames: [0, 10],
    sampledElsewhere: [],
    emptyScene: new Uint8Array(3 * cellCount(grid)).fill(90),
    threshold: 14,
    foreground: packBoxes(Array.from({ length: frames }, (_, at) => (at === 20 ? [somebody] : []))),
    wholeFrames: [],
    otherLights: [],
    unstable: [],
    doubtfulPlaces: [[0, 0, 32, 32]],
    carriedPlaces: [],
    objects: [
      {
        number: 1,
        span: [5, 35],
        boxes: Int16Array.from(Array.from({ length: 30 }, () => [...place]).flat()),
        dwell: { frames: [5, 35], box: place, picture },
      },
    ],
    ...more,
  };
}

const covered = (plan: unknown, analysis = analysisOf()) => {
  const checked = readPlan(plan, analysis);
  const kept = checked.plan.keep.map((rule) => keptObject(rule, analysis));
  const tilesAt = createTileCover({
    grid,
    checked,
    analysis,
    foreground: analysis.foreground,
    kept,
  });
  return (frame: number, x: number, y: number) =>
    tilesAt(frame)[Math.floor(y / 16) * grid.tilesX + Math.floor(x / 16)] === 255;
};
const approved = (analysis: FootageAnalysis) => ({
  ...proposePlan(analysis),
  emptyScene: { digest: emptySceneDigest(analysis), approvedBy: 'lawyer' },
});
const box = fc
  .tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 160 }))
  .chain(([x, y]) =>
    fc.tuple(
      fc.constant(x),
      fc.constant(y),
      fc.integer({ min: 1, max: 320 - x }),
      fc.integer({ min: 1, max: 180 - y }),
    ),
  );

describe('tiles', () => {
  test('every pixel of a box lies in a tile that it set', () => {
    fc.assert(
      fc.property(box, fc.nat(), fc.nat(), ([x, y, w, h], dx, dy) => {
        const map = emptyTileMap(grid);
        setTouched(map, grid, [x, y, w, h]);
        const px = x + (dx % w);
        const py = y + (dy % h);
        return map[Math.floor(py / 16) * grid.tilesX + Math.floor(px / 16)] === 255;
      }),
    );
  });

  test('a box outside the frame sets nothing', () => {
    const map = emptyTileMap(grid);
    setTouched(map, grid, [400, 0, 50, 50]);
    setTouched(map, grid, [-60, -60, 60, 60]);
    expect(map.includes(255)).toBe(false);
  });
});

describe('interpolation', () => {
  test('holds the exact box at every frame between', () => {
    fc.assert(
      fc.property(box, box, fc.integer({ min: 2, max: 90 }), fc.nat(), (a, b, length, at) => {
        const frame = at % (length + 1);
        const keys = [
          { frame: 0, box: a },
          { frame: length, box: b },
        ];
        const [x, y, w, h] = interpolateBox(keys, frame);
        const exact = (from: number, to: number) => from + ((to - from) * frame) / length;
        const e = 1e-9;
        return (
          x <= exact(a[0], b[0]) + e &&
          y <= exact(a[1], b[1]) + e &&
          x + w >= exact(a[0] + a[2], b[0] + b[2]) - e &&
          y + h >= exact(a[1] + a[3], b[1] + b[3]) - e
        );
      }),
    );
  });
});

describe('covering', () => {
  test('holds what is carried through a switch of light, whoever approved the scene', () => {
    const carried = [{ box: somebody, frames: [30, 40] as const }];
    const analysis = analysisOf({ carriedPlaces: carried });
    const at = covered(approved(analysis), analysis);
    for (const [x, y] of [
      [100, 40],
      [119, 99],
      [90, 30],
    ] as const) {
      expect(at(30, x, y)).toBe(true);
      expect(at(39, x, y)).toBe(true);
      expect(at(29, x, y)).toBe(false);
    }
    expect(at(30, 200, 40)).toBe(false);
  });

  test('shows a kept car where it was carried, as long as it stands there', () => {
    const carried = [{ box: [160, 80, 96, 64] as const, frames: [0, 40] as const }];
    const analysis = analysisOf({ carriedPlaces: carried });
    const keep = [
      {
        id: 'k1',
        object: 1,
        picture: pictureDigest(analysis.objects[0]!),
        approvedBy: 'lawyer',
        releasedFrames: [],
        details: { shown: true, approvedBy: 'lawyer' },
      },
    ];
    const at = covered({ ...approved(analysis), keep }, analysis);
    expect(at(33, 200, 110)).toBe(false);
    expect(at(37, 200, 110)).toBe(true);
  });

  test('holds what was seen, padded, before and after', () => {
    const at = covered(approved(analysisOf()));
    for (const frame of [15, 20, 25]) {
      expect(at(frame, 110, 60)).toBe(true);
      expect(at(frame, 85, 60)).toBe(true);
    }
    expect(at(14, 110, 60)).toBe(false);
    expect(at(26, 110, 60)).toBe(false);
    expect(at(20, 70, 60)).toBe(false);
  });

  test('covers doubtful places until somebody approved the empty scene', () => {
    expect(covered(proposePlan(analysisOf()))(0, 5, 5)).toBe(true);
    expect(covered(approved(analysisOf()))(0, 5, 5)).toBe(false);
  });

  const keep = (analysis: FootageAnalysis) => {
    const picture = pictureDigest(analysis.objects[0]!);
    const details = { shown: true, approvedBy: 'lawyer' };
    const rule = { id: 'k1', object: 1, picture, approvedBy: 'lawyer', details };
    return { ...approved(analysis), mode: 'all', keep: [rule] };
  };

  test('"all" covers everything but what is kept, while it is kept', () => {
    const at = covered(keep(analysisOf()));
    expect(at(10, 200, 110)).toBe(false);
    expect(at(10, 50, 110)).toBe(true);
    expect(at(36, 200, 110)).toBe(true);
  });

  test('cover beats keep', () => {
    const rule = { id: 'r1', keyframes: [{ frame: 0, box: [190, 100, 20, 20] }], from: 0, to: 40 };
    expect(covered({ ...keep(analysisOf()), cover: [rule] })(10, 200, 110)).toBe(true);
  });

  test('whoever is in front of what is kept is covered', () => {
    const inFront: Box = [200, 90, 8, 30];
    const foreground = packBoxes(
      Array.from({ length: frames }, (_, at) => (at === 12 ? [inFront] : [])),
    );
    const analysis = analysisOf({ foreground });
    expect(covered(keep(analysis), analysis)(12, 204, 100)).toBe(true);
    expect(covered(keep(analysis), analysis)(30, 204, 100)).toBe(false);
  });

  test('"marked" covers its rules alone, and needs every frame reviewed', () => {
    const rule = { id: 'r1', keyframes: [{ frame: 0, box: [0, 0, 10, 10] }], from: 0, to: 40 };
    const plan = { version: 1, mode: 'marked', cover: [rule], reviewedFrames: [[0, 40]] };
    expect(covered(plan)(20, 5, 5)).toBe(true);
    expect(covered(plan)(20, 110, 60)).toBe(false);
    expect(() => covered({ ...plan, reviewedFrames: [[0, 39]] })).toThrow(
      expect.objectContaining({ code: 'PLAN_NOT_REVIEWED' }),
    );
  });
});

describe('a plan is refused', () => {
  const analysis = analysisOf();
  const rule = { id: 'r1', keyframes: [{ frame: 0, box: [300, 0, 21, 10] }], from: 0, to: 40 };
  test.each([
    ['of another version', { version: 2 }, 'PLAN_INVALID'],
    ['with a word we do not know', { blur: true }, 'PLAN_INVALID'],
    [
      'with half a pixel',
      { cover: [{ ...rule, keyframes: [{ frame: 0, box: [0.5, 0, 9, 9] }] }] },
      'PLAN_INVALID',
    ],
    ['with a box outside the picture', { cover: [rule] }, 'PLAN_OUTSIDE_FRAME'],
    ['with a range behind the end', { range: [0, 41] }, 'PLAN_OUTSIDE_FRAME'],
    ['of another analysis', { analysis: 'a'.repeat(64) }, 'PLAN_OF_ANOTHER_ANALYSIS'],
    [
      'of another empty scene',
      { emptyScene: { digest: 'a'.repeat(64) } },
      'PLAN_OF_ANOTHER_ANALYSIS',
    ],
    [
      'with an object that is not there',
      { keep: [{ id: 'k1', object: 9, picture: 'a'.repeat(64), approvedBy: 'lawyer' }] },
      'PLAN_OF_ANOTHER_ANALYSIS',
    ],
    [
      'with another picture of the object',
      { keep: [{ id: 'k1', object: 1, picture: 'a'.repeat(64), approvedBy: 'lawyer' }] },
      'PLAN_OF_ANOTHER_ANALYSIS',
    ],
  ])('%s', (_, change, code) => {
    expect(() => readPlan({ ...proposePlan(analysis), ...change }, analysis)).toThrow(
      expect.objectContaining({ code }),
    );
  });

  test('and one of the contract’s shape is taken', () => {
    const plan = {
      ...proposePlan(analysis),
      cover: [{ id: 'r1', keyframes: [{ frame: 0, box: [1, 2, 3, 4] }], from: 0, to: 40 }],
      reviewedFrames: [[0, 40]],
    };
    expect(readPlan(plan, analysis).range).toEqual([0, 40]);
  });
});

describe('an analysis as bytes', () => {
  test('comes back the same', () => {
    const analysis = analysisOf();
    const back = decodeAnalysis(encodeAnalysis(analysis));
    expect(back).toEqual(analysis);
    expect(analysisDigest(back)).toBe(analysisDigest(analysis));
  });

  test('is refused when a part is missing or anything follows', () => {
    const bytes = encodeAnalysis(analysisOf());
    const unreadable = expect.objectContaining({ code: 'ANALYSIS_UNREADABLE' });
    expect(() => decodeAnalysis(bytes.subarray(0, bytes.length - 8))).toThrow(unreadable);
    expect(() => decodeAnalysis(Buffer.concat([bytes, Buffer.alloc(8)]))).toThrow(unreadable);
    expect(() => decodeAnalysis(Buffer.from('{}'))).toThrow(unreadable);
  });
});
