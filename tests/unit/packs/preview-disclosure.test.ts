import { expect, test } from 'vitest';
import { findMediaJoins, type MediaMoment } from '../../../server/cases/disclosure/media-joins.ts';
import type { Release } from '../../../server/cases/disclosure/release.ts';
import type { GatheredPack } from '../../../server/packs/gather-pack.ts';
import { createMomentsOfOrder } from '../../../server/packs/moments-of-order.ts';
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
const release = { cells: [], narratives: [], media: ['ab12', 'presence/earlier'] };
const earlier = [release as unknown as Release];
const momentsOfOrder = createMomentsOfOrder({
  ledger: { releases: async () => earlier },
  momentsOf: async (log) => logs[log]!,
});

test('cases of the day of a log or a clip are named, of earlier packs too', async () => {
  const day = (date: string) => aCase({ month: date.slice(0, 7), date });
  const [byLog, byEarlier, byClip, other] = [
    '2026-03-03',
    '2026-04-04',
    '2026-05-05',
    '2026-05-06',
  ].map(day);
  const selected = [byLog!, byEarlier!, byClip!, other!];
  const line = { ky: 'К', ru: 'К', en: 'C' };
  const order = await aPackOrder(now, {
    presence: { log: 'own', place: line },
    copies: [
      {
        copy: 'c',
        title: line,
        shows: [],
        filmed: { date: '2026-05-05', from: '14:00', to: '14:20', site: null },
      },
      { copy: 'd', title: line, shows: [] },
    ],
  });
  const gathered = {
    counted: { selected, leftOut: [] },
    cells: [],
    cases: [],
    media: [],
    presence: null,
  } as unknown as GatheredPack;
  const previewDisclosure = createPreviewDisclosure({
    disclosure: {
      check: async (checked) => ({ release: checked, earlier: 1, found: [], refusal: null }),
    },
    storiesOfFew: () => [],
    registryCodeOf: async () => 'none',
    mediaJoins: findMediaJoins,
    momentsOfOrder,
  });
  const { report } = await previewDisclosure(order, gathered, now);
  const named = { kind: 'case-beside-footage', moments: 1, fits: 1, told: false };
  expect(report.advice).toMatchObject([
    { ...named, case: byLog!.registryCode, medium: 'presence', date: '2026-03-03' },
    { ...named, case: byEarlier!.registryCode, medium: 'presence', date: '2026-04-04' },
    { ...named, case: byClip!.registryCode, medium: 'clip', from: '14:00', to: '14:20' },
  ]);
});
