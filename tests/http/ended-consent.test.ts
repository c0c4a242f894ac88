import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleLetter } from '../../scripts/sample/pack-order.ts';
import { NO_CONSENT } from '../../server/cases/consent/consent.ts';
import type { House } from '../../server/compose.ts';
import type { OpenHouse } from '../../server/composition/compose-open.ts';
import { sha256 } from '../../server/kernel/digest.ts';
import { systemRandom } from '../../server/kernel/ids.ts';
import { commitItems } from '../../server/packs/commit-items.ts';
import { aCase, aConsent } from '../builders/case.ts';
import { createHttpClient, type HttpClient, listen } from '../builders/http-client.ts';
import { openHouse } from '../builders/open-house.ts';
import { aPackRecipe } from '../builders/pack-recipe.ts';
import { aSealedPack, type SealedForTest } from '../builders/sealed-pack.ts';
import { aSmallPdf } from '../builders/small-pdf.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

// A sealed pack leaves only while everybody in it agrees, by whatever door.

const password = 'correct horse battery';
const counted = aCase();
let house: House;
let open: OpenHouse;
let stop: () => Promise<void>;
let lawyer: HttpClient;
let pack: SealedForTest;

beforeAll(async () => {
  ({ house, open } = await openHouse({ dataDir: temporaryFolder() }));
  pack = await aSealedPack({ payload: { 'data/letter/complaint.ru.pdf': aSmallPdf('letter') } });
  const { id: blob } = await open.blobs.put([pack.zip]);
  const files = await Promise.all(
    pack.draft.files.map(async (file) => ({
      ...file,
      blob: (await open.blobs.put([pack.bag.get(file.path)!])).id,
    })),
  );
  const item = { class: 'source-case' as const, sha256: sha256('the case'), bytes: 8 };
  const ofCase = { source: `case/${counted.id}`, item, path: null };
  const { salted, commitments: withheld } = commitItems([ofCase], systemRandom);
  const commitments = [...pack.draft.commitments, ...withheld];
  await open.packs.addDraft({ ...pack.draft, files, commitments, recipe: aPackRecipe() }, salted);
  await open.packs.saveSealed({ ...pack.sealed, blob });
  await house.addUser({ login: 'lawyer', role: 'lawyer', password });
  const listening = await listen(house);
  stop = listening.stop;
  lawyer = createHttpClient(listening.url);
  await lawyer.signIn('lawyer', password);
});
afterAll(async () => {
  await stop?.();
  await house?.close();
});

const consents = (narrative = aConsent()) => ({ consent: { narrative, media: NO_CONSENT } });
const by = { role: 'lawyer', reason: null };
const sent = async () =>
  (await (
    await lawyer.send('POST', `/api/v1/packs/${pack.id}/submissions`, {
      sentOn: '2026-11-25',
      by: 'hand',
    })
  ).json()) as { id: string; warning: string | null };
const auditorFile = () =>
  open.makeAuditorFile(
    { pack: pack.id, recipients: [], readers: 'independent', ownersAgreed: false },
    'lawyer',
  );

const copy = {
  copy: 'a'.repeat(26),
  title: { ky: 'Көчө', ru: 'Улица', en: 'A street' },
};
async function preview(one: object) {
  const { letter } = await sampleLetter(new Date());
  const order = { recipient: 'ministry', letter, copies: [one] };
  return await lawyer.send('POST', '/api/v1/packs/preview', order);
}

test('an order that does not say whom a copy shows is refused, and one that says nobody is read', async () => {
  const unsaid = await preview(copy);
  expect(unsaid.status).toBe(400);
  expect(JSON.stringify(await unsaid.json())).toContain('copies.0.shows');
  expect((await preview({ ...copy, shows: [] })).status).toBe(200);
});

const evening = { date: '2026-03-03', from: '23:50', to: '24:00', site: 'bazar-1' };
const night = { ...evening, date: '2026-03-04', from: '00:00', to: '00:20' };

test.each<[string, object, number]>([
  ['one moment', evening, 200],
  ['a moment of each of two days', [evening, night], 200],
  ['past midnight in one', { ...evening, to: '00:20' }, 400],
  ['nothing at all', { ...evening, from: '24:00', to: '00:00' }, 400],
  ['no day of the calendar', { ...evening, date: '2026-02-30' }, 400],
  ['a site in other letters than cases name it in', { ...evening, site: 'Bazar-1' }, 400],
])('when a copy was filmed, %s: it is read or refused', async (_, filmed, status) => {
  expect((await preview({ ...copy, shows: [], filmed })).status).toBe(status);
});

test('once a consent ended nothing of the pack leaves, and a sending is recorded with a warning', async () => {
  await open.cases.insertAll([counted]);
  const at = `/api/v1/packs/${pack.id}`;
  const doors = ['/content', '/letters/ru'].map((door) => at + door);
  for (const door of doors) expect((await lawyer.get(door)).status).toBe(200);
  expect(await (await lawyer.get(at)).json()).toMatchObject({ consentEnded: false });
  // Asked before anything else is looked at: this pack has nothing for an auditor.
  await expect(auditorFile()).rejects.toMatchObject({ code: 'NOTHING_TO_OPEN' });
  expect(await sent()).toMatchObject({ warning: null });

  const opened = () => open.openItem.open(pack.id, `case/${counted.id}`, 'lawyer');
  expect((await opened()).opening).toBeDefined();

  await open.keepCases.edit(counted.id, 0, consents(NO_CONSENT), by);
  await expect(opened()).rejects.toMatchObject({ code: 'CONSENT_ENDED' });
  for (const door of doors) {
    const refused = await lawyer.get(door);
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ code: 'CONSENT_ENDED' });
  }
  expect(await (await lawyer.get(at)).json()).toMatchObject({ consentEnded: true });
  await expect(auditorFile()).rejects.toMatchObject({ code: 'CONSENT_ENDED' });
  await expect(open.sealPack(pack.id)).rejects.toMatchObject({ code: 'CONSENT_ENDED' });
  const late = await sent();
  expect(late.warning).toContain('cannot be called back');
  const { submissions } = (await (await lawyer.get(`${at}/submissions`)).json()) as {
    submissions: { id: string }[];
  };
  expect(submissions.map(({ id }) => id)).toContain(late.id);
});
