import { expect, test } from 'vitest';
import { DEFAULT_CODE_LISTS as lists } from '../../../../server/cases/codes/code-lists.ts';
import { NO_CONSENT } from '../../../../server/cases/consent/consent.ts';
import type { CaseUse } from '../../../../server/cases/consent/consents-hold.ts';
import { createListLostPacks } from '../../../../server/cases/consent/list-lost-packs.ts';
import { aCase, aConsent } from '../../../builders/case.ts';
import { createMemoryCases } from '../../../fakes/memory-cases.ts';

const clock = { now: () => new Date('2026-11-27T19:00:00Z') };

async function setUp() {
  const store = createMemoryCases({ lists });
  const told = { level: 'C2', recipient: 'ministry', purpose: 'complaint' } as const;
  const cases = [
    aCase({ consent: { narrative: aConsent({ ...told, expiresOn: null }), media: NO_CONSENT } }),
    aCase({
      consent: { narrative: aConsent({ ...told, expiresOn: '2026-12-31' }), media: NO_CONSENT },
    }),
    aCase({ consent: { narrative: NO_CONSENT, media: NO_CONSENT } }),
  ];
  await store.insertAll(cases);
  const pack = (
    name: string,
    purpose: CaseUse['purpose'],
    of: readonly string[],
    sent = false,
  ) => ({
    pack: name,
    recipient: 'ministry',
    use: 'complaint',
    sent,
    uses: of.map((id) => ({ case: id, purpose })),
  });
  const [lasting, ending, none] = cases.map(({ id }) => id);
  const packs = [
    pack('EP-lasting', 'narrative', [lasting!]),
    pack('EP-ending', 'narrative', [lasting!, ending!], true),
    pack('EP-withdrawn', 'counted', [none!, lasting!]),
    pack('EP-footage', 'footage', [lasting!]),
    pack('EP-gone', 'counted', ['taken-out-since']),
  ];
  return createListLostPacks({ packUses: async () => packs, store, clock });
}

test('a pack is named from the day on which a consent has ended by itself', async () => {
  const listLostPacks = await setUp();
  const names = async (on?: string) => (await listLostPacks(on)).map(({ pack }) => pack);
  const lost = ['EP-withdrawn', 'EP-footage', 'EP-gone'];
  expect(await names()).toEqual(lost);
  expect(await names('2026-12-30')).toEqual(lost);
  expect(await names('2027-01-01')).toEqual(['EP-ending', ...lost]);
  expect((await listLostPacks('2027-01-01'))[0]).toEqual({
    pack: 'EP-ending',
    cases: 1,
    sent: true,
  });
});
