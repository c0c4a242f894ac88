import { beforeEach, expect, test } from 'vitest';
import { DEFAULT_CODE_LISTS as lists } from '../../../server/cases/codes/code-lists.ts';
import { NO_CONSENT } from '../../../server/cases/consent/consent.ts';
import { createConsentsHold } from '../../../server/cases/consent/consents-hold.ts';
import { createKeepCases } from '../../../server/cases/registry/keep-cases.ts';
import type { Recording, RedactedCopy } from '../../../server/footage/recording.ts';
import type { PackDraft } from '../../../server/packs/pack-draft.ts';
import { createRefuseEndedConsent } from '../../../server/packs/refuse-ended-consent.ts';
import { aCase, aConsent } from '../../builders/case.ts';
import { createMemoryCases } from '../../fakes/memory-cases.ts';

const by = { role: 'lawyer', reason: null };
let now: Date;
let owner: Recording['ownerConsent'];
const clock = { now: () => now };
const agreed = (changes = {}) => ({ narrative: aConsent(changes), media: NO_CONSENT });
const counted = aCase({ consent: agreed({ level: 'C1', expiresOn: '2026-11-30' }) });
const told = aCase({
  consent: agreed({ level: 'C2', recipient: 'ministry', purpose: 'complaint' }),
});
const shown = aCase({
  consent: {
    narrative: aConsent(),
    media: aConsent({ level: 'C3', recipient: 'ministry', purpose: 'complaint' }),
  },
});
const draft = {
  commitments: [
    { source: `case/${counted.id}`, leaf: '', path: null },
    { source: `case/${told.id}`, leaf: '', path: null },
    { source: 'recording/r', leaf: '', path: null },
  ],
  recipe: {
    order: {
      recipient: 'ministry',
      use: 'complaint',
      narratives: [{ case: told.id, attributes: [] }],
      copies: [{ copy: 'c', shows: [shown.id] }],
    },
  },
} as unknown as PackDraft;

async function setUp() {
  const cases = createMemoryCases({ lists });
  await cases.insertAll([counted, told, shown]);
  const refuse = createRefuseEndedConsent({
    consentsHold: createConsentsHold({ store: cases }),
    recordings: {
      copy: async () => ({ recording: 'r' }) as RedactedCopy,
      recording: async () => ({ ownerConsent: owner }) as Recording,
    },
    clock,
  });
  return { cases, keep: createKeepCases({ store: cases, lists, clock }), refuse };
}
beforeEach(() => {
  now = new Date('2026-11-27T10:15:00Z');
  owner = { takenOn: '2026-11-01', expiresOn: '2026-11-30' } as Recording['ownerConsent'];
});
const ended = { code: 'CONSENT_ENDED' };

test('a draft whose consents still hold is let through', async () => {
  const { refuse } = await setUp();
  expect(await refuse(draft)).toBeUndefined();
});

test('a counted case that was withdrawn, or whose consent ended, is refused', async () => {
  const { keep, refuse } = await setUp();
  const consent = { narrative: NO_CONSENT, media: NO_CONSENT };
  await keep.edit(counted.id, 0, { consent }, by);
  await expect(refuse(draft)).rejects.toMatchObject(ended);
  const { refuse: later } = await setUp();
  // In Bishkek the first of December has begun.
  now = new Date('2026-11-30T18:00:00Z');
  owner = { ...owner!, expiresOn: null };
  await expect(later(draft)).rejects.toMatchObject(ended);
});

test('a story may not be told when its case may only be counted by now', async () => {
  const { keep, refuse } = await setUp();
  await keep.edit(told.id, 0, { consent: agreed({ level: 'C1' }) }, by);
  await expect(refuse(draft)).rejects.toMatchObject(ended);
});

test('a person who agrees to footage of them no longer is shown no longer', async () => {
  const { keep, refuse } = await setUp();
  const consent = { narrative: aConsent(), media: NO_CONSENT };
  await keep.edit(shown.id, 0, { consent }, by);
  await expect(refuse(draft)).rejects.toMatchObject(ended);
});

test('a case that is gone, an owner who agrees no longer, and a draft that names nothing', async () => {
  const { cases, refuse } = await setUp();
  const { recipe: _recipe, ...bare } = draft;
  await expect(refuse(bare)).rejects.toMatchObject(ended);
  owner = { ...owner!, expiresOn: '2026-11-26' };
  await expect(refuse(draft)).rejects.toMatchObject(ended);
  owner = null;
  await expect(refuse(draft)).rejects.toMatchObject(ended);
  owner = { takenOn: '2026-11-01', expiresOn: null } as Recording['ownerConsent'];
  cases.remove(counted.id);
  await expect(refuse(draft)).rejects.toMatchObject(ended);
});
