import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCsvTable } from '../../server/adapters/tables/csv-table.ts';
import { importPresence } from '../../server/footage/presence/presence-import.ts';
import { createRedactionRun, type RedactionRun } from '../builders/redaction-run.ts';
import { runDalil } from '../builders/run-dalil.ts';
import type { SpriteBox } from '../builders/sprite-clip.ts';

// A car stands for 24 seconds, from 23:59:55 on; the recording begins at 23:59:50.

let run: RedactionRun;
let file: string;
beforeAll(async () => {
  run = await createRedactionRun();
  const carX = (f: number) => (f < 10 ? 100 + 24 * (10 - f) : f < 58 ? 100 : 100 - 24 * (f - 58));
  file = await run.draw({
    width: 320,
    height: 192,
    frames: 120,
    fps: 2,
    sprites: [{ colour: [200, 140, 118], boxAt: (f) => [carX(f), 90, 110, 64] }],
  });
});
afterAll(() => run.close());

const imported = (csv: string) => {
  const bytes = (async function* () {
    yield Buffer.from(csv);
  })();
  return importPresence(() => createCsvTable()(bytes), 'c1');
};

test('dalil analyse proposes stays, in a table that nobody can import before judging it', async () => {
  const presence = path.join(run.folder, 'presence.csv');
  const said = await runDalil([
    ...['--json', 'analyse', file, '--starts-at', '2021-11-05T23:59:50', '--presence', presence],
  ]);
  expect(said.code).toBe(0);
  const { stays } = JSON.parse(said.out) as { stays: { start: string; end: string }[] };
  expect(stays).toHaveLength(1);
  const seconds = (time: string) => Date.parse(`${time}Z`) / 1000;
  expect(Math.abs(seconds(stays[0]!.start) - seconds('2021-11-05T23:59:55'))).toBeLessThanOrEqual(
    2,
  );
  expect(Math.abs(seconds(stays[0]!.end) - seconds('2021-11-06T00:00:19'))).toBeLessThanOrEqual(2);

  const draft = await readFile(presence, 'utf8');
  expect(draft.split('\n').slice(0, 3)).toEqual([
    'date,from,to,kind,source,certainty,reviewed',
    '2021-11-05,23:59:50,24:00:00,,,,no',
    '2021-11-06,00:00:00,00:00:50,,,,no',
  ]);
  const refused = await imported(draft);
  expect(refused.log).toBeNull();
  const judged = draft.replaceAll('?,?,?', 'marked-car,livery,certain').replaceAll(',no', ',yes');
  const taken = await imported(judged);
  expect(taken.problems).toEqual([]);
  expect(taken.log!.intervals.map(({ start, kind }) => [start, kind])).toEqual([
    [stays[0]!.start, 'marked-car'],
    ['2021-11-06T00:00:00', 'marked-car'],
  ]);
});

test('who gets out of a standing car, and who meet and part, change neither its box nor its stay', async () => {
  const car = { box: [30, 100, 96, 56], stands: [30, 100] } as const;
  const carX = (f: number) => car.box[0] - 16 * Math.max(0, 30 - f, f - 100);
  // Out of its door, a step aside, there for some seconds, and away in front of it.
  const passenger = (f: number): SpriteBox | null => {
    if (f < 45 || f >= 110) return null;
    if (f < 50) return [110, 96, 18, 12 * (f - 44)];
    return f < 90
      ? [Math.min(126, 110 + 2 * (f - 50)), 96, 18, 56]
      : [126 - 6 * (f - 90), 130, 18, 56];
  };
  // From both sides, side by side for some seconds, and back.
  const apart = (f: number) => 8 * Math.max(0, 60 - f, f - 110);
  const left = (f: number): SpriteBox | null => {
    return 224 - apart(f) < 150 ? null : [224 - apart(f), 84, 20, 60];
  };
  const right = (f: number): SpriteBox | null => {
    return 244 + apart(f) > 320 ? null : [244 + apart(f), 84, 20, 60];
  };
  const clip = await run.draw({
    width: 320,
    height: 192,
    frames: 180,
    fps: 6,
    sprites: [
      { colour: [200, 140, 118], boxAt: (f) => [carX(f), 100, 96, 56] },
      { colour: [170, 120, 140], boxAt: passenger },
      { colour: [170, 120, 140], boxAt: left },
      { colour: [60, 140, 118], boxAt: right },
    ],
  });
  const { code, out } = await runDalil(['--json', 'analyse', clip]);
  expect(code).toBe(0);
  const { objects } = JSON.parse(out) as {
    objects: { frames: [number, number]; box: [number, number, number, number] }[];
  };
  const stood = (box: readonly number[], frames: readonly number[]) =>
    objects.filter(
      (object) =>
        object.box.every((side, at) => Math.abs(side - box[at]!) <= 8) &&
        object.frames.every((end, at) => Math.abs(end - frames[at]!) <= 4),
    );
  expect(stood(car.box, car.stands)).toHaveLength(1);
  expect(stood([224, 84, 40, 60], [60, 110])).toHaveLength(1);
});

test.each([
  ['a table without the time of the first frame', ['--presence', 'stays.csv']],
  ['a time that is none', ['--starts-at', '2021-02-30T08:00:00']],
])('%s is refused before anything is read', async (_, options) => {
  const said = await runDalil(['analyse', 'no-such-file.mp4', ...options]);
  expect(said.code).toBe(2);
  expect(said.said).toHaveLength(1);
});
