import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CaseRecord } from '../../../../server/cases/case.ts';
import {
  DEFAULT_CODE_LISTS as lists,
  parseCodeLists,
} from '../../../../server/cases/codes/code-lists.ts';
import { summariseCases } from '../../../../server/cases/figures/summarise-cases.ts';
import { aCase } from '../../../builders/case.ts';

const many = (count: number, changes: Partial<CaseRecord>) =>
  Array.from({ length: count }, () => aCase(changes));
const health = { perpetrators: ['health-worker'] };
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

const world = [
  ...many(40, { primaryPopulation: 'pwid', nearOstSite: 'yes' }),
  ...many(30, {
    primaryPopulation: 'sw',
    perpetrators: ['family', 'police-patrol'],
    oblast: 'chuy',
    acts: ['extortion'],
  }),
  ...many(8, { primaryPopulation: 'lgbt', month: '2020-06' }),
  ...many(4, { primaryPopulation: 'tb', month: '2020-07', oblast: 'talas' }),
  ...many(20, health),
  ...many(18, { perpetrators: ['employer'] }),
];

test('counts and shares carry their bases, and nothing is typed', () => {
  const summary = summariseCases(world, lists);
  expect(summary.documented).toBe(120);
  expect(summary.years).toEqual({ from: '2020', to: '2021' });
  expect(summary.lawEnforcement).toEqual({ count: 82, base: 120, percent: 68 });
  expect(summary.nearOstSites).toEqual({ count: 40, base: 82, percent: 49 });
  expect(
    summary.byPrimaryPopulation.map(({ code, count, base, percent }) => [
      code,
      count,
      base,
      percent,
    ]),
  ).toEqual([
    ['pwid', 40, 82, 49],
    ['sw', 30, 82, 37],
    ['other', 12, 82, 15],
  ]);
  expect(summary.byPrimaryPopulation[0]?.label).toEqual({
    ky: 'Баңги заттарын колдонгон адамдар',
    ru: 'Люди, употребляющие наркотики',
    en: 'People who use drugs',
  });
});

test('a case with several perpetrators counts once', () => {
  const groups = summariseCases(world, lists).tables.find(
    (one) => one.name === 'perpetrator-group',
  );
  expect(groups?.rows.map(({ code, count }) => [code, count])).toEqual([
    ['law-enforcement', 82],
    ['health', 20],
    ['private', 18],
  ]);
});

test('a table is a CSV file with labels in three languages, the same bytes each time', () => {
  const twice = [summariseCases(world, lists), summariseCases(world.toReversed(), lists)];
  const [first, second] = twice.map((one) => one.tables.map((table) => text(table.csvBytes)));
  expect(second).toEqual(first);
  const population = twice[0]?.tables.find((one) => one.name === 'law-enforcement-population');
  expect(text(population!.csvBytes)).toBe(
    [
      '\uFEFFcode,label_ky,label_ru,label_en,count,base,percent',
      'pwid,Баңги заттарын колдонгон адамдар,"Люди, употребляющие наркотики",People who use drugs,40,82,48.8',
      'sw,Секс-кызматкерлер,Секс-работники,Sex workers,30,82,36.6',
      'other,Башка адамдар,Другие люди,Other people,12,82,14.6',
      '',
    ].join('\r\n'),
  );
  const halves = twice[0]?.tables.find((one) => one.name === 'law-enforcement-half-year');
  expect(halves?.rows.map((row) => [row.label.ru, row.count])).toEqual([
    ['первое полугодие 2020 года', 8],
    ['Другие', 74],
  ]);
});

test('a label of an installation that looks like a formula does not run in a spreadsheet', () => {
  const own = structuredClone(lists);
  own.population[0]!.label.ky = '=HYPERLINK("http://x";"y")';
  own.population[1]!.label.ru = '@SUM(1)';
  own.population[1]!.label.en = '＝1+1';
  const csv = summariseCases(world, parseCodeLists(own))
    .tables.map((one) => text(one.csvBytes))
    .join('');
  expect(csv).toContain(`,"'=HYPERLINK(""http://x"";""y"")",`);
  for (const cell of csv.split(/[,\r\n]+/)) expect(cell).not.toMatch(/^"?[=+\-@＝]/u);
});

test('few cases give no figure, some give totals only', () => {
  expect(() => summariseCases(many(10, {}), lists)).toThrow(
    expect.objectContaining({ code: 'TOO_FEW_CASES' }),
  );
  const summary = summariseCases([...many(20, { nearOstSite: 'yes' }), ...many(12, health)], lists);
  expect(summary).toMatchObject({ documented: 32, tables: [], byPrimaryPopulation: [], acts: [] });
});

test('a total is withheld when it or its complement is small, and so is what would show it', () => {
  const nearlyAll = summariseCases([...many(100, {}), ...many(3, health)], lists);
  expect(nearlyAll.lawEnforcement).toBeNull();
  expect(JSON.stringify(nearlyAll.tables.map((one) => one.rows))).not.toMatch(/\b(?:100|3)\b/);
  const near = summariseCases(
    [...many(95, { nearOstSite: 'yes' }), ...many(10, {}), ...many(50, health)],
    lists,
  );
  expect(near.nearOstSites).toBeNull();
  expect(near.tables.map((one) => one.name)).not.toContain('near-ost-oblast');
  expect(summariseCases(many(50, {}), lists).lawEnforcement).toEqual({
    count: 50,
    base: 50,
    percent: 100,
  });
});

const anyCase = fc.record({
  oblast: fc.constantFrom('bishkek', 'chuy', 'osh', 'talas', 'naryn'),
  primaryPopulation: fc.constantFrom('pwid', 'sw', 'plhiv', 'lgbt'),
  nearOstSite: fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const),
  place: fc.constantFrom('street', 'vehicle', 'home', 'ost-site'),
  month: fc.constantFrom('2020-03', '2020-11', '2021-03', '2021-11'),
  readiness: fc.constantFrom('prepared', 'not-prepared', 'unknown'),
  perpetrators: fc.constantFrom<string[][]>(
    ['police-patrol'],
    ['police-patrol'],
    ['health-worker'],
    ['family'],
  ),
  acts: fc.constantFrom<string[][]>(
    ['threat'],
    ['beating', 'threat'],
    ['extortion'],
    ['humiliation', 'beating'],
  ),
});

test('in any world no published number, nor the difference of two nested ones, is small', () => {
  const skewed = fc.array(fc.tuple(anyCase, fc.integer({ min: 1, max: 40 })), {
    minLength: 1,
    maxLength: 10,
  });
  fc.assert(
    fc.property(skewed, (groups) => {
      const cases = groups.flatMap(([changes, count]) => many(count, changes));
      if (cases.length < 11) return;
      const { documented, lawEnforcement, nearOstSites, tables } = summariseCases(cases, lists);
      if (lawEnforcement) {
        const rest = documented - lawEnforcement.count;
        expect(rest === 0 || rest >= 5).toBe(true);
      }
      if (nearOstSites) {
        expect(nearOstSites.count).toBeGreaterThanOrEqual(11);
        expect(lawEnforcement).not.toBeNull();
      }
      for (const { rows, minimum, name, base } of tables) {
        expect(rows.length).toBeGreaterThan(1);
        for (const row of rows) expect(row.count).toBeGreaterThanOrEqual(minimum);
        const sum = rows.reduce((all, row) => all + row.count, 0);
        if (name !== 'law-enforcement-act') expect(sum).toBe(base);
      }
      const oblasts = tables.find((one) => one.name === 'law-enforcement-oblast');
      const near = tables.find((one) => one.name === 'near-ost-oblast');
      for (const row of near?.rows ?? []) {
        const whole = oblasts?.rows.find((one) => one.code === row.code);
        if (row.code !== 'other') expect(whole!.count - row.count).toBeGreaterThanOrEqual(11);
      }
    }),
    { numRuns: 300 },
  );
});

test('how long people were held is told by the three hours of the law alone', () => {
  const held = [
    ...many(12, { durationMinutes: 181 }),
    ...many(3, { durationMinutes: 300 }),
    ...many(25, { durationMinutes: 180 }),
    ...many(20, { durationMinutes: null }),
  ];
  const table = summariseCases(held, lists).tables.find(
    (one) => one.name === 'law-enforcement-duration',
  );
  expect(table?.rows.map(({ code, count, base }) => [code, count, base])).toEqual([
    ['over-3h', 15, 60],
    ['up-to-3h', 25, 60],
    ['unknown', 20, 60],
  ]);
  expect(table?.minimum).toBe(11);
});
