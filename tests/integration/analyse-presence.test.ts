import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCsvTable } from '../../server/adapters/csv-table.ts';
import { importPresence } from '../../server/footage/presence-import.ts';
import { createRedactionRun, type RedactionRun } from '../builders/redaction-run.ts';
import { runDalil } from '../builders/run-dalil.ts';

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

test.each([
  ['a table without the time of the first frame', ['--presence', 'stays.csv']],
  ['a time that is none', ['--starts-at', '2021-02-30T08:00:00']],
])('%s is refused before anything is read', async (_, options) => {
  const said = await runDalil(['analyse', 'no-such-file.mp4', ...options]);
  expect(said.code).toBe(2);
  expect(said.said).toHaveLength(1);
});
