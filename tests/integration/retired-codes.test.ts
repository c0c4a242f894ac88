import { expect, test } from 'vitest';
import type { CaseRecord } from '../../server/cases/case.ts';
import { LISTS_FOR_GOOD, type ListName } from '../../server/cases/codes/code-lists.ts';
import { casesCsv, inPieces } from '../builders/cases-csv.ts';
import { openHouse } from '../builders/open-house.ts';

// A code that is no longer given: older cases and tables keep it, new intake does not take it.

const by = { role: 'lawyer', reason: 'no longer asked' };
const now = new Date('2026-11-23T10:15:00Z');
const threat = { list: 'act', code: 'threat' } as const;
const invalid = { code: 'CODE_LISTS_INVALID' };

test('a retired code stays in older cases and tables, and no new case can be given it', async () => {
  const { house, open } = await openHouse({ clock: { now: () => now } });
  const table = (codes: readonly string[]) =>
    inPieces(casesCsv(codes.map((registry_code) => ({ registry_code, acts: 'threat' }))));
  const bring = (...codes: string[]) => open.imports.run({ bytes: table(codes), dryRun: false });
  expect(await bring('a-1', 'a-2')).toMatchObject({ importedCount: 2, notices: [] });
  const old = (await open.cases.findByRegistryCode('a-1'))!;

  await open.codeLists.retire(0, { ...threat, retired: true }, by);
  // It stays where it is, and the case can be worked on.
  const worked = await open.keepCases.edit(old.id, 0, { durationMinutes: 30 }, by);
  expect(worked.acts).toEqual(['threat']);
  const both = await open.keepCases.edit(old.id, 1, { acts: ['threat', 'other'] }, by);
  expect(both.acts).toEqual(['threat', 'other']);
  // A table of older cases may have it; what it says is told.
  const later = await bring('b-1', 'b-2', 'b-3');
  expect(later).toMatchObject({ accepted: true, importedCount: 3 });
  expect(later.notices).toEqual([expect.stringMatching(/^3 rows have codes .*: act\/threat\. /)]);
  // New intake cannot have it, nor a case that did not have it.
  const typed = ({ id: _, ...rest }: CaseRecord, registryCode: string) => ({
    ...rest,
    registryCode,
  });
  const retired = {
    code: 'CASE_INVALID',
    message: expect.stringContaining('acts (retired in the list act'),
  };
  await expect(open.keepCases.enter(typed(old, 'c-1'), by)).rejects.toMatchObject(retired);
  const other = await open.keepCases.enter({ ...typed(old, 'c-2'), acts: ['other'] }, by);
  await expect(open.keepCases.edit(other.id, 1, { acts: ['threat'] }, by)).rejects.toMatchObject(
    retired,
  );
  // Nor is it among what a table is told to choose from.
  const wrong = await open.imports.run({
    bytes: inPieces(casesCsv([{ registry_code: 'd-1', acts: 'nothing-such' }])),
    dryRun: true,
  });
  expect(wrong.problems[0]!.message).toContain('beating');
  expect(wrong.problems[0]!.message).not.toMatch(/ threat[,.]/);
  // Its words remain for figures and letters.
  const words = open.lists.act.find(({ code }) => code === 'threat');
  expect(words).toMatchObject({ label: { en: expect.any(String) }, retired: true });

  await open.codeLists.retire(1, { ...threat, retired: false }, by);
  expect((await open.keepCases.enter(typed(old, 'c-3'), by)).acts).toEqual(['threat']);
  expect(await open.codeLists.history()).toMatchObject([
    { version: 1, ...by, added: [], renamed: [], retired: [threat], takenBack: [] },
    { version: 2, ...by, added: [], renamed: [], retired: [], takenBack: [threat] },
  ]);
  await house.close();
});

test('what is needed cannot be retired, and no edited file takes a retirement back', async () => {
  const { house, open } = await openHouse({ clock: { now: () => now } });
  const { lists: before } = await open.codeLists.current();
  const retire = (list: ListName, code: string, after = 0) =>
    open.codeLists.retire(after, { list, code, retired: true }, by);
  await expect(retire('act', 'other')).rejects.toMatchObject(invalid);
  for (const list of LISTS_FOR_GOOD) {
    const message = expect.stringMatching(/^No code of the list \w+ can be retired: /);
    const refused = retire(list, before[list].at(-1)!.code);
    await expect(refused).rejects.toMatchObject({ ...invalid, message });
  }
  await expect(retire('act', 'nothing-such')).rejects.toMatchObject({ code: 'CODE_UNKNOWN' });
  await expect(retire('act', 'threat', 3)).rejects.toMatchObject({ code: 'CODE_LISTS_CHANGED' });
  // An oblast goes after its districts.
  await expect(retire('oblast', 'talas')).rejects.toMatchObject(invalid);

  const { version } = await retire('act', 'threat');
  expect((await retire('act', 'threat', version)).version).toBe(version);
  const label = { ky: 'Башка', ru: 'Иное', en: 'Something else' };
  const act = [...before.act, { code: 'new-one', label, retired: true }];
  const { lists } = await open.codeLists.replace(version, { act }, by);
  const retired = lists.act.filter((one) => one.retired === true).map(({ code }) => code);
  expect(retired).toEqual(['threat']);
  await house.close();
});
