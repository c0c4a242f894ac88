import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { createTableReader } from '../../../../server/adapters/tables/table-reader.ts';
import { DEFAULT_CODE_LISTS as lists } from '../../../../server/cases/codes/code-lists.ts';
import { parseMapping } from '../../../../server/cases/import/import-mapping.ts';
import { createProposeMapping } from '../../../../server/cases/import/propose-mapping.ts';
import { testImports } from '../../../builders/case-imports.ts';
import { inPieces } from '../../../builders/cases-csv.ts';
import { createMemoryCases } from '../../../fakes/memory-cases.ts';

const clock = { now: () => new Date('2026-11-23T10:15:00Z') };
const readTable = createTableReader();
const propose = (content: string | Uint8Array) =>
  createProposeMapping({ readTable, lists })(inPieces(content));

/** A table as an organisation keeps it: own names, labels in place of codes, people in it. */
const OWN = [
  'Код случая;Дата случая;Область;Кто нарушил;Вид нарушения;Телефон;ФИО;Заметка;Что было',
  'Б-1;14.02.2021;г. Бишкек;Сотрудник;Физическое насилие, Угроза;0555123456;Асанов Асан;x1;Ал кишини токтотуп, унаада үч сааттан ашык кармап турушкан жана акча талап кылышкан деген.',
  'Б-2;15.02.2021;Чуйская область;Сосед;Вымогательство;0700111222;Бектурова Айгүл;;Аны көчөдө токтотуп, коркутушкан жана кийин кое беришкен, анан кайра чакырышкан экен.',
].join('\n');

test('a proposal recognises names, words, labels and stories, and shows nobody', async () => {
  const proposal = await propose(OWN);
  const targets = Object.fromEntries(proposal.columns.map(({ name, target }) => [name, target]));
  expect(targets).toEqual({
    'Код случая': 'registry_code',
    'Дата случая': 'happened_on',
    Область: 'oblast',
    'Кто нарушил': 'perpetrators',
    'Вид нарушения': 'acts',
    Телефон: null,
    ФИО: null,
    Заметка: null,
    'Что было': 'narrative_ky',
  });
  expect(proposal.mapping.columns.oblast).toEqual({
    from: 'Область',
    codes: { 'г. Бишкек': 'bishkek', 'Чуйская область': 'chuy' },
  });
  expect(proposal.mapping.columns.acts).toMatchObject({
    split: ',',
    codes: { 'Физическое насилие': 'beating' },
  });
  expect(proposal.missing).toEqual(['primary_population']);
  expect(JSON.stringify(proposal)).not.toMatch(/Асан|Бектур|0555|0700|токтот|Сосед|Б-1|14\.02/);
  expect(proposal.columns.find(({ name }) => name === 'Телефон')).toMatchObject({
    because: 'personal',
    samples: [],
  });
  expect(proposal.columns[0]?.samples).toEqual(['X-9']);
});

test('a proposal, completed by hand, imports the table it was made of', async () => {
  const { mapping } = await propose(OWN);
  const columns = structuredClone(mapping.columns) as Record<string, object>;
  columns.primary_population = { value: 'pwid' };
  Object.assign(columns.perpetrators!, { codes: { Сотрудник: 'police-district', Сосед: 'other' } });
  Object.assign((columns.acts as { codes: object }).codes, {
    Угроза: 'threat',
    Вымогательство: 'extortion',
  });
  const store = createMemoryCases({ lists });
  const report = await testImports({ store, readTable, clock }).run({
    bytes: inPieces(OWN),
    dryRun: false,
    mapping: parseMapping({ ...mapping, columns }),
  });
  expect(report.problems).toEqual([]);
  const { cases } = await store.page({ filter: {}, limit: 9 });
  expect(cases.find((one) => one.registryCode === 'Б-1')).toMatchObject({
    date: '2021-02-14',
    oblast: 'bishkek',
    acts: ['beating', 'threat'],
  });
  expect(JSON.stringify(cases)).not.toMatch(/Асанов|0555/);
});

test('the template proposes itself', async () => {
  const csv = await readFile(new URL('../../../../templates/import/cases.csv', import.meta.url));
  const { columns, missing } = await propose(csv);
  expect(missing).toEqual([]);
  for (const { name, target } of columns) expect(target).toBe(name);
});

const GOOD = {
  format: 'dalil-mapping/1',
  columns: {
    registry_code: 'a',
    happened_on: 'b',
    oblast: { value: 'chuy' },
    primary_population: { value: 'pwid' },
    perpetrators: { value: 'police-patrol' },
    acts: { value: 'threat' },
  } as Record<string, unknown>,
};

describe('a mapping that', () => {
  test.each<[string, unknown, RegExp]>([
    ['is no object', 7, /the file/],
    ['is of another format', { ...GOOD, format: 'x' }, /format/],
    [
      'names a column that is none',
      { ...GOOD, columns: { ...GOOD.columns, hex: 'a' } },
      /columns\.hex \(is no column/,
    ],
    ['lacks a column', { ...GOOD, columns: { registry_code: 'a' } }, /columns\.acts \(is missing/],
    [
      'joins columns that cannot be',
      { ...GOOD, columns: { ...GOOD.columns, oblast: ['a', 'b'] } },
      /takes one source only/,
    ],
    ['names no time zone', { ...GOOD, timeZone: 'Mars' }, /timeZone \(is no time zone/],
    ['has a word nobody knows', { ...GOOD, colums: {} }, /Unrecognized key/],
  ])('%s is refused with the place', (_, json, sentence) => {
    expect(() => parseMapping(json)).toThrow(sentence);
  });

  test.each([
    ['names a column that the file lacks', { happened_on: 'c' }, 'missing-column'],
    ['takes a story from a column of people', { narrative_ru: 'Phone number' }, 'personal-column'],
  ])('%s is refused before a row is read', async (_, change, rule) => {
    const importCases = testImports({ store: createMemoryCases({ lists }), readTable, clock }).run;
    const report = await importCases({
      bytes: inPieces('a,b,Phone number\n1,2021-02,0555\n'),
      dryRun: false,
      mapping: parseMapping({ ...GOOD, columns: { ...GOOD.columns, ...change } }),
    });
    expect(report).toMatchObject({ accepted: false, rowCount: 0 });
    expect(report.problems).toEqual([expect.objectContaining({ row: 1, rule })]);
  });
});

test('a row of another width is refused by its number, with a mapping too', async () => {
  const importCases = testImports({ store: createMemoryCases({ lists }), readTable, clock }).run;
  const report = await importCases({
    bytes: inPieces('a,b\n1,2021-02\n2,2021-03,x\n,\n'),
    dryRun: true,
    mapping: parseMapping(GOOD),
  });
  expect(report.problems).toEqual([expect.objectContaining({ row: 3, rule: 'ragged-row' })]);
});
