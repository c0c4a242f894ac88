import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createCsvTable } from '../../../../server/adapters/tables/csv-table.ts';
import type { CaseRecord } from '../../../../server/cases/case.ts';
import { DEFAULT_CODE_LISTS as lists } from '../../../../server/cases/codes/code-lists.ts';
import { NO_CONSENT } from '../../../../server/cases/consent/consent.ts';
import { IMPORT_COLUMNS } from '../../../../server/cases/import/import-columns.ts';
import { aCase } from '../../../builders/case.ts';
import { testImports } from '../../../builders/case-imports.ts';
import { casesCsv, GOOD_ROW, inPieces } from '../../../builders/cases-csv.ts';
import { createMemoryCases } from '../../../fakes/memory-cases.ts';

const clock = { now: () => new Date('2026-11-23T10:15:00Z') };
const template = new URL('../../../../templates/import/', import.meta.url);

function setUp() {
  const store = createMemoryCases({ lists });
  const importCases = testImports({ store, readTable: createCsvTable(), clock }).run;
  const run = (content: string | Uint8Array, dryRun = false, onlyValid = false) =>
    importCases({ bytes: inPieces(content), dryRun, onlyValid });
  return { store, run };
}

async function importOne(change: Record<string, string>): Promise<CaseRecord> {
  const { store, run } = setUp();
  const report = await run(casesCsv([change]));
  expect(report.problems).toEqual([]);
  return (await store.page({ filter: {}, limit: 1 })).cases[0]!;
}

test('a full row becomes a case', async () => {
  const record = await importOne({
    registry_code: ' KG-7 ',
    happened_on: '14.02.2021',
    district: 'Sokuluk',
    site: 'CHUY-1',
    near_ost_site: 'yes',
    populations: 'plhiv | pwid',
    perpetrators: 'police-patrol|health-worker|police-patrol',
    acts: 'beating|threat',
    place: 'vehicle',
    duration_minutes: '0',
    response: 'consultation',
    services: 'know-your-rights|detention-conduct',
    readiness: 'not-prepared',
    age_group: '25-34',
    gender: 'woman',
    consent_narrative: 'c2',
    consent_narrative_recipient: 'ministry',
    consent_narrative_purpose: 'complaint',
    consent_narrative_language: 'ky',
    consent_narrative_expires_on: '2030-01-31',
    narrative_ky: 'бир\nэки',
    narrative_ru: '=cmd|calc',
  });
  expect(record).toEqual({
    id: expect.stringMatching(/^[a-z2-7]{26}$/),
    registryCode: 'KG-7',
    month: '2021-02',
    date: '2021-02-14',
    oblast: 'chuy',
    district: 'sokuluk',
    site: 'chuy-1',
    nearOstSite: 'yes',
    primaryPopulation: 'pwid',
    populations: ['pwid', 'plhiv'],
    perpetrators: ['police-patrol', 'health-worker'],
    acts: ['beating', 'threat'],
    place: 'vehicle',
    durationMinutes: 0,
    response: 'consultation',
    services: ['know-your-rights', 'detention-conduct'],
    readiness: 'not-prepared',
    ageGroup: '25-34',
    gender: 'woman',
    narrative: { ky: 'бир\nэки', ru: '=cmd|calc' },
    consent: {
      narrative: {
        level: 'C2',
        recipient: 'ministry',
        purpose: 'complaint',
        language: 'ky',
        takenBy: 'street-lawyer',
        takenOn: '2021-02-20',
        expiresOn: '2030-01-31',
      },
      media: NO_CONSENT,
    },
  });
});

test('a month stays a month, and what is not said is unknown', async () => {
  const record = await importOne({ happened_on: '02.2021' });
  expect(record).toMatchObject({ month: '2021-02', date: null, district: null, site: null });
  expect(record).toMatchObject({ place: 'unknown', readiness: 'unknown', nearOstSite: 'unknown' });
});

test.each(['consent_narrative_taken_by', 'consent_narrative_taken_on'])(
  'a consent without %s is C0, and the report says so',
  async (missing) => {
    const { store, run } = setUp();
    const report = await run(casesCsv([{}, { [missing]: '', consent_narrative: 'C3' }]));
    expect(report).toMatchObject({ accepted: true, withoutBasisCount: 1, withoutBasisRows: [3] });
    expect(await store.count({ minimumConsent: 'C1' })).toBe(1);
    expect(await store.count({})).toBe(2);
  },
);

test.each<[string, Record<string, string>, string, string]>([
  ['an empty required cell', { acts: '' }, 'acts', 'missing-value'],
  ['an unknown code', { acts: 'threat|hex' }, 'acts', 'unknown-code'],
  ['a label in place of a code', { oblast: 'Чуйская область' }, 'oblast', 'unknown-code'],
  ['a formula in a coded cell', { place: '=1+1' }, 'place', 'unknown-code'],
  ['a district elsewhere', { district: 'uzgen' }, 'district', 'contradiction'],
  ['no such day', { happened_on: '2021-02-30' }, 'happened_on', 'malformed-value'],
  ['a month in words', { happened_on: 'фев.21' }, 'happened_on', 'malformed-value'],
  ['tomorrow', { happened_on: '2026-11-24' }, 'happened_on', 'malformed-value'],
  ['long ago', { happened_on: '1999-12' }, 'happened_on', 'malformed-value'],
  ['a site in words', { site: 'на углу' }, 'site', 'malformed-value'],
  [
    'a site that is not near',
    { site: 'a-1', near_ost_site: 'no' },
    'near_ost_site',
    'contradiction',
  ],
  ['a fraction of a minute', { duration_minutes: '1.5' }, 'duration_minutes', 'malformed-value'],
  ['too many minutes', { duration_minutes: '129601' }, 'duration_minutes', 'malformed-value'],
  ['a code with a quotation', { registry_code: 'a"b' }, 'registry_code', 'malformed-value'],
  ['a story too long', { narrative_ru: 'я'.repeat(20_001) }, 'narrative_ru', 'malformed-value'],
  ['lost letters', { narrative_ky: '\uFFFDз' }, 'narrative_ky', 'malformed-value'],
  ['text that is reordered', { narrative_en: 'a\u202Eb' }, 'narrative_en', 'malformed-value'],
  ['C2 for nobody', { consent_narrative: 'C2' }, 'consent_narrative_recipient', 'missing-value'],
  [
    'consent taken tomorrow',
    { consent_narrative_taken_on: '2026-11-24' },
    'consent_narrative_taken_on',
    'malformed-value',
  ],
  [
    'consent in a month',
    { consent_narrative_taken_on: '2021-02' },
    'consent_narrative_taken_on',
    'malformed-value',
  ],
])(
  '%s: the row and the column are named, and nothing is imported',
  async (_, change, column, rule) => {
    const { store, run } = setUp();
    const report = await run(casesCsv([{}, change, {}]));
    expect(report).toMatchObject({ accepted: false, importedCount: 0, problemCount: 1 });
    expect(report.problems[0]).toMatchObject({ row: 3, column, rule });
    expect(await store.count({})).toBe(0);
  },
);

test('no message quotes a cell', async () => {
  const secret = 'Сыркат Асанбаевич 0555123456';
  const columns = IMPORT_COLUMNS.map((column) => column.name);
  const rows = columns.map((name) => ({ [name]: `"${secret}\0"`.repeat(2) }));
  const texts: string[] = [];
  for (const row of [...rows, ...columns.map((name) => ({ [name]: secret }))]) {
    texts.push(JSON.stringify(await setUp().run(casesCsv([row]).replaceAll('\0', ''))));
  }
  texts.push(JSON.stringify(await setUp().run(`${secret},x\n1,2`)));
  expect(texts.join()).not.toMatch(/Сыркат|Асанбаевич|0555/);
});

test('an unknown column is named by its letter, with what was probably meant', async () => {
  const { run } = setUp();
  const csv = casesCsv([{}]).replace('acts', 'act_s').replace('oblast', 'Happened on');
  const { problems } = await run(csv);
  expect(problems.map(({ row, column, rule }) => ({ row, column, rule }))).toEqual([
    { row: 1, column: 'happened_on', rule: 'duplicate-column' },
    { row: 1, column: 'column F', rule: 'unknown-column' },
    { row: 1, column: 'oblast', rule: 'missing-column' },
    { row: 1, column: 'acts', rule: 'missing-column' },
  ]);
  expect(problems[1]?.message).toContain('Was acts meant?');
});

test('places, names and devices are dropped at the door', async () => {
  const { store, run } = setUp();
  const personal = {
    Latitude: '42.87',
    completedBy: 'asan',
    device_id: 'imei-123',
    geometry: 'POINT(1 2)',
    'Phone number': '0555123456',
  };
  const report = await run(casesCsv([personal]));
  expect(report.accepted).toBe(true);
  expect(report.droppedColumns).toEqual([
    'completed_by',
    'device_id',
    'geometry',
    'latitude',
    'phone_number',
  ]);
  const kept = JSON.stringify((await store.page({ filter: {}, limit: 1 })).cases);
  for (const value of Object.values(personal)) expect(kept).not.toContain(value);
});

test('rows with a cell too many or too few are refused, empty rows are not', async () => {
  const { run } = setUp();
  const csv = `${casesCsv([{}, {}])}\n${','.repeat(8)}\n\n"x","y"\n`;
  const report = await run(csv);
  expect(report.problems).toEqual([
    expect.objectContaining({ row: 6, column: null, rule: 'ragged-row' }),
  ]);
});

test('a registry code stands once: in the file and in the store, letter case ignored', async () => {
  const { store, run } = setUp();
  await store.insertAll([aCase({ registryCode: 'Б-2' })]);
  const report = await run(casesCsv(['q', 'б-2', 'Q'].map((code) => ({ registry_code: code }))));
  expect(report.problems.map(({ row, rule }) => ({ row, rule }))).toEqual([
    { row: 3, rule: 'duplicate-in-store' },
    { row: 4, rule: 'duplicate-in-file' },
  ]);
  expect(await store.count({})).toBe(1);
});

test('one bad row among many keeps all out', async () => {
  const { store, run } = setUp();
  const rows: Record<string, string>[] = Array.from({ length: 3_000 }, () => ({}));
  rows[2_900] = { oblast: 'mars' };
  const report = await run(casesCsv(rows));
  expect(report).toMatchObject({ accepted: false, rowCount: 3_000, problemCount: 1 });
  expect(report.problems[0]?.row).toBe(2_902);
  expect(await store.count({})).toBe(0);
});

test('a dry run judges and keeps nothing', async () => {
  const { store, run } = setUp();
  expect(await run(casesCsv([{}]), true)).toMatchObject({
    accepted: true,
    dryRun: true,
    rowCount: 1,
    importedCount: 0,
  });
  expect(await store.count({})).toBe(0);
});

test('problems are counted beyond those that are listed', async () => {
  const { run } = setUp();
  const report = await run(casesCsv(Array.from({ length: 700 }, () => ({ acts: 'hex' }))));
  expect(report.problemCount).toBe(700);
  expect(report.problems).toHaveLength(500);
});

test.each<[string, string | Uint8Array, string]>([
  ['an empty file', '', 'file'],
  ['a header alone', Object.keys(GOOD_ROW).join(), 'empty'],
  ['a file that is no table', Buffer.from('504b0304000000', 'hex'), 'file'],
])('%s is refused in the report', async (_, content, rule) => {
  const report = await setUp().run(content);
  expect(report.accepted).toBe(false);
  expect(report.problems).toEqual([expect.objectContaining({ row: null, rule })]);
});

test('windows-1251 with semicolons, as an old spreadsheet saves it', async () => {
  const { store, run } = setUp();
  const fixture = new URL('../../../fixtures/cases-windows-1251.csv', import.meta.url);
  const report = await run(await readFile(fixture));
  expect(report).toMatchObject({ accepted: true, importedCount: 2, problems: [] });
  expect(report.notices.join()).toContain('windows-1251');
  const { cases } = await store.page({ filter: {}, limit: 10 });
  expect(cases.map((one) => one.narrative.ru)).toEqual([
    'Человека остановили; ему сказали: «поедем».',
    'Отказ в помощи — без причины.',
  ]);
});

test.each(['', '\uFEFF'])(
  'a line that names the separator is no row of the table',
  async (mark) => {
    const { store, run } = setUp();
    const lines = [
      'sep=;',
      'registry_code;happened_on;oblast;primary_population;perpetrators;acts;place',
      'S-1;2021-03;bishkek;pwid;police-district;threat;street',
      'S-2;2021-13;bishkek;pwid;police-district;threat;street',
    ];
    const report = await run(Buffer.from(`${mark}${lines.slice(0, 3).join('\r\n')}\r\n`));
    expect(report).toMatchObject({ accepted: true, importedCount: 1, problems: [] });
    expect((await store.page({ filter: {}, limit: 10 })).cases[0]?.registryCode).toBe('S-1');
    // Rows are counted as a spreadsheet shows them.
    const faulty = await run(Buffer.from(`${mark}${lines.join('\n')}`));
    expect(faulty.problems.map(({ row, column }) => [row, column])).toContainEqual([
      4,
      'happened_on',
    ]);
  },
);

test('the template imports as it is, and its description names every column', async () => {
  const { run } = setUp();
  const csv = await readFile(new URL('cases.csv', template));
  expect(await run(csv)).toMatchObject({ accepted: true, importedCount: 2, withoutBasisCount: 0 });
  const names = IMPORT_COLUMNS.map((column) => column.name);
  expect(csv.toString().split('\r\n')[0]).toBe(`\uFEFF${names.join()}`);
  const described = (await readFile(new URL('cases.md', template), 'utf8')).matchAll(
    /^\| `(\w+)` +\|/gm,
  );
  const columns = [...described].map((match) => match[1]).filter((name) => !/^C\d$/.test(name!));
  expect(columns).toEqual(names);
});

test('more cases than one import takes are refused, and nothing of them is kept', async () => {
  const store = createMemoryCases({ lists });
  const readTable = async () => ({
    kind: 'csv' as const,
    encoding: 'utf-8' as const,
    notices: () => [],
    header: Object.keys(GOOD_ROW),
    rows: (async function* () {
      for (let row = 2; row < 1_000_000; row++) yield { row, cells: ['too few'] };
    })(),
  });
  const report = await testImports({ store, readTable, clock }).run({
    bytes: inPieces('x'),
    onlyValid: true,
    dryRun: false,
  });
  expect(report).toMatchObject({ accepted: false, rowCount: 100_001, problemCount: 100_001 });
  expect(report.problems.at(0)?.message).toContain('more than 100,000 cases');
});

test('only the valid rows, where somebody says so', async () => {
  const { store, run } = setUp();
  const csv = casesCsv([{}, { oblast: 'mars' }, { registry_code: 'A-1' }, {}]);
  expect(await run(csv, false, true)).toMatchObject({
    accepted: true,
    rowCount: 4,
    validCount: 2,
    importedCount: 2,
    problemCount: 2,
  });
  const { cases } = await store.page({ filter: {}, limit: 9 });
  expect(cases.map((one) => one.registryCode).sort()).toEqual(['A-1', 'A-4']);
  expect(await run(casesCsv([{ oblast: 'mars' }]), false, true)).toMatchObject({
    accepted: false,
    importedCount: 0,
  });
});

test('a table that breaks off is not imported in part, even where valid rows would do', async () => {
  const { store, run } = setUp();
  const report = await run(`${casesCsv([{}, {}])}\n"never closed`, false, true);
  expect(report).toMatchObject({ accepted: false, validCount: 0, importId: null });
  expect(await store.count({})).toBe(0);
});
