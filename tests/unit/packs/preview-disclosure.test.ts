import { expect, test } from 'vitest';
import type { CaseRecord } from '../../../server/cases/case.ts';
import { findMediaJoins, type MediaMoment } from '../../../server/cases/disclosure/media-joins.ts';
import type { Release } from '../../../server/cases/disclosure/release.ts';
import { PackError } from '../../../server/packs/errors.ts';
import { createFindToldBesideFootage } from '../../../server/packs/find-told-beside-footage.ts';
import type { GatheredPack } from '../../../server/packs/gather-pack.ts';
import { createMomentsOfOrder } from '../../../server/packs/moments-of-order.ts';
import type { PackDraft } from '../../../server/packs/pack-draft.ts';
import type { FilmedMoment, PackOrder } from '../../../server/packs/pack-order.ts';
import { createPreviewDisclosure } from '../../../server/packs/preview-disclosure.ts';
import { aCase } from '../../builders/case.ts';
import { aPackOrder } from '../../builders/pack-order.ts';

// What footage of a pack, and of those before it, leads to.

const now = new Date('2026-11-23T10:15:00Z');
const at = (date: string): MediaMoment => {
  return { medium: 'presence', date, from: '08:00', to: '08:05', site: null };
};
const logs: Readonly<Record<string, MediaMoment[]>> = {
  own: [at('2026-03-03')],
  earlier: [at('2026-04-04')],
};
const line = { ky: 'К', ru: 'К', en: 'C' };
const copyOf = (copy: string, filmed?: FilmedMoment | FilmedMoment[]) => {
  return { copy, title: line, shows: [], ...(filmed === undefined ? {} : { filmed }) };
};
const clipOf = (date: string): FilmedMoment => ({ date, from: '14:00', to: '14:20', site: null });

async function previewOf(
  order: PackOrder,
  gathered: Pick<GatheredPack, 'counted' | 'cases'>,
  others: readonly CaseRecord[] = [],
) {
  const before = await aPackOrder(now, {
    copies: [copyOf('x', [clipOf('2026-06-06'), clipOf('2026-06-07')])],
  });
  const releases = [
    { pack: 'EP-1', cells: [], narratives: [], media: ['ab12', 'presence/earlier'] },
    { pack: 'EP-broken-off', cells: [], narratives: [], media: [] },
  ] as unknown as Release[];
  const caseOf = async (id: string) => others.find((one) => one.id === id)!;
  const momentsOfOrder = createMomentsOfOrder({
    ledger: { releases: async () => releases },
    packs: {
      draft: async (pack) => {
        if (pack === 'EP-1') return { recipe: { order: before } } as PackDraft;
        throw new PackError('PACK_UNKNOWN', 'There is none.');
      },
    },
    momentsOf: async (log) => logs[log]!,
  });
  const shared = { caseOf, momentsOfOrder, mediaJoins: findMediaJoins };
  const previewDisclosure = createPreviewDisclosure({
    disclosure: {
      check: async (checked) => ({ release: checked, earlier: 1, found: [], refusal: null }),
    },
    storiesOfFew: () => [],
    ...shared,
    toldBesideFootage: createFindToldBesideFootage(shared),
  });
  const whole = { cells: [], media: [], presence: null, ...gathered } as unknown as GatheredPack;
  const { report, refusal } = await previewDisclosure(order, whole, now);
  return { ...report, refusal };
}

test('cases of the day of a log or a clip are named, of earlier packs too', async () => {
  const day = (date: string) => aCase({ month: date.slice(0, 7), date });
  const dates = ['2026-03-03', '2026-04-04', '2026-05-05', '2026-06-07', '2026-05-06'];
  const selected = dates.map(day);
  const order = await aPackOrder(now, {
    presence: { log: 'own', place: line },
    copies: [
      copyOf('c', clipOf('2026-05-05')),
      copyOf('d'),
      // The same clip as in the earlier pack is one clip.
      copyOf('x', [clipOf('2026-06-06'), clipOf('2026-06-07')]),
    ],
  });
  const report = await previewOf(order, { counted: { selected, leftOut: [] }, cases: [] });
  const [byLog, byEarlier, byClip, byEarlierClip] = selected.map(
    ({ registryCode }) => registryCode,
  );
  const named = { kind: 'case-beside-footage', by: 'day', moments: 1, fits: 1, told: false };
  expect(report.advice).toMatchObject([
    { ...named, case: byLog, medium: 'presence', date: '2026-03-03' },
    { ...named, case: byEarlier, medium: 'presence', date: '2026-04-04' },
    { ...named, case: byClip, medium: 'clip', from: '14:00', to: '14:20' },
    { ...named, case: byEarlierClip, medium: 'clip', date: '2026-06-07' },
  ]);
  expect(report.joinCount).toBe(4);
});

test('a told story is judged by its month, and if it is not counted, too', async () => {
  const told = aCase({ month: '2026-06', date: null });
  const counted = aCase({ month: '2026-06', date: null });
  const cases = [{ id: told.id, month: told.month, published: { attributes: [], text: {} } }];
  const report = await previewOf(
    await aPackOrder(now),
    {
      counted: { selected: [counted], leftOut: [{ id: told.id, reason: 'would-stand-out' }] },
      cases: cases as unknown as GatheredPack['cases'],
    },
    [told],
  );
  const join = { kind: 'case-beside-footage', case: told.registryCode, by: 'month', told: true };
  expect(report.advice).toMatchObject([{ ...join, medium: 'clip', moments: 2, fits: 2 }]);
});

test('how many cases footage leads to is told even where not all are named', async () => {
  const selected = Array.from({ length: 120 }, () =>
    aCase({ month: '2026-04', date: '2026-04-04' }),
  );
  const report = await previewOf(await aPackOrder(now), {
    counted: { selected, leftOut: [] },
    cases: [],
  });
  expect(report.advice).toHaveLength(100);
  expect(report.joinCount).toBe(120);
});

test.each<[string, Partial<CaseRecord>, string | undefined, boolean, boolean]>([
  ['of another day of the month', { date: '2026-04-20' }, undefined, true, true],
  ['of a month alone', {}, undefined, true, true],
  ['with a reason', {}, 'She wants it told, and knows of the log.', true, false],
  ['of another month', { month: '2026-05' }, undefined, false, false],
  ['of the month of a clip, which is advice', { month: '2026-06' }, undefined, false, false],
])('a story %s beside the presence log of an earlier pack', async (...given) => {
  const [, changes, besideFootage, isFound, isRefused] = given;
  const told = aCase({ month: '2026-04', date: null, ...changes });
  const narratives = [
    { case: told.id, attributes: [], ...(besideFootage === undefined ? {} : { besideFootage }) },
  ];
  const { advice, refusal } = await previewOf(
    await aPackOrder(now, { narratives }),
    { counted: { selected: [], leftOut: [] }, cases: [] },
    [told],
  );
  const reason = besideFootage ?? null;
  const found = {
    kind: 'story-beside-footage',
    case: told.registryCode,
    month: told.month,
    reason,
  };
  expect(advice).toEqual(isFound ? [found] : []);
  expect(refusal?.code).toBe(isRefused ? 'TOLD_BESIDE_FOOTAGE' : undefined);
  if (isRefused) expect(refusal!.message).toContain('narratives.0');
  if (isRefused) expect(refusal!.message).not.toContain(told.registryCode);
});
