import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { casesCsv } from '../builders/cases-csv.ts';
import { runDalil } from '../builders/run-dalil.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';

test('cases are found by words from standard input, out of sealed stories', async () => {
  const folder = aTemporaryFolder();
  const keyFile = path.join(folder, 'vault.key');
  writeFileSync(keyFile, Buffer.alloc(32, 'key'));
  const env = { DALIL_DATA: path.join(folder, 'data'), DALIL_VAULT_KEYFILE: keyFile };
  const table = path.join(folder, 'cases.csv');
  const rows: Record<string, string>[] = [
    { narrative_ru: 'Спустили на него собаку.', oblast: 'osh' },
    { narrative_ky: 'Анын итин, «Собаканы» көчөдөн кармашты.', happened_on: '2021-03' },
    { narrative_ru: 'Забрали телефон.' },
  ];
  writeFileSync(table, casesCsv(rows));
  expect((await runDalil(['import', table], env)).code).toBe(0);

  const all = await runDalil(['find'], env, 'СОБАКИ\n');
  expect(all).toMatchObject({
    code: 0,
    out: 'A-1   2021-02   osh   ru\nA-2   2021-03   chuy   ky\n',
  });
  const one = await runDalil(['find', '--json', '--oblast', 'osh'], env, 'собака');
  expect(JSON.parse(one.out)).toMatchObject({ cases: [{ registryCode: 'A-1' }], more: false });
  const none = await runDalil(['find', '--from', '2021-03'], env, 'телефон\n');
  expect(none).toMatchObject({ code: 1, out: '' });
  // What was looked for is said nowhere, and cannot be given where others see it.
  expect(none.err).not.toContain('телефон');
  expect((await runDalil(['find', 'телефон'], env)).code).toBe(2);
});
