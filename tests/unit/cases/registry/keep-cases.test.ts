import { describe, expect, test } from 'vitest';
import type { Approval } from '../../../../server/cases/anonymise/ports.ts';
import type { CaseRecord } from '../../../../server/cases/case.ts';
import { DEFAULT_CODE_LISTS as lists } from '../../../../server/cases/codes/code-lists.ts';
import { NO_CONSENT } from '../../../../server/cases/consent/consent.ts';
import { createTellJourney } from '../../../../server/cases/registry/case-journey.ts';
import { createKeepCases } from '../../../../server/cases/registry/keep-cases.ts';
import { sha256 } from '../../../../server/kernel/digest.ts';
import { aCase, aConsent } from '../../../builders/case.ts';
import { createMemoryCases } from '../../../fakes/memory-cases.ts';

const clock = { now: () => new Date('2026-11-27T10:15:00Z') };
const by = { role: 'lawyer', reason: 'Уточнено' };

function setUp() {
  const store = createMemoryCases({ lists });
  return { store, keep: createKeepCases({ store, lists, clock }) };
}

test('a case is entered, changed, and its history tells what it was', async () => {
  const { store, keep } = setUp();
  const { id: _id, ...typed } = aCase({ narrative: { ru: 'Как было' }, acts: ['threat'] });
  const { id } = await keep.enter(typed, by);
  const changes = { acts: ['beating'], narrative: { ru: 'Как стало' } };
  await keep.edit(id, 1, changes, by);
  expect(await store.find(id)).toMatchObject(changes);
  expect(await store.historyOf(id)).toEqual([
    { kind: 'entered', at: '2026-11-27T10:15:00Z', ...by, before: {} },
    {
      kind: 'edited',
      at: '2026-11-27T10:15:00Z',
      ...by,
      before: { acts: ['threat'], narrative: { ru: 'Как было' } },
    },
  ]);
});

test('who changes a case that somebody else changed meanwhile is told, and nothing is lost', async () => {
  const { store, keep } = setUp();
  const record = aCase();
  await store.insertAll([record]);
  await keep.edit(record.id, 0, { place: 'vehicle' }, by);
  const late = keep.edit(record.id, 0, { place: 'home' }, by);
  await expect(late).rejects.toMatchObject({ code: 'CASE_CHANGED' });
  expect((await store.find(record.id)).place).toBe('vehicle');
});

test('what changes nothing leaves no entry', async () => {
  const { store, keep } = setUp();
  const record = aCase();
  await store.insertAll([record]);
  await keep.edit(record.id, 0, { acts: [...record.acts] }, by);
  expect(await store.historyOf(record.id)).toEqual([]);
});

describe('a case is as strict as a row of a table', () => {
  test.each<[string, Partial<CaseRecord>, RegExp]>([
    ['an unknown code', { acts: ['hex'] }, /acts \(not in the list act\)/],
    ['an unknown service', { services: ['hex'] }, /services/],
    ['a district elsewhere', { oblast: 'osh', district: 'sokuluk' }, /district \(in another/],
    ['a month to come', { month: '2026-12' }, /month \(/],
    ['a day to come', { month: '2026-11', date: '2026-11-28' }, /date \(/],
    ['a day of another month', { date: '2021-04-01' }, /date \(/],
    ['a site that is not near', { site: 'a-1', nearOstSite: 'no' }, /nearOstSite/],
    ['a primary group that is not among the groups', { populations: ['sw'] }, /populations/],
    [
      'consent without a basis',
      { consent: { narrative: aConsent({ takenOn: null }), media: NO_CONSENT } },
      /consent\.narrative \(a level needs/,
    ],
    [
      'C2 for nobody',
      { consent: { narrative: NO_CONSENT, media: aConsent({ level: 'C2' }) } },
      /consent\.media \(C2 and C3/,
    ],
    [
      'consent of tomorrow',
      { consent: { narrative: aConsent({ takenOn: '2026-11-28' }), media: NO_CONSENT } },
      /in the future/,
    ],
  ])('%s', async (_, changes, message) => {
    const { store, keep } = setUp();
    const { id: _id, ...typed } = aCase(changes);
    await expect(keep.enter(typed, by)).rejects.toThrow(message);
    expect(await store.count({})).toBe(0);
    const record = aCase({ month: '2021-03' });
    await store.insertAll([record]);
    await expect(keep.edit(record.id, 0, changes, by)).rejects.toMatchObject({
      code: 'CASE_INVALID',
    });
    expect(await store.find(record.id)).toEqual(record);
  });
});

test('what one consent names, and is retired, is not given to another; facts share theirs', async () => {
  const gone = (name: 'recipient' | 'population', code: string) =>
    lists[name].map((one) => (one.code === code ? { ...one, retired: true as const } : one));
  const store = createMemoryCases({ lists });
  const recipient = gone('recipient', 'ministry');
  const population = gone('population', 'sw');
  const keep = createKeepCases({ store, lists: { ...lists, recipient, population }, clock });
  const named = aConsent({ level: 'C2', recipient: 'ministry', purpose: 'complaint' });
  const record = aCase({
    populations: ['pwid', 'sw'],
    consent: { narrative: named, media: NO_CONSENT },
  });
  await store.insertAll([record]);
  const media = keep.edit(record.id, 0, { consent: { narrative: named, media: named } }, by);
  await expect(media).rejects.toThrow(/consent\.media\.recipient \(retired/);
  const longer = { ...named, expiresOn: '2027-03-01' };
  const consent = { narrative: longer, media: NO_CONSENT };
  expect(await keep.edit(record.id, 0, { consent }, by)).toMatchObject({ consent });
  const primaryPopulation = 'sw';
  expect(await keep.edit(record.id, 1, { primaryPopulation }, by)).toMatchObject({
    primaryPopulation,
  });
});

test('the journey of a case is told from what happened to it', async () => {
  const { store, keep } = setUp();
  const record = aCase();
  await store.insertAll([record, aCase()]);
  await keep.edit(record.id, 0, { readiness: 'prepared' }, by);
  const release = {
    releasedAt: '2026-11-28T00:00:00Z',
    recipient: 'ministry',
    scope: 's',
    media: [],
    narratives: [{ case: record.id, sha256: '0'.repeat(64) }],
    cells: [],
  };
  const decision = {
    language: 'ru' as const,
    start: 0,
    end: 1,
    surface: 'Р',
    verdict: 'keep' as const,
    reason: 'an ordinary word',
  };
  // In the order of places in the text, not of time.
  await store.saveDecisions(record.id, [
    { ...decision, byRole: 'lawyer', decidedAt: '2026-11-27T11:00:00Z' },
    { ...decision, byRole: 'administrator', decidedAt: '2026-11-27T10:30:00Z' },
  ]);
  let approvals: readonly Approval[] = [];
  const tell = createTellJourney({
    store,
    reviews: { approvals: async () => approvals },
    importOf: async () => ({
      id: 'i',
      state: 'imported',
      startedAt: '2026-11-01T00:00:00Z',
      caseCount: 2,
      problemCount: 0,
    }),
    releases: async () => [
      { ...release, pack: 'EP-1' },
      { ...release, pack: 'EP-2', narratives: [] },
      {
        ...release,
        pack: 'EP-3',
        releasedAt: '2026-11-29T00:00:00Z',
        narratives: [],
        cells: [{ table: 'total', code: 'all', minimum: 5, cases: [record.id] }],
      },
    ],
  });
  const steps = await tell(record.id);
  expect(steps.map(({ stage, pack, fields }) => [stage, pack, fields])).toEqual([
    ['imported', null, []],
    ['edited', null, ['readiness']],
    ['reviewed', null, []],
    ['told', 'EP-1', []],
    ['counted', 'EP-3', []],
  ]);
  const reviewed = async () =>
    (await tell(record.id)).find(({ stage }) => stage === 'reviewed') ?? null;
  expect(await reviewed()).toMatchObject({ at: '2026-11-27T11:00:00Z', role: 'lawyer' });
  await store.saveDecisions(record.id, []);
  expect(await reviewed()).toBeNull();
  const reader = { user: 'u', role: 'second-reader' };
  const textsSha256 = sha256('the texts as they leave');
  approvals = [{ textsSha256, by: reader, at: '2026-11-27T12:00:00Z' }];
  expect(await reviewed()).toMatchObject({ at: '2026-11-27T12:00:00Z', role: 'second-reader' });
});
