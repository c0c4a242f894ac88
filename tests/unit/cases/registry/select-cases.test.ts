import { expect, test } from 'vitest';
import { DEFAULT_CODE_LISTS as lists } from '../../../../server/cases/codes/code-lists.ts';
import type { Consent } from '../../../../server/cases/consent/consent.ts';
import { createSelectCases } from '../../../../server/cases/registry/select-cases.ts';
import { aCase, aConsent } from '../../../builders/case.ts';
import { createMemoryCases } from '../../../fakes/memory-cases.ts';

const at = new Date('2026-11-23T10:15:00Z');
const told: Partial<Consent> = { level: 'C2', recipient: 'ministry', purpose: 'complaint' };

async function select(
  consent: Partial<Consent>,
  request: { purpose: 'counted' | 'narrative'; recipient?: string; use?: string; at?: Date },
) {
  const store = createMemoryCases({ lists });
  const record = aCase({ consent: { narrative: aConsent(consent), media: aConsent(told) } });
  await store.insertAll([record]);
  const selectCases = createSelectCases({ store });
  const result = await selectCases({ filter: {}, recipient: 'ministry', at, ...request });
  expect(result.selected.length + result.leftOut.length).toBe(1);
  return result.leftOut[0]?.reason ?? 'selected';
}

test.each<[string, Partial<Consent>, Parameters<typeof select>[1], string]>([
  ['C0 is not counted', { level: 'C0' }, { purpose: 'counted' }, 'consent-level'],
  ['C1 is counted', {}, { purpose: 'counted' }, 'selected'],
  ['C1 tells no story', {}, { purpose: 'narrative' }, 'consent-level'],
  ['C2 tells one', told, { purpose: 'narrative' }, 'selected'],
  ['C2 is counted too', told, { purpose: 'counted' }, 'selected'],
  ['C3 includes C2', { ...told, level: 'C3' }, { purpose: 'narrative' }, 'selected'],
  ['not to another body', told, { purpose: 'narrative', recipient: 'court' }, 'other-recipient'],
  ['nor counted for it', told, { purpose: 'counted', recipient: 'court' }, 'other-recipient'],
  ['not for another use', told, { purpose: 'narrative', use: 'publication' }, 'other-purpose'],
  [
    'a story for nobody in particular',
    { ...told, recipient: null },
    { purpose: 'narrative' },
    'other-recipient',
  ],
  [
    'a story for no use in particular',
    { ...told, purpose: null },
    { purpose: 'narrative' },
    'other-purpose',
  ],
  ['nobody took it', { ...told, takenBy: null }, { purpose: 'counted' }, 'no-basis'],
  ['on no day', { takenOn: null }, { purpose: 'counted' }, 'no-basis'],
  ['taken after the use', { takenOn: '2026-11-24' }, { purpose: 'counted' }, 'no-basis'],
  ['its last day', { expiresOn: '2026-11-23' }, { purpose: 'counted' }, 'selected'],
  ['the day after', { expiresOn: '2026-11-22' }, { purpose: 'counted' }, 'expired'],
  [
    'that day ends in Bishkek, not in London',
    { expiresOn: '2026-11-23' },
    { purpose: 'counted', at: new Date('2026-11-23T18:00:00Z') },
    'expired',
  ],
])('%s', async (_, consent, request, expected) => {
  expect(await select(consent, request)).toBe(expected);
});

test('the filter holds, and every page is read', async () => {
  const store = createMemoryCases({ lists });
  const consents = { narrative: aConsent({ level: 'C0' }), media: aConsent() };
  await store.insertAll([
    ...Array.from({ length: 2_300 }, (_, i) => aCase(i % 2 === 0 ? {} : { consent: consents })),
    aCase({ month: '2019-05' }),
  ]);
  const selectCases = createSelectCases({ store });
  const filter = { fromMonth: '2020-01' };
  const result = await selectCases({ filter, purpose: 'counted', recipient: 'ministry', at });
  expect(result.selected).toHaveLength(1_150);
  expect(result.leftOut).toHaveLength(1_150);
});
