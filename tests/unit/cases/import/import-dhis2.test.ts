import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonElements } from '../../../../server/adapters/tables/json-elements.ts';
import { createTableReader } from '../../../../server/adapters/tables/table-reader.ts';
import { DEFAULT_CODE_LISTS as lists } from '../../../../server/cases/codes/code-lists.ts';
import { parseMapping } from '../../../../server/cases/import/import-mapping.ts';
import { testImports } from '../../../builders/case-imports.ts';
import { inPieces } from '../../../builders/cases-csv.ts';
import { type AnEvent, olderJson, trackerCsv, trackerJson } from '../../../builders/dhis2.ts';
import { createMemoryCases } from '../../../fakes/memory-cases.ts';

const clock = { now: () => new Date('2026-11-23T10:15:00Z') };
const MAPPING = {
  format: 'dalil-mapping/1',
  columns: {
    registry_code: 'event',
    happened_on: 'occurredAt',
    oblast: { from: 'orgUnit', codes: { DiszpKrYNg8: 'bishkek' } },
    primary_population: { from: 'popul000001', codes: { '1': 'pwid', '2': 'sw' } },
    perpetrators: { from: 'perpe000001', split: ',', codes: { POL: 'police-district' } },
    acts: [
      { from: 'actBeat0001', codes: { true: 'beating', false: '' } },
      { from: 'actThre0001', codes: { true: 'threat', false: '' } },
    ],
    consent_narrative: { value: 'C0' },
    narrative_ru: 'story000001',
  },
};
const anEvent = (event: string, changes: Partial<AnEvent> = {}): AnEvent => ({
  event,
  occurredAt: '2023-02-13T00:00:00.000',
  utc: '2023-02-12T23:00:00Z',
  values: {
    popul000001: '1',
    perpe000001: 'POL, other',
    actBeat0001: 'true',
    actThre0001: 'true',
    story000001: 'Строка с "кавычками", и\nещё одна',
    unread00001: 'никто не читает',
  },
  ...changes,
});

async function run(content: string, mapping: object | null = MAPPING) {
  const store = createMemoryCases({ lists });
  const importCases = testImports({ store, readTable: createTableReader(), clock }).run;
  const report = await importCases({
    bytes: inPieces(content, 333),
    dryRun: false,
    mapping: mapping === null ? undefined : parseMapping(mapping),
  });
  const { cases } = await store.page({ filter: {}, limit: 1_000 });
  return { report, cases };
}

const events = [
  anEvent('aaaaaaaaaa1'),
  anEvent('aaaaaaaaaa2', { deleted: true }),
  anEvent('aaaaaaaaaa3', { status: 'SCHEDULE' }),
  anEvent('aaaaaaaaaa4', { values: { ...anEvent('').values, actBeat0001: 'false' } }),
];

describe.each<[string, string]>([
  ['the JSON of the tracker', trackerJson(events)],
  ['the same under its other name', trackerJson(events, 'instances')],
  ['its CSV', trackerCsv(events)],
  ['its CSV with the rows of an event apart', trackerCsv(events, true)],
  [
    'its CSV with semicolons and a mark',
    `\uFEFF${trackerCsv(events)
      .replaceAll('","', '";"')
      .replaceAll(/^(event.*)$/gm, (line) => line.replaceAll(',', ';'))}`,
  ],
])('%s', (_, content) => {
  test('events become cases; deleted and planned ones do not', async () => {
    const { report, cases } = await run(content);
    expect(report.problems).toEqual([]);
    expect(cases.map((one) => one.registryCode).sort()).toEqual(['aaaaaaaaaa1', 'aaaaaaaaaa4']);
    expect(cases.find((one) => one.registryCode === 'aaaaaaaaaa1')).toMatchObject({
      date: '2023-02-13',
      oblast: 'bishkek',
      primaryPopulation: 'pwid',
      perpetrators: ['police-district', 'other'],
      acts: ['beating', 'threat'],
      narrative: { ru: 'Строка с "кавычками", и\nещё одна' },
    });
    expect(cases.find((one) => one.registryCode === 'aaaaaaaaaa4')?.acts).toEqual(['threat']);
    expect(report.notices.join(' ')).toMatch(
      /1 events are deleted.*1 events have not.*1 data elements/,
    );
  });

  test('nothing of places, users, notes and clients comes in', async () => {
    const { report, cases } = await run(content);
    expect(JSON.stringify({ report, cases })).not.toMatch(/secret|SECRET|Асан|74\.59|42\.87/);
  });

  test('without a mapping one sentence says what is needed', async () => {
    const { report, cases } = await run(content, null);
    expect(report.problems).toEqual([expect.objectContaining({ row: null, rule: 'file' })]);
    expect(report.problems[0]?.message).toContain('mapping');
    expect(cases).toEqual([]);
  });
});

test('the JSON of the older API', async () => {
  const { cases } = await run(olderJson([anEvent('aaaaaaaaaa1'), anEvent('b', { deleted: true })]));
  expect(cases.map((one) => [one.registryCode, one.date])).toEqual([['aaaaaaaaaa1', '2023-02-13']]);
});

test.each([
  ['2021-05-01T00:00:00.000', undefined, '2021-05-01'],
  ['2021-05-01', undefined, '2021-05-01'],
  ['2021-04-30T18:00:00Z', undefined, '2021-05-01'],
  ['2021-04-30T17:59:59.999Z', undefined, '2021-04-30'],
  ['2021-04-30T20:00:00+0200', undefined, '2021-05-01'],
  ['2021-04-30T20:00:00+02:00', undefined, '2021-05-01'],
  ['2021-04-30T23:00:00Z', 'Europe/Vienna', '2021-05-01'],
  ['2021-04-30T23:00:00Z', 'UTC', '2021-04-30'],
])('%s is in %s the day %s', async (occurredAt, timeZone, day) => {
  const mapping = timeZone === undefined ? MAPPING : { ...MAPPING, timeZone };
  const { cases } = await run(trackerJson([anEvent('a1', { occurredAt })]), mapping);
  expect(cases[0]?.date).toBe(day);
});

test('only the events of a stage, where the mapping says so', async () => {
  const only = { programStage: ['another'] };
  const { report } = await run(trackerJson(events), { ...MAPPING, only });
  expect(report).toMatchObject({ accepted: false, rowCount: 0 });
  expect(report.notices).toContain('2 rows were left out, as the mapping says.');
});

test('a value that stands twice and differs is refused by event and column', async () => {
  const row = (value: string) => `e1,2021-05-01,DiszpKrYNg8,popul000001,${value}`;
  const csv = ['event,eventDate,orgUnit,dataElement,value', row('1'), row('2')].join('\n');
  const { report } = await run(csv);
  expect(report.problems.map(({ row, column, rule }) => ({ row, column, rule }))).toContainEqual({
    row: 2,
    column: 'primary_population',
    rule: 'untrusted-value',
  });
});

test.each<[string, string, RegExp]>([
  ['cut off', trackerJson(events).slice(0, -30), /is not whole/],
  ['an event that is no JSON', '{"events":[{"event":"a"},{"event":b}]}', /Event 2 .* is no JSON/],
  ['an event of another form', '{"events":[{"dataValues":7}]}', /Event 1 .* not of the form/],
  ['no list', '{"pager":{}}', /no list of events/],
  ['a list without end within', `{"events":[{"a":${'['.repeat(100_000)}`, /nested deeper/],
  ['brackets without end', '['.repeat(1_000_000), /nested deeper/],
  ['an event without end', `{"events":[{"a":"${'x'.repeat(2_000_000)}`, /far longer/],
  ['a name without end', `{"${'x'.repeat(2_000_000)}`, /no list of events/],
  ['a bracket too many', '{"events":[]}}', /is not whole/],
])('JSON that is %s', async (_, content, sentence) => {
  const { report, cases } = await run(content);
  expect(report.accepted).toBe(false);
  expect(report.problems[0]?.message).toMatch(sentence);
  expect(cases).toEqual([]);
});

test('objects are cut out of a list as JSON.parse sees them, wherever the pieces end', async () => {
  const list = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), {
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(
      list,
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(0, 2),
      async (all, size, space) => {
        const around = { '[{': 'no', x: [[{ events: 1 }]], events: all, events2: [{}] };
        for (const content of [JSON.stringify(around, null, space), JSON.stringify(all)]) {
          const found = [];
          for await (const one of jsonElements(inPieces(content, size), ['events']))
            found.push(one);
          expect(found).toEqual(JSON.parse(JSON.stringify(all)));
        }
      },
    ),
    { numRuns: 150 },
  );
});
