import { expect, test } from 'vitest';
import { createTableReader } from '../../../../server/adapters/tables/table-reader.ts';
import {
  type CodeLists,
  DEFAULT_CODE_LISTS as lists,
} from '../../../../server/cases/codes/code-lists.ts';
import { NO_CONSENT } from '../../../../server/cases/consent/consent.ts';
import { createTakeConsentAnswers } from '../../../../server/cases/consent/consent-answers.ts';
import { createAskConsent } from '../../../../server/cases/consent/consent-requests.ts';
import type { CaseUse } from '../../../../server/cases/consent/consents-hold.ts';
import { createFollowConsentChanges } from '../../../../server/cases/consent/follow-consent-changes.ts';
import type { PackUses } from '../../../../server/cases/consent/packs-to-supersede.ts';
import { createKeepCases } from '../../../../server/cases/registry/keep-cases.ts';
import { createSelectCases } from '../../../../server/cases/registry/select-cases.ts';
import { aCase, aConsent } from '../../../builders/case.ts';
import { inPieces } from '../../../builders/cases-csv.ts';
import { aWorkbook, textRow } from '../../../builders/workbook.ts';
import { createMemoryCases } from '../../../fakes/memory-cases.ts';

const now = new Date('2026-11-27T10:15:00Z');
const clock = { now: () => now };
const request = {
  about: 'narrative' as const,
  level: 'C2' as const,
  recipient: 'ministry',
  purpose: 'complaint',
};

async function setUp(given: CodeLists = lists) {
  const store = createMemoryCases({ lists });
  const cases = ['Б-2', '=cmd|A1', 'a-1'].map((registryCode) =>
    aCase({
      registryCode,
      narrative: { ru: 'Рассказ' },
      consent: { narrative: aConsent({ level: 'C1' }), media: NO_CONSENT },
    }),
  );
  await store.insertAll(cases);
  const of = (i: number, purpose: CaseUse['purpose']) => ({ case: cases[i]!.id, purpose });
  const packs: PackUses[] = [
    { pack: 'EP-1', uses: [of(0, 'counted'), of(2, 'counted'), of(0, 'narrative')] },
    { pack: 'EP-film', uses: [of(0, 'footage')], sent: true },
    { pack: 'EP-other', uses: [of(1, 'counted')] },
  ].map((one) => ({ recipient: 'ministry', use: 'complaint', sent: false, ...one }));
  const custody: unknown[] = [];
  const take = createTakeConsentAnswers({
    store,
    keepCases: createKeepCases({ store, lists: given, clock }),
    readTable: createTableReader(),
    lists: given,
    clock,
    followChanges: createFollowConsentChanges({
      packUses: async () => packs,
      recordCustody: async (event) => custody.push(event),
      clock,
    }),
  });
  const list = Buffer.from(
    await createAskConsent({ store, lists })({ ...request, cases: cases.map((one) => one.id) }),
  ).toString();
  const answer = (csv: string | Uint8Array) => take(inPieces(csv), { role: 'lawyer' });
  const select = () =>
    createSelectCases({ store })({
      filter: {},
      purpose: 'narrative',
      recipient: 'ministry',
      at: now,
    });
  return { store, cases, list, answer, select, custody };
}
const YES = 'yes,ky,street-lawyer,25.11.2026,2027-11-25';

test('the list holds codes and questions, no formula, and nothing of what happened', async () => {
  const { list } = await setUp();
  expect(list).toBe(
    [
      '\uFEFFregistry_code,about,level,recipient,purpose,answer,language,taken_by,taken_on,expires_on',
      `"'=cmd|A1",narrative,C2,ministry,complaint,,,,,`,
      'a-1,narrative,C2,ministry,complaint,,,,,',
      'Б-2,narrative,C2,ministry,complaint,,,,,',
      '',
    ].join('\r\n'),
  );
});

test('a list that comes back answered changes what may leave, and the history says so', async () => {
  const { store, cases, list, answer, select, custody } = await setUp();
  expect((await select()).selected).toEqual([]);
  const filled = list
    .replace(/(cmd.*complaint),,,,,/, `$1,${YES}`)
    .replace(/(Б-2.*complaint),,,,,/, '$1,no,,,,');
  expect(await answer(filled)).toMatchObject({
    accepted: true,
    rowCount: 3,
    agreedCount: 1,
    withdrawnCount: 0,
    unchangedCount: 2,
    packsToSupersede: [],
  });
  expect(custody).toEqual([]);
  expect((await select()).selected.map((one) => one.id)).toEqual([cases[1]!.id]);
  expect((await store.find(cases[1]!.id)).consent.narrative).toEqual({
    level: 'C2',
    recipient: 'ministry',
    purpose: 'complaint',
    language: 'ky',
    takenBy: 'street-lawyer',
    takenOn: '2026-11-25',
    expiresOn: '2027-11-25',
  });
  const [event] = await store.historyOf(cases[1]!.id);
  expect(event).toMatchObject({ kind: 'consent', before: { consent: cases[1]!.consent } });
});

/** The lists with codes retired that lists of consents name. */
const retired: CodeLists = { ...lists };
for (const [list, gone] of [
  ['recipient', 'ministry'],
  ['purpose', 'complaint'],
  ['consentTaker', 'street-lawyer'],
] as const) {
  retired[list] = lists[list].map((one) => (one.code === gone ? { ...one, retired: true } : one));
}

test('a list from before a code was retired is taken in: no withdrawal in it waits', async () => {
  const { store, cases, list, answer } = await setUp(retired);
  const filled = list
    .replace(/(cmd.*complaint),,,,,/, `$1,${YES}`)
    .replace(/(Б-2.*complaint),,,,,/, '$1,withdrawn,,,,');
  expect(await answer(filled)).toMatchObject({ accepted: true, agreedCount: 1, withdrawnCount: 1 });
  expect((await store.find(cases[0]!.id)).consent.narrative).toEqual(NO_CONSENT);
  const unknown = list.replace(/(a-1.*),complaint,,,,,/, `$1,nothing-such,${YES}`);
  expect(await answer(unknown)).toMatchObject({ accepted: false, problemCount: 1 });
});

test.each<[string, Partial<typeof request> | { purpose: null }, CodeLists, RegExp]>([
  [
    'a retired body',
    {},
    { ...lists, recipient: retired.recipient },
    /^recipient takes one of (?!.*ministry)/,
  ],
  ['a retired purpose', {}, { ...lists, purpose: retired.purpose }, /^purpose takes one of /],
  ['an unknown body', { recipient: 'nobody' }, lists, /^recipient takes one of .*ministry/],
  ['no purpose', { purpose: null }, lists, /^C2 is given to one body for one purpose/],
])('nobody is asked for what no case may be given: %s', async (_, changes, given, message) => {
  const { store, cases } = await setUp();
  const ask = createAskConsent({ store, lists: given });
  const asked = ask({ ...request, ...changes, cases: [cases[0]!.id] });
  await expect(asked).rejects.toMatchObject({ code: 'CONSENT_REQUEST_INVALID' });
  await expect(asked).rejects.toThrow(message);
});

test('a withdrawal takes everything back, and names the packs that told of the case or showed it', async () => {
  const { store, cases, list, answer, select, custody } = await setUp();
  const filled = list.replace(/(Б-2.*complaint),,,,,/, '$1,withdrawn,,,,');
  expect(await answer(filled)).toMatchObject({
    withdrawnCount: 1,
    packsToSupersede: [
      { pack: 'EP-1', cases: 1, sent: false },
      { pack: 'EP-film', cases: 1, sent: true },
    ],
  });
  expect((await store.find(cases[0]!.id)).consent).toEqual({
    narrative: NO_CONSENT,
    media: NO_CONSENT,
  });
  expect((await select()).leftOut).toContainEqual({ id: cases[0]!.id, reason: 'no-basis' });
  // Which case it was is in its own history, not in the log that packs show parts of.
  expect(custody).toEqual(
    [
      { pack: 'EP-1', cases: 1, sent: false },
      { pack: 'EP-film', cases: 1, sent: true },
    ].map((detail) => ({ kind: 'withdrawn', role: 'lawyer', detail })),
  );
});

test.each<[string, string, string, boolean]>([
  ['as wide as before', 'C1,,', YES, false],
  ['for another body', 'C1,ombudsperson,complaint', YES, true],
  ['for another use', 'C1,ministry,publication', YES, true],
  [
    'from tomorrow only as long as today',
    'C1,,',
    'yes,ky,street-lawyer,2026-11-25,2026-11-27',
    false,
  ],
  ['ended yesterday', 'C1,,', 'yes,ky,street-lawyer,2026-11-25,2026-11-26', true],
])('a consent given again %s: the pack that counts the case is named or not', async (...given) => {
  const [, asked, said, isNamed] = given;
  const { list, answer } = await setUp();
  const [header] = list.split('\r\n');
  const report = await answer(`${header}\r\na-1,narrative,${asked},${said}\r\n`);
  expect(report).toMatchObject({ accepted: true, agreedCount: 1 });
  expect(report.packsToSupersede).toEqual(isNamed ? [{ pack: 'EP-1', cases: 1, sent: false }] : []);
});

test('a consent to be counted only leaves the figures of a pack, not its story', async () => {
  const { store, cases, list, answer } = await setUp();
  await store.replaceAll([
    {
      record: {
        ...cases[0]!,
        consent: {
          narrative: aConsent({ level: 'C2', recipient: 'ministry', purpose: 'complaint' }),
          media: NO_CONSENT,
        },
      },
      after: 0,
      event: {
        kind: 'edited',
        at: '2026-11-26T00:00:00Z',
        role: 'lawyer',
        reason: null,
        before: {},
      },
    },
  ]);
  const [header] = list.split('\r\n');
  const report = await answer(`${header}\r\nБ-2,narrative,C1,ministry,complaint,${YES}\r\n`);
  expect(report.packsToSupersede).toContainEqual({ pack: 'EP-1', cases: 1, sent: false });
});

test('a case whose codes are in no list any more can be withdrawn all the same', async () => {
  const { store, answer } = await setUp();
  const old = aCase({ registryCode: 'old', acts: ['a-word-of-yesterday'] });
  await store.insertAll([old]);
  const columns =
    'registry_code,about,level,recipient,purpose,answer,language,taken_by,taken_on,expires_on';
  const report = await answer(`${columns}\nOLD,,,,,withdrawn,,,,\n`);
  expect(report).toMatchObject({ accepted: true, withdrawnCount: 1 });
});

test.each<[string, (list: string) => string, string | null, string]>([
  ['an unknown code', (list) => list.replace('a-1,', 'z-9,'), 'registry_code', 'unknown-code'],
  ['another word', (list) => list.replace(/(a-1.*complaint),/, '$1,ok'), 'answer', 'unknown-code'],
  [
    'nobody who took it',
    (list) => list.replace(/(a-1.*complaint),,,,,/, '$1,yes,ky,,2026-11-25,'),
    null,
    'contradiction',
  ],
  [
    'a day that is none',
    (list) => list.replace(/(a-1.*complaint),,,,,/, '$1,yes,ky,street-lawyer,soon,'),
    'taken_on',
    'malformed-value',
  ],
  [
    'an end that is no day, which must not become a consent without an end',
    (list) =>
      list.replace(/(a-1.*complaint),,,,,/, '$1,yes,ky,street-lawyer,2026-11-25,до конца года'),
    'expires_on',
    'malformed-value',
  ],
  [
    'a cell too many',
    (list) => list.replace(/(a-1.*complaint),,,,,/, '$1,yes,ky,street-lawyer,2026-11-25,,x'),
    null,
    'ragged-row',
  ],
  [
    'a cell too few',
    (list) => list.replace(/(a-1.*complaint),,,,,/, '$1,yes,ky,street-lawyer,2026-11-25'),
    null,
    'ragged-row',
  ],
  [
    'another level',
    (list) => list.replace(/(a-1,narrative),C2(.*complaint),,,,,/, `$1,C9$2,${YES}`),
    'level',
    'malformed-value',
  ],
  ['a column less', (list) => list.replace('answer,', ''), 'answer', 'missing-column'],
])('%s: the row is named, and no other row is taken either', async (_, change, column, rule) => {
  const { store, cases, list, answer } = await setUp();
  const filled = change(list).replace(/(Б-2.*complaint),,,,,/, '$1,withdrawn,,,,');
  const report = await answer(filled);
  expect(report).toMatchObject({ accepted: false, withdrawnCount: 0, packsToSupersede: [] });
  expect(report.problems).toContainEqual(expect.objectContaining({ column, rule }));
  expect(await store.find(cases[0]!.id)).toEqual(cases[0]);
});

test.each([
  ['withdrawn first', ['withdrawn,,,,', YES]],
  ['withdrawn last', [YES, 'withdrawn,,,,']],
  ['withdrawn twice', ['withdrawn,,,,', 'withdrawn,,,,']],
])('%s: no other row may answer for a case that is withdrawn', async (_, answers) => {
  const { store, cases, list, answer } = await setUp();
  const [header] = list.split('\r\n');
  const rows = answers.map((one) => `Б-2,narrative,C2,ministry,complaint,${one}`);
  const report = await answer([header, ...rows, ''].join('\r\n'));
  expect(report).toMatchObject({ accepted: false, problemCount: 1 });
  expect(report.problems).toContainEqual(
    expect.objectContaining({ row: 3, rule: 'duplicate-in-file' }),
  );
  expect(await store.find(cases[0]!.id)).toEqual(cases[0]);
});

test('one thing asked twice is refused, in whatever letters; narrative and media go together', async () => {
  const { store, cases, list, answer } = await setUp();
  const [header] = list.split('\r\n');
  const row = (about: string) => `a-1,${about},C2,ministry,complaint,${YES}`;
  const twice = await answer([header, row('narrative'), row('Narrative'), ''].join('\r\n'));
  expect(twice.problems).toContainEqual(expect.objectContaining({ rule: 'duplicate-in-file' }));
  const both = await answer([header, row('narrative'), row('media'), ''].join('\r\n'));
  expect(both).toMatchObject({ accepted: true, agreedCount: 2 });
  const { consent } = await store.find(cases[2]!.id);
  expect([consent.narrative.level, consent.media.level]).toEqual(['C2', 'C2']);
});

test('a formula that was never computed is no empty end of a consent', async () => {
  const { store, cases, list, answer } = await setUp();
  const header = list.replace('\uFEFF', '').split('\r\n')[0]!.split(',');
  const cells = ['a-1', 'narrative', 'C2', 'ministry', 'complaint', ...YES.split(',').slice(0, 4)];
  const formula = '<c><f>EDATE(I2,12)</f></c></row>';
  const rows = [textRow(1, header), textRow(2, cells).replace('</row>', formula)];
  const report = await answer(aWorkbook(rows.join('')));
  expect(report.problems).toContainEqual(
    expect.objectContaining({ row: 2, column: 'expires_on', rule: 'untrusted-value' }),
  );
  expect(await store.find(cases[2]!.id)).toEqual(cases[2]);
});
