import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { casesCsv } from '../builders/cases-csv.ts';
import { runDalil } from '../builders/run-dalil.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';

// Consents on their way to street lawyers and back, by registry code alone.

test('a list is asked for, filled in, and taken in; a withdrawal leaves the case out', async () => {
  const folder = aTemporaryFolder();
  const keyFile = path.join(folder, 'vault.key');
  writeFileSync(keyFile, Buffer.alloc(32, 'key'));
  const env = { DALIL_DATA: path.join(folder, 'data'), DALIL_VAULT_KEYFILE: keyFile };
  const table = path.join(folder, 'cases.csv');
  const story = { narrative_ru: 'Его остановили без причины.' };
  writeFileSync(table, casesCsv(Array.from({ length: 12 }, () => story)));
  expect((await runDalil(['import', table], env)).code).toBe(0);

  const list = path.join(folder, 'list.csv');
  const to = ['--level', 'C2', '--recipient', 'ministry', '--purpose', 'complaint', '--out', list];
  expect(await runDalil(['consent', 'ask', 'A-3', 'a-1', ...to], env)).toMatchObject({ code: 0 });
  const asked = readFileSync(list, 'utf8').replace('\uFEFF', '').trimEnd().split('\r\n');
  expect(asked.slice(1)).toEqual([
    'A-1,narrative,C2,ministry,complaint,,,,,',
    'A-3,narrative,C2,ministry,complaint,,,,,',
  ]);

  const unknown = await runDalil(['consent', 'ask', 'A-1', 'Z-9', ...to], env);
  expect(unknown.code).toBe(2);
  expect(unknown.said.join()).toMatch(/stands at place 2/);
  expect(unknown.said.join()).not.toContain('Z-9');
  const level = await runDalil(['consent', 'ask', 'A-1', '--level', 'C2', '--out', list], env);
  expect(level).toMatchObject({ code: 2 });

  const answered = path.join(folder, 'answers.csv');
  const yes = asked[1]!.replace(/,,,,,$/, ',yes,ru,street-lawyer,2026-01-15,');
  const gone = asked[2]!.replace(/,,,,,$/, ',withdrawn,,,,');
  writeFileSync(answered, [asked[0], yes, gone.replace('withdrawn', 'maybe')].join('\n'));
  const refused = await runDalil(['consent', 'answers', answered], env);
  expect(refused.code).toBe(1);
  expect(refused.out).toMatch(/^row 3, answer: /);
  writeFileSync(answered, [asked[0], yes, gone].join('\n'));
  const taken = await runDalil(['consent', 'answers', answered], env);
  expect(taken).toMatchObject({ code: 0, out: '1 agreed, 1 withdrew, 0 are as before.\n' });

  expect(await runDalil(['consent', 'ended', '--on', '2099-01-01'], env)).toMatchObject({
    code: 0,
    out: 'Every pack rests on consents that hold.\n',
  });
  expect(await runDalil(['consent', 'ended', '--on', 'soon'], env)).toMatchObject({ code: 2 });

  const { counted, leftOut, storyCount } = JSON.parse(
    (await runDalil(['risk', '--json'], env)).out,
  );
  expect({ counted, leftOut, storyCount }).toEqual({ counted: 11, leftOut: 1, storyCount: 1 });
});
