import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeSamplePresence } from '../../../../scripts/sample/presence.ts';
import { createCsvTable } from '../../../../server/adapters/tables/csv-table.ts';
import { importPresence } from '../../../../server/footage/presence/presence-import.ts';
import { presenceStates } from '../../../../server/footage/presence/presence-states.ts';
import { summarisePresence } from '../../../../server/footage/presence/presence-summary.ts';
import { aTemporaryFolder } from '../../../builders/temporary-folder.ts';

const HEADER = 'date,from,to,kind,source,certainty,reviewed';
const imported = async (...lines: string[]) => {
  const bytes = (async function* () {
    yield Buffer.from(`${lines.join('\n')}\n`);
  })();
  return importPresence(() => createCsvTable()(bytes), 'c1');
};
const faults = async (...lines: string[]) => {
  const { log, problems } = await imported(...lines);
  expect(log).toBeNull();
  return problems.map(({ row, column }) => `${row} ${column}`);
};

describe('the import of a presence table', () => {
  test('takes windows and stays', async () => {
    const { log, rowCount } = await imported(
      HEADER,
      '2021-11-01,7:00,11:00,,,,yes',
      '',
      '01.11.2021,08:05,08:25:30,marked-car,livery,certain,yes',
      '02.11.2021,22:00,24:00,,,,no',
    );
    expect(rowCount).toBe(3);
    expect(log).toMatchObject({
      recorded: [
        { camera: 'c1', from: '2021-11-01T07:00:00', to: '2021-11-01T11:00:00' },
        { camera: 'c1', from: '2021-11-02T22:00:00', to: '2021-11-03T00:00:00' },
      ],
      reviewed: [{ camera: 'c1', from: '2021-11-01T07:00:00', to: '2021-11-01T11:00:00' }],
      intervals: [{ start: '2021-11-01T08:05:00', end: '2021-11-01T08:25:30', kind: 'marked-car' }],
    });
  });

  test('takes columns in any order, and semicolons', async () => {
    const { log } = await imported(
      'reviewed;kind;source;certainty;to;from;Date',
      'yes;;;;11:00;07:00;2021-11-01',
    );
    expect(log?.recorded).toHaveLength(1);
  });

  test('reports everything by row and column, and takes nothing', async () => {
    expect(
      await faults(
        HEADER,
        '2021-11-31,07:00,11:00,,,,yes',
        '2021-11-01,7.00,25:00,,,,maybe',
        '2021-11-01,11:00,07:00,,,,yes',
        '2021-11-01,08:00,08:10,tank,,sure,yes',
        '2021-11-01,08:00,08:10,van,livery,certain,no',
        '2021-11-01,08:00,08:10,,livery,,yes',
        '2021-11-01,08:00',
      ),
    ).toEqual([
      '2 date',
      '3 from',
      '3 to',
      '3 reviewed',
      '4 to',
      '5 kind',
      '5 source',
      '5 certainty',
      '6 reviewed',
      '7 source',
      '8 null',
    ]);
  });

  test('refuses stays that were not reviewed, each by its row', async () => {
    expect(
      await faults(
        HEADER,
        '2021-11-01,07:00,11:00,,,,yes',
        '2021-11-02,07:00,11:00,,,,no',
        '2021-11-01,08:00,08:10,van,livery,certain,yes',
        '2021-11-01,10:50,11:10,van,livery,certain,yes',
        '2021-11-02,08:00,08:10,van,livery,certain,yes',
      ),
    ).toEqual(['5 from', '6 from']);
  });

  test('refuses a row that stands twice, a wrong header and an empty table', async () => {
    const row = '2021-11-01,07:00,11:00,,,,yes';
    expect(await faults(HEADER, row, row)).toEqual(['3 null']);
    expect(await faults('date,from,to,kind,kind,camera', row)).toEqual([
      '1 kind',
      '1 column 6',
      '1 source',
      '1 certainty',
      '1 reviewed',
    ]);
    expect(await faults(HEADER)).toEqual(['null null']);
  });

  test('quotes nothing of the file', async () => {
    const { problems } = await imported(HEADER, 'Aibek,Bakyt,Cholpon,Damira,Erkin,Farida,Gulnara');
    expect(problems.length).toBeGreaterThan(3);
    expect(JSON.stringify(problems)).not.toMatch(/Aibek|Bakyt|Cholpon|Damira|Erkin|Farida|Gulnara/);
  });

  test('says where a file ends in the middle of a row', async () => {
    const { log, problems } = await imported(HEADER, '2021-11-01,07:00,11:00,,,,"yes');
    expect([log, problems.length]).toEqual([null, 1]);
  });
});

test('the sample says: on 18 of 22 reviewed mornings, of 30 recorded', async () => {
  const folder = aTemporaryFolder();
  const [one, two] = [path.join(folder, 'one.csv'), path.join(folder, 'two.csv')];
  const { rowCount } = await writeSamplePresence({ path: one, seed: 'demo' });
  await writeSamplePresence({ path: two, seed: 'demo' });
  const text = await readFile(one, 'utf8');
  expect(await readFile(two, 'utf8')).toBe(text);
  const { log, problems, ...counts } = await imported(...text.trimEnd().split('\n'));
  expect(problems).toEqual([]);
  expect(counts.rowCount).toBe(rowCount);
  const summary = summarisePresence(presenceStates(log!));
  expect(summary.days).toMatchObject({ recorded: 30, reviewed: 22, present: 18 });
  expect(summary.recordedS).toBe(30 * 4 * 3600);
  expect(text).not.toMatch(/2021-(02|03|10|12)/);
});
