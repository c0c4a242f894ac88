import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createSqliteCases } from '../../../../server/adapters/sqlite/sqlite-cases.ts';
import { createSqliteImports } from '../../../../server/adapters/sqlite/sqlite-imports.ts';
import { createTableReader } from '../../../../server/adapters/tables/table-reader.ts';
import { DEFAULT_CODE_LISTS as lists } from '../../../../server/cases/codes/code-lists.ts';
import { parseMapping } from '../../../../server/cases/import/import-mapping.ts';
import { createProposeMapping } from '../../../../server/cases/import/propose-mapping.ts';
import { testImports } from '../../../builders/case-imports.ts';
import { inPieces } from '../../../builders/cases-csv.ts';
import { aVault } from '../../../builders/open-vault.ts';
import { aWorkbook } from '../../../builders/workbook.ts';

const clock = { now: () => new Date('2026-11-27T10:15:00Z') };
const readTable = createTableReader();
/** Planted where nothing may be read, with the number of the place. */
const NAME = 'Токтогулова';
const planted = (place: string) => `${NAME} ${place}`;
/** Planted where a street lawyer writes: kept, and nowhere in the clear. */
const STORY = 'Кошой уулу Бердибек кабарлады';
const CODE = 'RK-771-Бердибек';

/** All that an import leaves behind: what it says, what it keeps, and the bytes on the disk. */
async function everythingOf(bytes: Uint8Array | string, mapping?: object) {
  const { dataDir, database, vault } = await aVault();
  const { sealer, namer } = vault;
  const db = database as never;
  const store = createSqliteCases({ db, sealer, namer, lists });
  const imports = createSqliteImports({ db, sealer, namer, purge: async () => undefined });
  const door = testImports({ store, imports, readTable, clock });
  const parsed = mapping === undefined ? undefined : parseMapping(mapping);
  const content = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  const pieces = () => inPieces(content, 777);
  const preview = await door.preview({ bytes: pieces(), mapping: parsed });
  const report = await door.run({ bytes: pieces(), mapping: parsed, dryRun: false });
  const proposal = await createProposeMapping({ readTable, lists })(pieces());
  const { cases } = await store.page({ filter: {}, limit: 100 });
  const disk = readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name)));
  return { preview, report, proposal, cases, disk: Buffer.concat(disk) };
}

function expectNothingOf(found: Awaited<ReturnType<typeof everythingOf>>) {
  const { disk, ...told } = found;
  expect(disk.length).toBeGreaterThan(10_000);
  expect(JSON.stringify(told)).not.toContain(NAME);
  expect(JSON.stringify({ ...told, cases: [] })).not.toContain('Бердибек');
  for (const text of [NAME, NAME.toLowerCase(), STORY, 'Бердибек', CODE]) {
    for (const encoding of ['utf8', 'utf16le'] as const) {
      expect(disk.includes(Buffer.from(text, encoding))).toBe(false);
    }
    expect(disk.includes(Buffer.from(text).toString('base64').slice(4, -4))).toBe(false);
  }
}

const COLUMNS = {
  registry_code: CODE,
  happened_on: '2023-02-13',
  oblast: 'bishkek',
  primary_population: 'pwid',
  perpetrators: 'police-district',
  acts: 'beating',
  narrative_ru: STORY,
};
const inline = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
const rowOf = (number: number, cells: readonly string[], attributes = '') =>
  `<row r="${number}"${attributes}>${cells.join('')}</row>`;
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook of one case, with a name wherever a workbook can hide one. */
function aHostileWorkbook(): Uint8Array {
  const names = Object.keys(COLUMNS);
  const values = Object.values(COLUMNS);
  const header = [...names, 'full_name', 'geometry', planted('hidden header')];
  const cells = [...values, planted('personal'), planted('place'), planted('hidden column')];
  const formula = `<f>CONCATENATE("${planted('formula')}","")</f><v>${planted('cached')}</v>`;
  const sheet = `<worksheet xmlns="${MAIN}"><cols><col min="-99999999" max="0" hidden="1"/><col min="10" max="11" width="9" hidden="1"/></cols><sheetData>${rowOf(1, header.map(inline))}${rowOf(2, [...cells.map(inline), `<c t="str">${formula}</c>`])}</sheetData><headerFooter><oddHeader>${planted('page header')}</oddHeader></headerFooter><dataValidations><dataValidation prompt="${planted('prompt')}"/></dataValidations></worksheet>`;
  const other = (text: string) =>
    `<worksheet xmlns="${MAIN}"><sheetData>${rowOf(1, [inline(planted(text))])}</sheetData></worksheet>`;
  return aWorkbook('', {
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${planted('first')}" sheetId="2" state="veryHidden" r:id="rId5"/><sheet name="S" sheetId="1" r:id="rId1"/><sheet name="${planted('sheet')}" sheetId="3" r:id="rId6"/></sheets><definedNames><definedName name="client" comment="${planted('note')}">"${planted('defined')}"</definedName></definedNames></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId5" Type="${OFFICE}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId6" Type="${OFFICE}/worksheet" Target="worksheets/sheet3.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': sheet,
    'xl/worksheets/sheet2.xml': other('hidden sheet'),
    'xl/worksheets/sheet3.xml': other('further sheet'),
    'xl/comments1.xml': `<comments xmlns="${MAIN}"><authors><author>${planted('author')}</author></authors><commentList><comment ref="A2" authorId="0"><text><t>${planted('comment')}</t></text></comment></commentList></comments>`,
    'docProps/core.xml': `<p><creator>${planted('creator')}</creator></p>`,
  });
}

describe('a workbook', () => {
  test('a name in hidden sheets, hidden columns, comments, names and formulas is nowhere', async () => {
    const found = await everythingOf(aHostileWorkbook());
    expect(found.report.problems).toEqual([]);
    expect(found.cases.map(({ narrative }) => narrative)).toEqual([{ ru: STORY }]);
    expect(found.report.droppedColumns).toEqual(['full_name', 'geometry']);
    expect(found.report.notices.join('\n')).toContain('2 columns are hidden and were not read');
    expectNothingOf(found);
  });

  test('a column of ours that is hidden is not read either, and a row that is hidden is a fault', async () => {
    const names = Object.keys(COLUMNS).map(inline);
    const values = Object.values(COLUMNS).map(inline);
    const sheet = (attributes: string) =>
      `<worksheet xmlns="${MAIN}"><cols><col min="7" max="7" width="0"/></cols><sheetData>${rowOf(1, names)}${rowOf(2, values, attributes)}</sheetData></worksheet>`;
    const { report, cases } = await everythingOf(
      aWorkbook('', { 'xl/worksheets/sheet1.xml': sheet('') }),
    );
    expect(cases.map(({ narrative }) => narrative)).toEqual([{}]);
    expect(report.notices.join('\n')).toContain('1 columns are hidden and were not read');
    const filtered = { 'xl/worksheets/sheet1.xml': sheet(' hidden="1"') };
    const unseen = await everythingOf(aWorkbook('', filtered));
    expect(unseen.cases).toEqual([]);
    expect(unseen.report.problems).toMatchObject([{ row: 2, rule: 'hidden-row' }]);
  });

  test('a consent whose end may be hidden is refused', async () => {
    const names = [...Object.keys(COLUMNS), 'consent_narrative', 'consent_narrative_expires_on'];
    const values = [...Object.values(COLUMNS), 'C2', '2023-03-01'];
    const sheet = `<worksheet xmlns="${MAIN}"><cols><col min="9" max="9" hidden="1"/></cols><sheetData>${rowOf(1, names.map(inline))}${rowOf(2, values.map(inline))}</sheetData></worksheet>`;
    const { report, cases } = await everythingOf(
      aWorkbook('', { 'xl/worksheets/sheet1.xml': sheet }),
    );
    expect(cases).toEqual([]);
    const hidden = report.problems.filter(({ message }) => message.includes('hidden columns'));
    expect(hidden.map(({ column }) => column)).toContain('consent_narrative_expires_on');
  });

  test('unused columns that are hidden hide nothing', async () => {
    const names = [...Object.keys(COLUMNS), 'consent_narrative'].map(inline);
    const values = [...Object.values(COLUMNS), 'C0'].map(inline);
    const sheet = `<worksheet xmlns="${MAIN}"><cols><col min="9" max="16384" hidden="1"/></cols><sheetData>${rowOf(1, names)}${rowOf(2, values)}</sheetData></worksheet>`;
    const { report, cases } = await everythingOf(
      aWorkbook('', { 'xl/worksheets/sheet1.xml': sheet }),
    );
    expect(report.problems).toEqual([]);
    expect(cases).toHaveLength(1);
    expect(report.notices).toEqual([]);
  });
});

const MAPPING = {
  format: 'dalil-mapping/1',
  columns: {
    registry_code: 'event',
    happened_on: 'occurredAt',
    oblast: { value: 'bishkek' },
    primary_population: { from: 'popul000001', codes: { '1': 'pwid' } },
    perpetrators: { value: 'police-district' },
    acts: { value: 'beating' },
    consent_narrative: { value: 'C0' },
    narrative_ru: 'story000001',
  },
};

describe('an export of DHIS2', () => {
  const user = (place: string) => ({
    uid: planted(`${place} uid`),
    username: planted(place),
    firstName: planted(`${place} first`),
    surname: planted(`${place} last`),
  });
  const point = (place: string) => ({ type: 'Point', coordinates: [planted(place), 42.87] });
  const value = (dataElement: string, text: string) => ({
    dataElement,
    value: text,
    storedBy: planted('value stored by'),
    createdByUserInfo: user('value created by'),
    lastUpdatedByUserInfo: user('value updated by'),
    comment: planted('value comment'),
    geometry: point('value geometry'),
  });
  const event = {
    event: CODE,
    status: 'COMPLETED',
    orgUnit: 'DiszpKrYNg8',
    orgUnitName: planted('unit name'),
    occurredAt: '2023-02-13T00:00:00.000',
    storedBy: planted('stored by'),
    completedBy: planted('completed by'),
    createdBy: user('created by'),
    createdByUserInfo: user('created by info'),
    updatedBy: user('updated by'),
    assignedUser: user('assigned'),
    trackedEntity: planted('entity'),
    trackedEntityInstance: planted('instance'),
    geometry: point('geometry'),
    coordinate: { latitude: planted('latitude'), longitude: 74.6 },
    notes: [{ value: planted('note'), storedBy: planted('note by'), createdBy: user('noted') }],
    relationships: [{ from: { event: planted('related') } }],
    attributes: [{ attribute: 'name0000001', value: planted('attribute') }],
    dataValues: [
      value('popul000001', '1'),
      value('story000001', STORY),
      value('unmapped001', planted('unmapped')),
    ],
  };

  test.each(['events', 'instances'])(
    'JSON (%s): a name beside the mapped values is nowhere',
    async (list) => {
      const enrollment = { enrollment: 'x', geometry: point('enrolled'), notes: event.notes };
      const bytes = JSON.stringify({ enrollments: [enrollment], [list]: [event] });
      const found = await everythingOf(bytes, MAPPING);
      expect(found.report.problems).toEqual([]);
      expect(found.cases.map(({ narrative }) => narrative)).toEqual([{ ru: STORY }]);
      expect(found.report.notices).toContain(
        '1 data elements are not in the mapping; they were not read.',
      );
      expectNothingOf(found);
    },
  );

  test('CSV: a name beside the mapped values is nowhere', async () => {
    const rest =
      'geometry,latitude,storedBy,completedBy,createdByUserInfo,assignedUser,trackedEntity,followUp,storedByDataValue,notes'.split(
        ',',
      );
    const header = ['event', 'status', 'orgUnit', 'occurredAt', 'dataElement', 'value', ...rest];
    const line = ([element, text]: readonly string[]) =>
      [
        CODE,
        'COMPLETED',
        'DiszpKrYNg8',
        '2023-02-13T00:00:00.000',
        element,
        text,
        ...rest.map(planted),
      ]
        .map((cell) => `"${cell}"`)
        .join();
    const values = [
      ['popul000001', '1'],
      ['story000001', STORY],
      ['unmapped001', planted('unmapped')],
    ];
    const found = await everythingOf([header.join(), ...values.map(line)].join('\n'), MAPPING);
    expect(found.report.problems).toEqual([]);
    expect(found.cases.map(({ narrative }) => narrative)).toEqual([{ ru: STORY }]);
    expectNothingOf(found);
  });

  test('a value of another form is refused without being quoted', async () => {
    const broken = {
      ...event,
      dataValues: [{ dataElement: 'x', value: { name: planted('object') } }],
    };
    const found = await everythingOf(JSON.stringify({ events: [event, broken] }), MAPPING).catch(
      (error: Error) => ({ message: error.message }),
    );
    expect(JSON.stringify(found)).not.toContain(NAME);
    expect(JSON.stringify(found)).toMatch(/Event 2 of the file/);
  });
});
