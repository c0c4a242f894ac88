import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FootageAnalysis } from '../../server/footage/analysis/analysis.ts';
import { decodeAnalysis, encodeAnalysis } from '../../server/footage/analysis/analysis-bytes.ts';
import { proposePlan } from '../../server/footage/plan/propose-plan.ts';
import { createRedactionRun, type RedactionRun } from '../builders/redaction-run.ts';
import { runDalil } from '../builders/run-dalil.ts';
import { decodeClip, type Sprite, survivingPixels } from '../builders/sprite-clip.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';

// One camera by day, by night, and by day again. The lamps go out within a frame.
const [width, height, fps] = [160, 96, 10];
const NIGHTFALL = 420;
const MORNING = 800;
const frames = 1000;
const isNight = (frame: number) => frame >= NIGHTFALL && frame < MORNING;
const walker: Sprite = {
  colour: [170, 120, 140],
  boxAt: (f) => (f % 150 < 90 ? [2 * (f % 150) - 12, 40, 12, 36] : null),
};
const clerk: Sprite = {
  colour: [60, 140, 110],
  // In the picture for a third of the day, and always at the same place.
  boxAt: (f) => (!isNight(f) && f % 100 < 33 ? [112, 24, 16, 32] : null),
};

let run: RedactionRun;
let clip: string;
let analysis: FootageAnalysis;
beforeAll(async () => {
  run = await createRedactionRun();
  clip = await run.draw({
    ...{ width, height, frames, fps },
    sprites: [walker, clerk],
    lightAt: (frame) => (isNight(frame) ? -60 : 0),
  });
  analysis = await run.analyse(clip);
});
afterAll(() => run.close());

test('each span of a clip is compared with the scene of its own light', () => {
  expect(analysis.otherLights).toHaveLength(1);
  expect(analysis.otherLights[0]!.spans).toEqual([[NIGHTFALL, MORNING]]);
  expect(analysis.otherLights[0]!.sampledFrames.every(isNight)).toBe(true);
  expect(analysis.sampledFrames.some(isNight)).toBe(false);
  expect(encodeAnalysis(decodeAnalysis(encodeAnalysis(analysis)))).toEqual(
    encodeAnalysis(analysis),
  );
});

test.each([true, false])(
  'nobody survives by day or by night, the street does, and the switch is covered (approved: %s)',
  async (approved) => {
    const proposed = proposePlan(analysis);
    const approval = approved ? { approvedBy: 'lawyer' } : {};
    const plan = { ...proposed, emptyScene: { ...proposed.emptyScene!, ...approval } };
    const { outcome, out } = await run.redact(clip, { analysis, plan });
    expect(outcome.passed).toBe(true);
    const copy = await decodeClip(out, width, height);
    expect(copy).toHaveLength(frames);
    let shownByNight = 0;
    for (const [frame, planes] of copy.entries()) {
      for (const { boxAt } of [walker, clerk]) {
        const box = boxAt(frame);
        if (box !== null)
          expect([frame, survivingPixels(planes, width, height, box)]).toEqual([frame, 0]);
      }
      const shown = survivingPixels(planes, width, height, [0, 0, width, height]);
      const atSwitch = [NIGHTFALL, MORNING].some((at) => frame >= at - 5 && frame < at + 5);
      if (atSwitch) expect([frame, shown]).toEqual([frame, 0]);
      else if (isNight(frame)) shownByNight += shown;
    }
    expect(shownByNight / (width * height * (MORNING - NIGHTFALL))).toBeGreaterThan(
      approved ? 0.4 : 0.3,
    );
  },
);

test('with another threshold frames keep the scene of their light, and the switch stays covered', async () => {
  const proposed = proposePlan(analysis);
  const plan = {
    ...proposed,
    threshold: 20,
    emptyScene: { ...proposed.emptyScene!, approvedBy: 'lawyer' },
  };
  const { outcome } = await run.redact(clip, { analysis, plan });
  expect(outcome.passed).toBe(true);
  const { meanShare, framesWhollyCovered } = outcome.proof.coverage;
  expect(framesWhollyCovered).toBeGreaterThanOrEqual(20);
  expect(framesWhollyCovered).toBeLessThan(60);
  expect(meanShare).toBeLessThan(0.6);
});

test('light that is other for a moment has no scene: it is covered whole', async () => {
  const file = await run.draw({
    ...{ width, height, fps },
    frames: 600,
    sprites: [walker],
    lightAt: (frame) => (frame >= 200 && frame < 320 ? -60 : 0),
  });
  const found = await run.analyse(file);
  expect(found.otherLights).toEqual([]);
  for (let frame = 200; frame < 320; frame++) expect(found.wholeFrames).toContain(frame);
});

test('what stands before the whole view for long is no light', async () => {
  const file = await run.draw({
    ...{ width, height, fps },
    frames: 900,
    sprites: [
      // A lorry right before the camera.
      {
        colour: [200, 150, 100],
        stripes: 20,
        boxAt: (f) => (f < 500 ? null : [0, 0, width, height]),
      },
    ],
  });
  const found = await run.analyse(file);
  expect(found.otherLights).toEqual([]);
  for (let frame = 500; frame < 900; frame++) expect(found.wholeFrames).toContain(frame);
});

test('who stands still through a switch of light is covered in both, and only there', async () => {
  const [switched, end] = [180, 360];
  // Walks in by day and never stirs again: in the scene of the night.
  const comes: Sprite = {
    colour: [170, 120, 140],
    boxAt: (f) => (f < 150 ? null : [Math.min(96, 4 * (f - 150)), 48, 12, 32]),
  };
  // In the scene of the day, and seen by night only until it goes.
  const goes: Sprite = {
    colour: [60, 140, 110],
    boxAt: (f) => (f < 200 ? [32, 16, 12, 32] : f < 210 ? [32 - 4 * (f - 200), 16, 12, 32] : null),
  };
  const file = await run.draw({
    ...{ width, height, fps: 5, frames: end },
    sprites: [comes, goes],
    lightAt: (frame) => (frame < switched ? 0 : -60),
  });
  const found = await run.analyse(file);
  expect(found.otherLights).toHaveLength(1);
  expect(found.carriedPlaces.map((place) => place.frames)).toEqual([
    [switched, end],
    [0, switched],
  ]);
  expect(decodeAnalysis(encodeAnalysis(found))).toEqual(found);
  const proposed = proposePlan(found);
  const emptyScene = { ...proposed.emptyScene!, approvedBy: 'lawyer' };
  const { outcome, out } = await run.redact(file, {
    analysis: found,
    plan: { ...proposed, emptyScene },
  });
  expect(outcome.passed).toBe(true);
  const copy = await decodeClip(out, width, height);
  expect(copy).toHaveLength(end);
  for (const [frame, planes] of copy.entries()) {
    for (const { boxAt } of [comes, goes]) {
      const box = boxAt(frame);
      if (box === null) continue;
      expect([frame, survivingPixels(planes, width, height, box)]).toEqual([frame, 0]);
    }
  }
  for (const frame of [100, 300]) {
    const shown = survivingPixels(copy[frame]!, width, height, [0, 0, width, height]);
    expect(shown / (width * height)).toBeGreaterThan(0.5);
  }
});

test('the command names unstable places and lights, in words and as JSON, with a picture each', async () => {
  const place = analysis.unstable.find(({ light }) => light === 0)!;
  expect(place.box[0]).toBeLessThanOrEqual(112 + 8);
  expect(place.box[0] + place.box[2]).toBeGreaterThanOrEqual(128 - 8);
  expect(place.share).toBeGreaterThan(0.25);
  expect(place.share).toBeLessThan(0.5);

  const pictures = path.join(aTemporaryFolder(), 'pictures');
  const told = await runDalil(['analyse', clip, '--json', '--pictures', pictures]);
  expect(told.code).toBe(0);
  expect(told.err).toContain('The recording shows 2 lights');
  expect(told.err).toMatch(
    /unstable at the .*right \(empty-scene, box \d+ \d+ \d+ \d+\): in up to [34]\d %/,
  );
  const drawn = await readdir(pictures);
  expect(drawn).toEqual(expect.arrayContaining(['empty-scene-2.png', 'empty-scene.png']));
  const [day, night] = await Promise.all(
    ['empty-scene.png', 'empty-scene-2.png'].map((name) => readFile(path.join(pictures, name))),
  );
  expect(Buffer.compare(day!, night!)).not.toBe(0);

  const { emptyScenes } = JSON.parse(told.out);
  expect(emptyScenes).toMatchObject([
    { picture: 'empty-scene', frames: [], unstable: [{ box: [...place.box], share: place.share }] },
    { picture: 'empty-scene-2', frames: [[NIGHTFALL, MORNING]] },
  ]);
});
