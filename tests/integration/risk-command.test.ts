import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { casesCsv } from '../builders/cases-csv.ts';
import { runDalil } from '../builders/run-dalil.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';

// Who could still be found, as a lawyer asks it before a pack is made.

const MONTHS = ['2024-01', '2024-02', '2024-03', '2024-04'];

test('the report names how somebody would be found, in three languages, and no story', async () => {
  const folder = aTemporaryFolder();
  const keyFile = path.join(folder, 'vault.key');
  writeFileSync(keyFile, Buffer.alloc(32, 'key'));
  const env = { DALIL_DATA: path.join(folder, 'data'), DALIL_VAULT_KEYFILE: keyFile };
  const told = {
    consent_narrative: 'C2',
    consent_narrative_recipient: 'ministry',
    consent_narrative_purpose: 'complaint',
    narrative_ru: 'Капитан Асанов забрал у него 500 сомов на улице Киевской.',
  };
  const rows = Array.from({ length: 60 }, (_, i) => ({
    happened_on: MONTHS[i % 4]!,
    gender: i < 3 ? 'trans-woman' : 'man',
    ...(i === 7 ? { ...told, happened_on: '2024-04-07' } : {}),
    ...(i === 59 ? { consent_narrative: 'C0' } : {}),
  }));
  const table = path.join(folder, 'cases.csv');
  writeFileSync(table, casesCsv(rows));
  expect((await runDalil(['import', table], env)).code).toBe(0);

  const asked = await runDalil(
    ['risk', '--json', '--lang', 'en', '--clip', '2024-04-07T09:00/09:10'],
    env,
  );
  expect(asked.code).toBe(0);
  const report = JSON.parse(asked.out);
  expect(report).toMatchObject({
    counted: 59,
    leftOut: 1,
    stops: { cases: 59, alone: 3, few: 3, aloneByAll: 3, coarsen: 'gender' },
    figures: { earlierPacks: 0, found: [] },
    media: { moments: 1, cases: 1, joins: [{ case: 'A-8', by: 'day', fits: 14, told: true }] },
    storyCount: 1,
    stories: [{ case: 'A-8' }],
  });
  expect(report.stops.telling).toContainEqual({ facts: ['month', 'gender'], alone: 3, few: 3 });
  expect(report.stories[0].open).toBeGreaterThan(0);
  expect(report.sentences).toContain(
    'Somebody who knows whom they stopped, and up to three things about it, comes down to one single case for 3 of 59 cases, and to fewer than five for 3. So no row of the registry may leave, and no story may carry these things together.',
  );
  expect(report.sentences.at(-1)).toMatch(/lower, never none/);

  for (const [lang, words] of [
    ['ru', 'Известно: месяц, гендер. Среди менее чем пяти: 3, из них единственные: 3'],
    ['ky', 'Белгилүү: ай, гендер. Бештен аз учурдун арасында: 3, алардын ичинен жалгыз: 3'],
  ] as const) {
    const { out } = await runDalil(['risk', '--lang', lang], env);
    expect(out).toContain(words);
    expect(out).not.toMatch(/Асанов|Киевск|500|undefined|\{|risk\./);
  }

  const few = await runDalil(['risk', '--from', '2024-05', '--lang', 'en'], env);
  expect(few.code).toBe(1);
  expect(few.out).toContain('too few cases for figures');
  expect(few.out).toContain('no footage was compared');
  const noTime = await runDalil(['risk', '--clip', 'yesterday'], env);
  expect(noTime).toMatchObject({ code: 2, out: '' });
  const unknown = await runDalil(['risk', '--recipient', 'police'], env);
  expect(unknown).toMatchObject({ code: 2, out: '' });
  expect(unknown.said.join()).toContain('ombudsperson');
});
