import { describe, expect, test } from 'vitest';
import { createSqliteCases } from '../../server/adapters/sqlite/sqlite-cases.ts';
import { DEFAULT_CODE_LISTS as lists } from '../../server/cases/codes/code-lists.ts';
import type { CaseStore } from '../../server/cases/ports.ts';
import { type CaseFilter, matchesFilter } from '../../server/cases/registry/case-filter.ts';
import type { CaseEvent } from '../../server/cases/registry/case-history.ts';
import { newId } from '../../server/kernel/ids.ts';
import { aCase, aConsent } from '../builders/case.ts';
import { openCasesDatabase } from '../builders/cases-database.ts';
import { createMemoryCases } from '../fakes/memory-cases.ts';
import { createPlainVault } from '../fakes/plain-vault.ts';

const STORES: Record<string, () => Promise<CaseStore>> = {
  memory: async () => createMemoryCases({ lists }),
  sqlite: async () => {
    const { db } = await openCasesDatabase();
    return createSqliteCases({ db, ...createPlainVault(), lists });
  },
};

const rich = () =>
  aCase({
    registryCode: 'Ош-17/А',
    month: '2021-10',
    date: '2021-10-14',
    oblast: 'osh',
    district: 'uzgen',
    site: 'osh-1',
    nearOstSite: 'yes',
    populations: ['pwid', 'plhiv'],
    perpetrators: ['police-plainclothes', 'police-district'],
    acts: ['vehicle-confinement', 'beating', 'threat'],
    durationMinutes: 0,
    response: 'consultation',
    services: ['legal-advice', 'know-your-rights'],
    ageGroup: '25-34',
    gender: 'woman',
    narrative: { ky: 'Өзгөчө «окуя»', ru: 'Рассказ\nв две строки' },
    consent: {
      narrative: aConsent({ level: 'C2', recipient: 'ministry', expiresOn: '2030-01-01' }),
      media: aConsent({ level: 'C3', recipient: 'court' }),
    },
  });

const sample = () => [
  aCase({ month: '2020-01', perpetrators: ['health-worker'], acts: ['denial-of-service'] }),
  aCase({ month: '2020-06', site: 'chuy-1', nearOstSite: 'yes', acts: ['threat', 'beating'] }),
  aCase({ month: '2020-07', site: 'chuy-2', nearOstSite: 'yes' }),
  aCase({ month: '2020-07', perpetrators: ['family', 'police-patrol'] }),
  aCase({ month: '2021-01', consent: { narrative: aConsent({ level: 'C0' }), media: aConsent() } }),
  aCase({ month: '2021-02', consent: { narrative: aConsent({ level: 'C3' }), media: aConsent() } }),
  rich(),
];

describe.each(Object.keys(STORES))('a case store: %s', (name) => {
  const open = () => STORES[name]!();

  test('gives back what it was given', async () => {
    const store = await open();
    const record = rich();
    await store.insertAll([aCase(), record, aCase()]);
    expect(await store.find(record.id)).toEqual(record);
  });

  test.each<[string, CaseFilter, number]>([
    ['everything', {}, 7],
    ['a period, both ends included', { fromMonth: '2020-06', toMonth: '2020-07' }, 3],
    ['a site', { sites: ['chuy-1'] }, 1],
    ['any of several sites', { sites: ['chuy-1', 'chuy-2', 'nowhere'] }, 2],
    ['a perpetrator who is not the first', { perpetrators: ['police-patrol'] }, 1],
    ['an act', { acts: ['beating'] }, 2],
    ['law enforcement', { lawEnforcement: true }, 6],
    ['no law enforcement', { lawEnforcement: false }, 1],
    ['an oblast', { oblasts: ['osh'] }, 1],
    ['a district', { districts: ['uzgen', 'nowhere'] }, 1],
    ['a population that is not the primary one', { populations: ['plhiv'] }, 1],
    ['a service', { services: ['know-your-rights'] }, 1],
    ['readiness', { readiness: ['unknown'] }, 7],
    ['a registry code', { registryCode: 'ош-17/а ' }, 1],
    ['near a site', { nearOstSite: 'yes' }, 3],
    ['consent', { minimumConsent: 'C2' }, 2],
    [
      'all at once',
      { lawEnforcement: true, acts: ['threat'], fromMonth: '2021-02', minimumConsent: 'C2' },
      2,
    ],
    ['nothing', { acts: [] }, 0],
  ])('finds %s', async (_, filter, expected) => {
    const store = await open();
    const all = sample();
    await store.insertAll(all);
    const { cases } = await store.page({ filter, limit: 100 });
    const meant = all.filter((record) => matchesFilter(record, filter, lists));
    expect(cases).toHaveLength(expected);
    expect(new Set(cases.map((one) => one.id))).toEqual(new Set(meant.map((one) => one.id)));
    expect(await store.count(filter)).toBe(expected);
  });

  test('pages through all cases once, in the order of months', async () => {
    const store = await open();
    const all = Array.from({ length: 23 }, (_, i) => aCase({ month: `2020-0${1 + (i % 4)}` }));
    await store.insertAll(all);
    const seen: string[] = [];
    const months: string[] = [];
    let after: string | undefined;
    let pages = 0;
    do {
      const page = await store.page({ filter: {}, limit: 5, ...(after && { after }) });
      seen.push(...page.cases.map((one) => one.id));
      months.push(...page.cases.map((one) => one.month));
      after = page.next ?? undefined;
      pages++;
    } while (after !== undefined);
    expect(pages).toBe(5);
    expect(seen.toSorted()).toEqual(all.map((one) => one.id).toSorted());
    expect(months).toEqual(months.toSorted());
  });

  test('an exact last page has no next', async () => {
    const store = await open();
    await store.insertAll([aCase(), aCase()]);
    expect((await store.page({ filter: {}, limit: 2 })).next).toBeNull();
  });

  test('adds all or nothing, and no registry code twice', async () => {
    const store = await open();
    await store.insertAll([aCase({ registryCode: 'Б-1' })]);
    const batch = Array.from({ length: 1_200 }, () => aCase());
    const taken = store.insertAll([...batch, aCase({ registryCode: 'б-1 ' })]);
    await expect(taken).rejects.toMatchObject({ code: 'REGISTRY_CODE_TAKEN' });
    const twice = store.insertAll([aCase({ registryCode: 'x' }), aCase({ registryCode: 'X' })]);
    await expect(twice).rejects.toMatchObject({ code: 'REGISTRY_CODE_TAKEN' });
    expect(await store.count({})).toBe(1);
  });

  test('knows registry codes whatever their letter case', async () => {
    const store = await open();
    await store.insertAll([aCase({ registryCode: 'Бишкек-7' }), aCase({ registryCode: 'q' })]);
    const known = await store.knownRegistryCodes(['БИШКЕК-7', 'q', 'r']);
    expect(known).toEqual(new Set(['БИШКЕК-7', 'q']));
    expect(await store.knownRegistryCodes([])).toEqual(new Set());
  });

  test('keeps the latest decisions on a narrative', async () => {
    const store = await open();
    const record = rich();
    await store.insertAll([record]);
    expect(await store.decisionsOf(record.id)).toEqual([]);
    const decision = {
      language: 'ky' as const,
      start: 0,
      end: 6,
      surface: 'Өзгөчө',
      verdict: 'keep' as const,
      reason: 'an ordinary word',
      byRole: 'lawyer',
      decidedAt: '2026-11-23T10:15:00Z',
    };
    await store.saveDecisions(record.id, [decision]);
    await store.saveDecisions(record.id, [decision, { ...decision, verdict: 'change' }]);
    expect(await store.decisionsOf(record.id)).toEqual([
      decision,
      { ...decision, verdict: 'change' },
    ]);
    expect(await store.find(record.id)).toEqual(record);
  });

  test('a case is replaced together with an entry in its history', async () => {
    const store = await open();
    const record = rich();
    await store.insertAll([record, aCase({ registryCode: 'taken' })]);
    expect(await store.historyOf(record.id)).toEqual([]);
    const event: CaseEvent = {
      kind: 'edited',
      at: '2026-11-27T10:00:00Z',
      role: 'lawyer',
      reason: 'Опечатка',
      before: { acts: record.acts, narrative: record.narrative },
    };
    const changed = { ...record, registryCode: 'new', acts: ['threat'], services: [], site: null };
    expect(await store.replaceAll([{ record: changed, after: 1, event }])).toBe(false);
    expect(await store.find(record.id)).toEqual(record);
    expect(await store.replaceAll([{ record: changed, after: 0, event }])).toBe(true);
    expect(await store.find(record.id)).toEqual(changed);
    expect(await store.count({ acts: ['beating'] })).toBe(0);
    expect(await store.count({ sites: ['osh-1'] })).toBe(0);
    expect(await store.findByRegistryCode('NEW')).toEqual(changed);
    expect(await store.findByRegistryCode(record.registryCode)).toBeNull();
    const second = { ...event, kind: 'consent' as const };
    expect(await store.replaceAll([{ record, after: 1, event: second }])).toBe(true);
    expect(await store.historyOf(record.id)).toEqual([event, second]);
    const takes = { ...record, registryCode: 'TAKEN' };
    const taken = store.replaceAll([{ record: takes, after: 2, event }]);
    await expect(taken).rejects.toMatchObject({ code: 'REGISTRY_CODE_TAKEN' });
    expect(await store.historyOf(record.id)).toHaveLength(2);
  });

  test('many cases are replaced, or none of them', async () => {
    const store = await open();
    const [first, second] = [aCase(), aCase({ registryCode: 'taken' })];
    const event: CaseEvent = {
      kind: 'entered',
      at: '2026-11-27T10:00:00Z',
      role: 'lawyer',
      reason: null,
      before: {},
    };
    await store.insertAll([first, second], event);
    expect(await store.historyOf(second.id)).toEqual([event]);
    const change = { record: { ...first, place: 'home' }, after: 1, event };
    const other = { record: { ...second, place: 'home' }, after: 0, event };
    expect(await store.replaceAll([change, other])).toBe(false);
    const record = { ...first, registryCode: 'Taken' };
    const taken = store.replaceAll([
      { ...other, after: 1 },
      { ...change, record },
    ]);
    await expect(taken).rejects.toMatchObject({ code: 'REGISTRY_CODE_TAKEN' });
    const gone = store.replaceAll([change, { ...change, record: aCase() }]);
    await expect(gone).rejects.toMatchObject({ code: 'CASE_UNKNOWN' });
    for (const one of [first, second]) {
      expect(await store.find(one.id)).toEqual(one);
      expect(await store.historyOf(one.id)).toHaveLength(1);
    }
    expect(await store.replaceAll([change, { ...other, after: 1 }])).toBe(true);
    expect((await store.find(second.id)).place).toBe('home');
    expect(await store.replaceAll([])).toBe(true);
  });

  test('says when a case is not there', async () => {
    const store = await open();
    const unknown = { code: 'CASE_UNKNOWN' };
    await expect(store.find(newId())).rejects.toMatchObject(unknown);
    await expect(store.decisionsOf(newId())).rejects.toMatchObject(unknown);
    await expect(store.saveDecisions(newId(), [])).rejects.toMatchObject(unknown);
    await expect(store.historyOf(newId())).rejects.toMatchObject(unknown);
  });
});
