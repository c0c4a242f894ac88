import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { casesCsv, inPieces } from '../builders/cases-csv.ts';
import { openHouse } from '../builders/open-house.ts';
import { runDalil } from '../builders/run-dalil.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';

// Lists that an organisation edits: imports, figures and history follow, and no code is lost.

const words = { ky: 'Телефонун алып коюу', ru: 'Изъятие телефона', en: 'Seizing a phone' };
const renamed = { ky: 'Коркутуу', ru: 'Запугивание', en: 'Intimidation' };
const by = { role: 'lawyer', reason: 'the intake form of 2026' };

test('a code is unknown until it is added; then imports and figures know its words', async () => {
  let now = new Date('2026-11-23T10:15:00Z');
  const { house, open, dataDir } = await openHouse({ clock: { now: () => now } });
  const table = casesCsv(
    Array.from({ length: 40 }, (_, i) => ({ acts: i % 2 === 0 ? 'phone-seizure' : 'threat' })),
  );
  const bring = () => open.imports.run({ bytes: inPieces(table), dryRun: false });
  const refused = await bring();
  expect(refused).toMatchObject({ accepted: false, importedCount: 0, problemCount: 20 });
  expect(refused.problems[0]).toMatchObject({ row: 2, column: 'acts', rule: 'unknown-code' });

  const { version, lists } = await open.codeLists.current();
  const act = [
    ...lists.act.map((one) => (one.code === 'threat' ? { ...one, label: renamed } : one)),
    { code: 'phone-seizure', label: words },
  ];
  now = new Date('2026-11-23T10:20:00Z');
  await open.codeLists.replace(version, { act }, by);
  expect(await bring()).toMatchObject({ accepted: true, importedCount: 40 });

  const { selected } = await open.selectCases({
    filter: {},
    purpose: 'counted',
    recipient: 'ministry',
    at: now,
  });
  const figures = { cases: selected, recipient: 'ministry', scope: 's', stories: [] };
  const acts = async (of: typeof open) =>
    (await of.planFigures(figures)).summary.tables.find(({ level }) => level === 'act')!.rows;
  expect((await acts(open)).map(({ label, count }) => [label.ru, count])).toEqual(
    expect.arrayContaining([
      ['Изъятие телефона', 20],
      ['Запугивание', 20],
    ]),
  );
  expect(await open.codeLists.history()).toEqual([
    {
      version: 1,
      at: '2026-11-23T10:20:00Z',
      ...by,
      added: [{ list: 'act', code: 'phone-seizure' }],
      renamed: [
        {
          list: 'act',
          code: 'threat',
          before: lists.act.find(({ code }) => code === 'threat')!.label,
        },
      ],
      retired: [],
      takenBack: [],
    },
  ]);
  // As they were before: what was sealed then is rebuilt in the words of then.
  expect((await open.codeLists.at('2026-11-23T10:19:59Z')).act).toEqual(lists.act);

  const invalid = { code: 'CODE_LISTS_INVALID' };
  const change = (changes: object, after = 1) =>
    open.codeLists.replace(after, changes as Record<string, unknown>, by);
  await expect(change({ act: act.slice(1) })).rejects.toMatchObject(invalid);
  await expect(change({ act: [...act, { code: 'Бөтөн', label: words }] })).rejects.toMatchObject(
    invalid,
  );
  await expect(change({ acts: act })).rejects.toMatchObject(invalid);
  // What a letter could not print is refused here, in whatever language, and named.
  for (const lang of ['ky', 'ru', 'en'] as const) {
    const said = { ...words, [lang]: `${words[lang]} \u{1f4f1}` };
    await expect(change({ act: [...act, { code: 'phone', label: said }] })).rejects.toMatchObject({
      ...invalid,
      message: expect.stringMatching(
        new RegExp(`: act/phone, label\\.${lang} \\(U\\+1F4F1\\)\\. `),
      ),
    });
  }
  const { district } = lists;
  const moved = district.map((one, i) => (i === 0 ? { ...one, oblast: 'osh' } : one));
  await expect(change({ district: moved })).rejects.toMatchObject(invalid);
  await expect(change({ act }, 0)).rejects.toMatchObject({ code: 'CODE_LISTS_CHANGED' });
  await house.close();

  const again = await openHouse({ dataDir, clock: { now: () => now } });
  expect(await acts(again.open)).toHaveLength(2);
  expect(again.open.lists.act.at(-1)).toEqual({ code: 'phone-seizure', label: words });
  await again.house.close();
});

test('lists are written out, edited and taken in by command', async () => {
  const folder = aTemporaryFolder();
  const keyFile = path.join(folder, 'vault.key');
  writeFileSync(keyFile, Buffer.alloc(32, 'key'));
  const env = { DALIL_DATA: path.join(folder, 'data'), DALIL_VAULT_KEYFILE: keyFile };
  const file = path.join(folder, 'lists.json');
  expect((await runDalil(['codes', 'service', '--out', file], env)).code).toBe(0);
  const lists = JSON.parse(readFileSync(file, 'utf8'));
  expect(Object.keys(lists)).toEqual(['service']);
  lists.service.push({ code: 'night-line', label: words });
  writeFileSync(file, JSON.stringify(lists));
  const set = await runDalil(['codes', '--set', file, '--reason', 'new service'], env);
  expect(set).toMatchObject({ code: 0, out: '1 codes were added, 0 have other words.\n' });
  const same = await runDalil(['codes', '--set', file], env);
  expect(same).toMatchObject({ code: 0, out: '0 codes were added, 0 have other words.\n' });
  const retire = await runDalil(['codes', 'service', '--retire', 'night-line'], env);
  expect(retire).toMatchObject({ code: 0, out: expect.stringMatching(/^It stays in the cases/) });
  const shown = await runDalil(['codes', 'service', '--lang', 'en'], env);
  expect(shown.out).toContain('night-line   Seizing a phone   (retired)');
  const back = await runDalil(['codes', 'service', '--take-back', 'night-line'], env);
  expect(back).toMatchObject({ code: 0, out: 'New cases can be given it again.\n' });
  expect((await runDalil(['codes', '--retire', 'night-line'], env)).code).toBe(2);
  const history = await runDalil(['codes', '--history'], env);
  expect(history.out).toMatch(
    /^1 {3}20\d\d-.*lawyer {3}new service\n {2}service\/night-line added\n2 .*\n.*night-line retired\n3 .*\n.*night-line taken back\n$/,
  );
  lists.service.splice(0, 1);
  writeFileSync(file, JSON.stringify(lists));
  const refused = await runDalil(['codes', '--set', file], env);
  expect(refused.code).not.toBe(0);
  expect(refused.said.join()).toMatch(/service\/know-your-rights \(is gone\)/);
});
