import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFolderWorkStore } from '../../server/adapters/folder-work-store.ts';
import type { FootageAnalysis } from '../../server/footage/analysis/analysis.ts';
import { pictureDigest } from '../../server/footage/analysis/analysis.ts';
import { decodeAnalysis, encodeAnalysis } from '../../server/footage/analysis/analysis-bytes.ts';
import { proposePlan } from '../../server/footage/plan/propose-plan.ts';
import type { FootageMedia } from '../../server/footage/ports.ts';
import { createRedactionRun, type RedactionRun } from '../builders/redaction-run.ts';
import { decodeClip, type Sprite, survivingPixels } from '../builders/sprite-clip.ts';

// A car comes from the right, waits and leaves; one person passes behind it, one in front of it.

const width = 320;
const height = 192;
const frames = 190;
const fps = 12;
const CAR_Y = 96;
const CAR = [112, 64] as const;
const WAITS = [24, 106] as const;
const carX = (frame: number) => {
  if (frame < WAITS[0]) return 96 + 10 * (WAITS[0] - frame);
  return frame < WAITS[1] ? 96 : 96 - 10 * (frame - WAITS[1]);
};
const car: Sprite = { colour: [200, 140, 118], boxAt: (f) => [carX(f), CAR_Y, CAR[0], CAR[1]] };
const passer = (from: number, y: number, colour: Sprite['colour']): Sprite => ({
  colour,
  boxAt: (f) => (f < from ? null : [6 * (f - from) - 20, y, 16, 52]),
});
const behind = passer(20, 70, [60, 120, 140]);
const before = passer(40, 112, [150, 110, 150]);
const clip = { width, height, frames, fps, sprites: [behind, car, before] };

describe('a kept car', () => {
  let run: RedactionRun;
  let file: string;
  let analysis: FootageAnalysis;
  let number: number;
  beforeAll(async () => {
    run = await createRedactionRun();
    file = await run.draw(clip);
    analysis = await run.analyse(file);
    const found = analysis.objects.find(
      ({ dwell }) => dwell !== null && dwell.frames[1] - dwell.frames[0] > 60,
    );
    number = found?.number ?? 0;
  });
  afterAll(() => run.close());

  const planWith = (keep: Record<string, unknown>, more: Record<string, unknown> = {}) => {
    const proposed = proposePlan(analysis);
    const picture = pictureDigest(analysis.objects[number - 1]!);
    return {
      ...proposed,
      emptyScene: { ...proposed.emptyScene, approvedBy: 'lawyer' },
      keep: [{ id: 'k1', object: number, picture, approvedBy: 'lawyer', ...keep }],
      ...more,
    };
  };
  const shownAll = { details: { shown: true, approvedBy: 'lawyer' } };
  const part = (
    shown: Uint8Array[],
    frame: number,
    box: readonly [number, number, number, number],
  ) => survivingPixels(shown[frame]!, width, height, box) / (box[2] * box[3]);

  test('is found as an object with its stand-still and its place', () => {
    const { dwell } = analysis.objects[number - 1]!;
    expect(dwell!.frames[0]).toBeGreaterThanOrEqual(WAITS[0] - 4);
    expect(dwell!.frames[0]).toBeLessThan(WAITS[0] + 6);
    expect(dwell!.frames[1]).toBeGreaterThan(WAITS[1] - 6);
    expect(dwell!.frames[1]).toBeLessThan(WAITS[1] + 6);
    const [x, y, w, h] = dwell!.box;
    expect(Math.abs(x - 96) + Math.abs(y - CAR_Y)).toBeLessThanOrEqual(8);
    expect(Math.abs(w - CAR[0]) + Math.abs(h - CAR[1])).toBeLessThanOrEqual(8);
  });

  test('is looked for once: an edit beside it does not read its frames again', async () => {
    const store = createFolderWorkStore(path.join(run.folder, 'kept'));
    let read = 0;
    const media: FootageMedia = {
      toolVersions: run.media.toolVersions,
      withFootage: (source, signal, use) =>
        run.media.withFootage(source, signal, (open) =>
          use({
            ...open,
            readSpan(...of) {
              read++;
              return open.readSpan(...of);
            },
          }),
        ),
    };
    // As a later process finds it: nothing of it is in memory any more.
    const stored = () => decodeAnalysis(encodeAnalysis(analysis));
    const plan = planWith(shownAll);
    await run.redact(file, { analysis: stored(), plan, store, media });
    expect(read).toBe(1);
    const cover = [{ id: 'b', keyframes: [{ frame: 3, box: [0, 0, 16, 16] }], from: 3, to: 9 }];
    const edited = await run.redact(file, {
      analysis: stored(),
      plan: { ...plan, cover },
      store,
      media,
    });
    expect(read).toBe(1);
    const fresh = await run.redact(file, { analysis, plan: { ...plan, cover } });
    expect(Buffer.compare(await edited.bytes(), await fresh.bytes())).toBe(0);
  });

  test('shows while it stands; whoever passes before or behind it does not', async () => {
    const { outcome, out } = await run.redact(file, { analysis, plan: planWith(shownAll) });
    expect(outcome.proof.checks.filter((check) => !check.passed)).toEqual([]);
    const shown = await decodeClip(out, width, height);
    for (let frame = 0; frame < frames; frame++) {
      const [bx, by, bw, bh] = before.boxAt(frame) ?? [0, 0, 0, 0];
      expect(survivingPixels(shown[frame]!, width, height, [bx, by, bw, bh])).toBe(0);
      // Of the one behind only what the car leaves free is to be seen at all.
      const [x, y, w] = behind.boxAt(frame) ?? [0, 0, 0, 0];
      const free = Math.min(52, CAR_Y - y);
      expect(survivingPixels(shown[frame]!, width, height, [x, y, w, free])).toBe(0);
    }
    // Nobody near: the whole car but the tiles at its rim.
    expect(part(shown, 95, [112, 112, 80, 48])).toBeGreaterThan(0.98);
    // Arriving and leaving it is covered.
    for (const frame of [4, 12, 18, 112, 116]) {
      expect(part(shown, frame, [carX(frame), CAR_Y, ...CAR])).toBe(0);
    }
  });

  test('keeps windows and plate covered unless the plan says otherwise', async () => {
    const { out } = await run.redact(file, { analysis, plan: planWith({}) });
    const shown = await decodeClip(out, width, height);
    expect(part(shown, 95, [112, CAR_Y, 80, 24])).toBe(0);
    expect(part(shown, 95, [112, CAR_Y + CAR[1] - 8, 80, 8])).toBe(0);
    expect(part(shown, 95, [112, CAR_Y + 32, 80, 12])).toBeGreaterThan(0.98);
    const exact = planWith({ details: { covered: [[130, 100, 30, 20]] } });
    const second = await run.redact(file, { analysis, plan: exact });
    const other = await decodeClip(second.out, width, height);
    expect(part(other, 95, [130, 100, 30, 20])).toBe(0);
    expect(part(other, 95, [180, 112, 16, 40])).toBeGreaterThan(0.98);
  });

  test('moving, it shows only in released frames', async () => {
    const plan = planWith({ ...shownAll, releasedFrames: [[112, 118]] });
    const { out } = await run.redact(file, { analysis, plan });
    const shown = await decodeClip(out, width, height);
    const middle = (frame: number) => [carX(frame) + 30, CAR_Y + 16, 40, 32] as const;
    expect(part(shown, 115, middle(115))).toBeGreaterThan(0.9);
    expect(part(shown, 110, middle(110))).toBe(0);
    expect(part(shown, 119, middle(119))).toBe(0);
  });

  test('in "all", everything is covered but the car', async () => {
    const plan = planWith(shownAll, { mode: 'all' });
    const { out } = await run.redact(file, { analysis, plan });
    const shown = await decodeClip(out, width, height);
    expect(part(shown, 95, [112, 112, 80, 48])).toBeGreaterThan(0.98);
    expect(part(shown, 95, [0, 0, width, 80])).toBe(0);
    expect(part(shown, 10, [0, 0, width, height])).toBe(0);
    for (let frame = 40; frame < 110; frame++) {
      const box = before.boxAt(frame)!;
      expect(survivingPixels(shown[frame]!, width, height, box)).toBe(0);
    }
  });
});
