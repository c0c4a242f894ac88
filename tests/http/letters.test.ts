import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compose, type House } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import type { LetterModel } from '../../server/letters/letter-model.ts';
import { createHttpClient, type HttpClient, listen } from '../builders/http-client.ts';
import { aLetter, everywhere } from '../builders/letter.ts';
import { quartersPicture } from '../builders/still.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

// Writing letters by a client with nothing but HTTP. Nothing is printed, so no Chromium starts.

const folder = temporaryFolder();
const password = 'correct horse battery';
const keyFile = path.join(folder, 'vault.key');
let house: House;
let stop: () => Promise<void>;
let lawyer: HttpClient;

beforeAll(async () => {
  writeFileSync(keyFile, Buffer.alloc(32, 'key'));
  const config = readConfig({
    DALIL_DATA: path.join(folder, 'data'),
    DALIL_VAULT_KEYFILE: keyFile,
  });
  house = await compose(config, { clock: { now: () => new Date('2026-11-27T19:00:00Z') } });
  await house.addUser({ login: 'lawyer', role: 'lawyer', password });
  const listening = await listen(house);
  stop = listening.stop;
  lawyer = createHttpClient(listening.url);
  await lawyer.signIn('lawyer', password);
});
afterAll(async () => {
  await stop?.();
  await house?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Found {
  rule: string;
  severity: string;
  sentence: { ky: string; ru: string; en: string };
}
interface Preview {
  html: string;
  findings: Found[];
  unread: { digest: string; text: string }[];
}

const real = (): LetterModel =>
  aLetter((letter) => {
    letter.sample = false;
    letter.period = { from: '2022-01', to: '2022-12' };
    letter.narratives = [];
  });

async function answerOf<Answer>(response: Response, status = 200): Promise<Answer> {
  expect(response.status).toBe(status);
  return (await response.json()) as Answer;
}

const preview = async (letter: object) =>
  await answerOf<Preview>(await lawyer.send('POST', '/api/v1/letters/ru/preview', letter));

test('a draft becomes ready as grounds are confirmed and Kyrgyz texts are read', async () => {
  const seals = ({ findings }: Preview) =>
    findings.filter(({ severity }) => severity === 'seal').map(({ rule }) => rule);
  const before = await preview(real());
  expect(seals(before)).toContain('ground-unconfirmed');
  expect(before.html).toContain('DRAFT');
  expect(before.findings[0]!.sentence.ky).toMatch(/юрист ырастаган эмес/);

  const { grounds } = await answerOf<{ grounds: { id: string; digest: string; doubt: string }[] }>(
    await lawyer.get('/api/v1/letters/grounds'),
  );
  const confirm = (of: string, digests: string[]) =>
    lawyer.send('POST', '/api/v1/letters/confirmations', { of, digests, by: 'A. Reader' });
  const unknown = await confirm('ground', ['0'.repeat(64)]);
  expect(await answerOf(unknown, 422)).toMatchObject({ code: 'GROUND_UNKNOWN' });
  const given = await confirm(
    'ground',
    grounds.map(({ digest }) => digest),
  );
  // In Bishkek the day has changed already.
  expect(await answerOf(given)).toEqual({ confirmed: grounds.length, on: '2026-11-28' });
  const after = await answerOf<{ grounds: object[] }>(await lawyer.get('/api/v1/letters/grounds'));
  expect(after.grounds[0]).toMatchObject({
    doubt: null,
    confirmed: { by: 'A. Reader', on: '2026-11-28' },
  });

  const unread = await preview(real());
  expect(seals(unread)).toEqual(['kyrgyz-unread']);
  // The place of the presence log is a lawyer's own text: a digest of it proves no reading.
  const own = unread.unread.find(({ text }) => text === real().presence!.place.ky)!;
  const blind = await confirm('kyrgyz', [own.digest]);
  expect(await answerOf(blind, 422)).toMatchObject({ code: 'TEXT_UNKNOWN' });
  const read = (texts: string[]) =>
    lawyer.send('POST', '/api/v1/letters/confirmations', { of: 'kyrgyz', texts, by: 'A. Reader' });
  expect((await read([])).status).toBe(400);
  await answerOf(await read(unread.unread.map(({ text }) => text)));
  const ready = await preview(real());
  expect(seals(ready)).toEqual([]);
  expect(ready.html).not.toContain('DRAFT');

  // While the vault is locked nobody can know what was confirmed.
  await answerOf(await lawyer.send('DELETE', '/api/v1/vault'));
  expect(seals(await preview(real()))).toContain('ground-unconfirmed');
  const key = Buffer.alloc(32, 'key').toString('base64');
  await answerOf(await lawyer.send('POST', '/api/v1/vault', { keyFile: key }));
  expect(seals(await preview(real()))).toEqual([]);
});

test('a form has the clauses in their order, and the fields with what they say', async () => {
  interface Form {
    clauses: {
      index: number;
      use: string | null;
      stands: boolean;
      lacks: string[];
      reworded: boolean;
      text: string | null;
      words: { ky: string; ru: string; en: string } | null;
      usual: { ky: string; ru: string; en: string } | null;
    }[];
    fields: { name: string; kind: string; value: string }[];
    grounds: { id: string; index: number | null; doubt: string | null; reason: string | null }[];
    demands: { id: string | null; index: number | null; words: { ky: string; ru: string } }[];
    faults: string[];
  }
  const form = async (letter: LetterModel) =>
    await answerOf<Form>(await lawyer.send('POST', '/api/v1/letters/ru/form', letter));
  const usual = await form(real());
  const of = (use: string) => usual.clauses.find((one) => one.use === use)!;
  expect([of('facts.near').stands, of('facts.nearWithheld').stands]).toEqual([true, false]);
  expect([of('facts.near').lacks, of('facts.nearWithheld').lacks]).toEqual([[], ['near.withheld']]);
  expect(of('facts.near').text).toContain('{cases.nearOst}');
  expect(usual.fields).toContainEqual({
    name: 'cases.documented',
    kind: 'number',
    value: '1\u00a0300',
  });
  expect(usual.fields).toContainEqual({
    name: 'exhibit.V-01',
    kind: 'text',
    value: 'V-01 (приложение № 5)',
  });

  // What a form gives back is a letter: moved, in other words, and with a paragraph of its own.
  const [who, application, ...others] = usual.clauses.map(({ use }) => ({ use: use! }));
  const edited = await form({
    ...real(),
    clauses: [
      { ...application!, text: of('standing.application').usual! },
      { ...who!, text: everywhere('{sender.name} пишет. {law.standing}.') },
      ...others,
      { part: 'facts', text: everywhere('Итого {cases.documented}.') },
    ],
  });
  expect(edited.faults).toEqual([]);
  expect(edited.clauses.slice(0, 2)).toMatchObject([
    { index: 0, use: 'standing.application', reworded: false },
    { index: 1, use: 'standing.who', reworded: true, text: '{sender.name} пишет. {law.standing}.' },
  ]);
  // Where it is printed: at the end of its part, not of the list.
  const own = edited.clauses.findIndex(({ use }) => use === null);
  expect(edited.clauses[own]).toMatchObject({
    index: others.length + 2,
    text: 'Итого {cases.documented}.',
  });
  expect(edited.clauses[own - 1]!.use).toBe('facts.meaning');
  expect(edited.clauses[own + 1]!.use).toBe('pattern.heading');

  // Every language of what is changed, so that all of it can be given back.
  expect(edited.clauses[1]!.words).toEqual(everywhere('{sender.name} пишет. {law.standing}.'));
  expect(of('facts.near').words).toEqual(of('facts.near').usual);

  // Grounds and demands: those of the letter in its order, then what else could stand.
  const [last, ...before] = real().grounds.toReversed();
  const ownDemand = { text: everywhere('сообщить, кто отвечает за проверку') };
  const chosen = await form({
    ...real(),
    grounds: [last!, ...before],
    overrides: [{ ground: last!, reason: 'The lawyer read it in the act.' }],
    demands: ['both-languages', ownDemand],
  });
  const used = chosen.grounds.filter(({ index }) => index !== null);
  expect(used.map(({ id }) => id)).toEqual([last, ...before]);
  expect(used[0]).toMatchObject({ index: 0, reason: 'The lawyer read it in the act.' });
  expect(used.slice(1).every(({ reason }) => reason === null)).toBe(true);
  const early = await form({ ...real(), outgoing: { ...real().outgoing, date: '1995-01-01' } });
  const doubts = new Map(early.grounds.map(({ id, doubt }) => [id, doubt]));
  expect(doubts.get('service-102')).toBe('notInForce');
  expect(doubts.get('iccpr')).not.toBe('notInForce');
  const legal = await answerOf<{ grounds: { id: string }[]; demands: { id: string }[] }>(
    await lawyer.get('/api/v1/letters/grounds'),
  );
  const ids = (list: readonly { id: string | null }[]) => list.map(({ id }) => id).sort();
  expect(ids(chosen.grounds)).toEqual(ids(legal.grounds));
  expect(chosen.demands.slice(0, 2)).toMatchObject([
    { id: 'both-languages', index: 0 },
    { id: null, index: 1, words: ownDemand.text },
  ]);
  expect(ids(chosen.demands.filter(({ id }) => id !== null))).toEqual(ids(legal.demands));

  // A letter with faults is mended in a form.
  const faulty = await form({
    ...real(),
    clauses: [{ use: 'standing.nothing' }, { use: 'standing.who' }],
    grounds: ['nothing'],
  });
  expect(faulty.faults.join()).toContain('grounds[0]');
  expect(faulty.clauses).toMatchObject([{ index: 1, use: 'standing.who' }]);
});

test('a variant is saved, changed, compared, and no edition is lost', async () => {
  const { types } = await answerOf<{ types: { id: string; clauses: string[] }[] }>(
    await lawyer.get('/api/v1/letters/library'),
  );
  const clauses = types.find(({ id }) => id === 'ministry')!.clauses.map((use) => ({ use }));
  const { grounds, demands } = aLetter();
  const variant = { name: 'Биздин үлгү', type: 'ministry', clauses, grounds, demands };
  const at = '/api/v1/letters/variants';
  const saved = await answerOf<{ id: string; version: number }>(
    await lawyer.send('POST', at, variant),
    201,
  );
  expect(saved.version).toBe(1);

  const own = { part: 'facts', text: everywhere('Own words, {cases.documented}.') };
  const changed = { ...variant, clauses: [...clauses.slice(1), own] };
  const put = (after: number, body: object) =>
    lawyer.send('PUT', `${at}/${saved.id}`, { after, variant: body });
  expect(await answerOf(await put(1, changed))).toMatchObject({ version: 2 });
  expect(await answerOf(await put(1, variant), 409)).toMatchObject({ code: 'VARIANT_OUTDATED' });

  const difference = await answerOf<{ changes: { part: string; added: string[] }[] }>(
    await lawyer.get(`${at}/${saved.id}/difference/en?from=1&to=2`),
  );
  expect(difference.changes).toMatchObject([
    { part: 'order', removed: ['standing.who'], added: ['facts'] },
    { part: 'standing', added: [] },
    { part: 'facts', removed: [], added: ['Own words, {cases.documented}.'] },
  ]);
  const first = await answerOf(await lawyer.get(`${at}/${saved.id}?version=1`));
  expect(first).toEqual({ id: saved.id, version: 1, variant });
  const list = await answerOf<{ variants: object[] }>(await lawyer.get(at));
  expect(list.variants).toEqual([
    { id: saved.id, version: 2, name: 'Биздин үлгү', type: 'ministry' },
  ]);

  // What is saved is what a letter takes.
  const { html } = await preview({ ...aLetter(), clauses: [...clauses, own] });
  expect(html.replaceAll('\u00a0', ' ')).toContain('Own words, 1 300.');
});

test('a variant of unknown clauses is refused by the field, an unknown one not found', async () => {
  const { grounds, demands } = aLetter();
  const body = { name: 'x', type: 'un', clauses: [{ use: 'facts.rumour' }], grounds, demands };
  const refused = await lawyer.send('POST', '/api/v1/letters/variants', body);
  expect(await answerOf(refused, 422)).toMatchObject({
    code: 'MODEL_INVALID',
    message: expect.stringContaining('clauses[0].use: expected the id of a clause'),
  });
  const missing = await lawyer.get(`/api/v1/letters/variants/${'a'.repeat(26)}`);
  expect(await answerOf(missing, 404)).toMatchObject({ code: 'VARIANT_UNKNOWN' });
});

test('a term and an addressee are proposed', async () => {
  const term = await answerOf(await lawyer.get('/api/v1/letters/term?registered=2026-04-24'));
  expect(term).toMatchObject({ workingDays: 14, due: '2026-05-22', provisional: true });
  const name = { last: 'Ниязова', first: 'Айгүл', middle: 'Асановна', gender: 'female' };
  const proposal = await lawyer.send('POST', '/api/v1/letters/addressee', name);
  expect(await answerOf(proposal)).toMatchObject({
    dative: { ky: 'А. А. Ниязовага', ru: 'Ниязовой А. А.', en: 'A. A. Niyazova' },
    doubts: [{ en: expect.stringContaining('letter by letter') }],
    confirm: true,
  });
  const ungendered = await lawyer.send('POST', '/api/v1/letters/addressee', {
    ...name,
    gender: undefined,
  });
  expect(ungendered.status).toBe(400);
});

test('papers of the organisation come over HTTP, are looked at, and go', async () => {
  const put = async (role: string | null, bytes: Uint8Array) =>
    await lawyer.upload('/api/v1/letters/papers', role === null ? {} : { role }, {
      field: 'file',
      name: 'Свидетельство.png',
      bytes,
    });
  const picture = await quartersPicture(300, 400).png().toBuffer();
  const { id, sheets } = await answerOf<{ id: string; sheets: number }>(
    await put('registration', picture),
    201,
  );
  expect(sheets).toBe(1);
  const sheet = await lawyer.get(`/api/v1/letters/papers/${id}/sheets/1`);
  expect(sheet.headers.get('content-type')).toBe('image/jpeg');
  expect(
    Buffer.from(await sheet.arrayBuffer())
      .subarray(0, 3)
      .toString('hex'),
  ).toBe('ffd8ff');
  await answerOf(await lawyer.get(`/api/v1/letters/papers/${id}/sheets/2`), 404);

  for (const role of [null, 'passport']) {
    const refused = await answerOf(await put(role, picture), 400);
    expect(refused).toMatchObject({ code: 'REQUEST_INVALID', field: 'form.role' });
  }
  const other = await answerOf(await put('authority', Buffer.from('PK\x03\x04')), 422);
  expect(other).toMatchObject({ code: 'PAPER_UNREADABLE' });
  const list = async () => await answerOf(await lawyer.get('/api/v1/letters/papers'));
  expect(await list()).toMatchObject({ papers: [{ id, role: 'registration', current: true }] });
  // The one that was replaced is still found, and destroyed like the newer one.
  const { id: newer } = await answerOf<{ id: string }>(await put('registration', picture), 201);
  expect(await list()).toMatchObject({
    papers: [
      { id, current: false, packs: [] },
      { id: newer, current: true, packs: [] },
    ],
  });
  for (const one of [id, newer]) {
    const gone = await answerOf(await lawyer.send('DELETE', `/api/v1/letters/papers/${one}`));
    expect(gone).toEqual({ destroyed: 1, packs: [], drafts: [] });
  }
  expect(await list()).toEqual({ papers: [] });
  await answerOf(await lawyer.get(`/api/v1/letters/papers/${id}/sheets/1`), 404);
});
