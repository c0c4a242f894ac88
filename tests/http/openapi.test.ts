import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleLetter } from '../../scripts/sample/pack-order.ts';
import { compose, type House } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { operationId, type RouteExample } from '../../server/http/openapi.ts';
import { casesCsv } from '../builders/cases-csv.ts';
import { createHttpClient, type HttpClient, listen } from '../builders/http-client.ts';
import { writeSpriteClip } from '../builders/sprite-clip.ts';
import { quartersPicture } from '../builders/still.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

// The description of the service, read by others' code; and its examples, each asked for here again.
// To record them anew: UPDATE_EXAMPLES=1 npx vitest run --config tests/vitest.config.ts tests/http/openapi.test.ts,
// then npm run format.

const EXAMPLES = path.resolve(import.meta.dirname, '../../server/http/openapi-examples.json');
/** A whole letter helps nobody who reads a reference, nor all clauses: see templates/letters. */
const WITHOUT_EXAMPLE = [
  ...['html', 'pdf', 'preview', 'form', 'difference'].map((what) => `post-letters-by-lang-${what}`),
  'get-letters-library',
  'get-letters-grounds',
  'post-packs-preview-kyrgyz',
];
const folder = temporaryFolder();
const password = 'correct horse battery';
const NOW = new Date('2026-11-24T10:00:00Z');
const PRESENCE = [
  'date,from,to,kind,source,certainty,reviewed',
  '2022-03-01,08:00,12:00,,,,yes',
  '2022-03-01,08:20,09:05,marked-car,livery,certain,yes',
].join('\n');
const key = Buffer.alloc(32, 'key');
let house: House;
let stop: () => Promise<void>;
let client: HttpClient;
let description: Description;
const recorded: Record<string, RouteExample> = {};

interface Span {
  language: string;
  start: number;
  end: number;
  surface: string;
}
interface ReviewState {
  version: number;
  texts: { language: string; spans: { number: number }[] }[];
  textsSha256: string | null;
}
interface Content {
  'application/json'?: { schema: object; example?: unknown };
}
interface Operation {
  operationId: string;
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
}
interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: object };
}

beforeAll(async () => {
  const keyFile = path.join(folder, 'vault.key');
  writeFileSync(keyFile, key);
  const config = readConfig({
    DALIL_DATA: path.join(folder, 'data'),
    DALIL_VAULT_KEYFILE: keyFile,
  });
  house = await compose(config, { works: 'here', clock: { now: () => NOW } });
  for (const role of ['lawyer', 'administrator'] as const) {
    await house.addUser({ login: role, role, password });
  }
  const listening = await listen(house);
  stop = listening.stop;
  client = createHttpClient(listening.url);
  description = (await (await fetch(`${client.url}/openapi.json`)).json()) as Description;
  await walk();
});
afterAll(async () => {
  await stop?.();
  await house?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Notes what a route was sent and answered, the first time that it answers well. */
async function note<Answer>(method: string, at: string, response: Response, request?: unknown) {
  const { pathname } = new URL(at, client.url);
  const route = house.routes.find((one) => {
    const pattern = `^${one.path.replaceAll(/:\w+/g, '[^/]+')}$`;
    return one.method === method.toLowerCase() && new RegExp(pattern).test(pathname);
  })!;
  expect(response.status, `${method} ${at}`).toBe(route.answer.status);
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  const answer = isJson === true ? ((await response.json()) as Answer) : undefined;
  recorded[operationId(route)] ??= {
    ...(request === undefined ? {} : { request }),
    ...(answer === undefined ? {} : { response: answer }),
  };
  return answer as Answer;
}
const get = async <Answer = unknown>(at: string) =>
  await note<Answer>('GET', at, await client.get(at));
const send = async <Answer = unknown>(method: string, at: string, body?: unknown) =>
  await note<Answer>(method, at, await client.send(method, at, body), body);
const upload = async <Answer = unknown>(
  at: string,
  fields: Record<string, string>,
  file: { field: string; name: string; bytes: Uint8Array },
) => await note<Answer>('POST', at, await client.upload(at, fields, file));

async function done(started: { job: string }): Promise<Record<string, string>> {
  await (await client.get(`/api/v1/jobs/${started.job}/events`)).text();
  const { output } = await get<{ output: Record<string, string> }>(`/api/v1/jobs/${started.job}`);
  expect(output).not.toBeNull();
  return output;
}

/** The main job, and whatever else a route is for. */
async function walk(): Promise<void> {
  const credentials = { login: 'lawyer', password };
  const response = await client.signIn('lawyer', password);
  await note('POST', '/api/v1/session', response, credentials);
  await get('/api/v1/session');
  await get('/api/v1/vault');
  await send('POST', '/api/v1/vault', { keyFile: key.toString('base64') });

  const narrative = {
    narrative_ky: 'Аны Асанов токтоткон.',
    narrative_ru: 'Его остановил Асанов.',
    narrative_en: 'Asanov stopped him.',
    consent_narrative: 'C2',
    consent_narrative_recipient: 'ministry',
    consent_narrative_purpose: 'complaint',
    consent_narrative_language: 'ru',
  };
  const others = Array.from(
    { length: 39 },
    (_, i): Record<string, string> => (i % 2 === 0 ? {} : { acts: 'extortion', oblast: 'osh' }),
  );
  const rows = [narrative, ...others];
  const bytes = Buffer.from(casesCsv(rows));
  const own = Buffer.from('Код случая;Область\nБ-1;Чуйская область\nБ-2;г. Бишкек\n');
  await upload('/api/v1/cases/import/columns', {}, { field: 'table', name: 'own.csv', bytes: own });
  const previewed = await upload<{ importId: string }>(
    '/api/v1/cases/imports',
    {},
    { field: 'table', name: 'cases.csv', bytes },
  );
  const imported = `/api/v1/cases/imports/${previewed.importId}`;
  await send('POST', `${imported}/acceptance`, { onlyValid: false });
  await send('POST', `${imported}/undoing`, {});
  await get('/api/v1/cases/imports');
  await upload('/api/v1/cases/import', {}, { field: 'table', name: 'cases.csv', bytes });
  const { cases } = await get<{ cases: { id: string }[] }>('/api/v1/cases?minimumConsent=C2');
  const at = `/api/v1/cases/${cases[0]!.id}`;
  await get(at);
  const { spans } = await get<{ spans: Span[] }>(`${at}/review`);
  const decisions = spans.map(({ language, start, end, surface }) => ({
    ...{ language, start, end, surface, verdict: 'change' },
    reason: 'it names somebody',
  }));
  expect(decisions.length).toBeGreaterThan(0);
  await send('PUT', `${at}/decisions`, { decisions });
  const { id: _id, registryCode: _code, ...typed } = await get<Record<string, unknown>>(at);
  const entered = await send<{ id: string }>('POST', '/api/v1/cases', {
    case: { ...typed, registryCode: 'B-1' },
    reason: 'told by telephone',
  });
  const other = `/api/v1/cases/${entered.id}`;
  const changes = { services: ['know-your-rights'] };
  await send('PUT', other, { after: 1, changes, reason: null });
  await get(`${other}/history`);
  await get(`${other}/journey`);
  const asked = { level: 'C2', recipient: 'ministry', purpose: 'complaint' };
  await send('POST', '/api/v1/cases/consent-requests', { cases: [entered.id], ...asked });
  const withdrawal =
    'registry_code,about,level,recipient,purpose,answer,language,taken_by,taken_on,expires_on\nB-1,,,,,withdrawn,,,,\n';
  await upload(
    '/api/v1/cases/consent-answers',
    {},
    { field: 'table', name: 'answers.csv', bytes: Buffer.from(withdrawal) },
  );
  const review = `${at}/anonymisation`;
  let { texts, version } = await get<ReviewState>(review);
  for (const { language, spans } of texts) {
    for (const { number } of spans) {
      const decision = { kind: 'replace', span: number };
      const change = { version, language, decision };
      ({ version, texts } = await send<ReviewState>('POST', `${review}/decisions`, change));
    }
  }
  const { textsSha256 } = await get<ReviewState>(review);
  await send('POST', `${at}/approval`, { textsSha256 });
  await send('POST', `${review}/undo`, { version });
  await send('POST', '/api/v1/cases/search', { words: 'сомов', filter: {}, limit: 1 });
  await send('POST', '/api/v1/cases/selection', { purpose: 'counted', recipient: 'ministry' });
  const { tables } = await get<{ tables: { name: string }[] }>('/api/v1/statistics');
  await get(`/api/v1/statistics/${tables[0]!.name}/csv`);
  await get(`/api/v1/statistics/${tables[0]!.name}/svg/ky`);
  const mapped = tables.find(({ name }) => name.endsWith('-oblast'))!;
  await get(`/api/v1/statistics/${mapped.name}/map/ky`);

  await get('/api/v1/risk?recipient=ministry&lang=en&clip=2021-03-03T14:00/14:20');
  const readiness = await get<{ version: number; items: object[] }>('/api/v1/code-lists/readiness');
  const label = { ky: 'Сурала элек', ru: 'Ещё не спрашивали', en: 'Not asked yet' };
  await send('PUT', '/api/v1/code-lists/readiness', {
    after: readiness.version,
    items: [...readiness.items, { code: 'not-asked', label }],
    reason: 'the new intake form',
  });
  await send('PUT', '/api/v1/code-lists/readiness/not-asked/retirement', {
    after: readiness.version + 1,
    retired: true,
    reason: 'everybody is asked by now',
  });
  await get('/api/v1/code-lists');

  const log = await upload<{ id: string }>(
    '/api/v1/presence-logs?camera=gate1&site=osh-1',
    {},
    { field: 'table', name: 'presence.csv', bytes: Buffer.from(PRESENCE) },
  );
  await get(`/api/v1/presence-logs/${log.id}`);

  const clip = path.join(folder, 'clip.mp4');
  await writeSpriteClip(clip, {
    width: 160,
    height: 96,
    frames: 60,
    fps: 10,
    sprites: [{ colour: [200, 90, 160], boxAt: (f) => (f < 40 ? [2 * f, 30, 12, 30] : null) }],
  });
  const ownerConsent = { takenBy: 'lawyer', takenOn: '2021-12-01', expiresOn: null };
  const recording = await upload<{ id: string }>(
    '/api/v1/recordings',
    { kind: 'clip', ownerConsent: JSON.stringify(ownerConsent) },
    { field: 'file', name: 'gate.mp4', bytes: readFileSync(clip) },
  );
  const of = `/api/v1/recordings/${recording.id}`;
  await done(await send('POST', `${of}/analysis`));
  await get('/api/v1/jobs?limit=1');
  await done(await send('POST', `${of}/proxy`));
  await get('/api/v1/recordings');
  await get(of);
  const { proposedPlan } = await get<{ proposedPlan: { emptyScene: object } }>(`${of}/analysis`);
  const emptyScene = { ...proposedPlan.emptyScene, approvedBy: 'lawyer' };
  await send('PUT', `${of}/plan`, { after: 0, plan: { ...proposedPlan, emptyScene } });
  await get(`${of}/plan`);
  const { copy } = await done(await send('POST', `${of}/redactions`, { planVersion: 1 }));
  await get(`${of}/copies`);
  await get(`${of}/stays?startsAt=2021-11-05T07:55:00`);
  const snapshot = path.join(folder, 'gate.png');
  execFileSync('ffmpeg', ['-v', 'error', '-ss', '3', '-i', clip, '-frames:v', '1', snapshot]);
  const file = { field: 'file', name: 'gate.png', bytes: readFileSync(snapshot) };
  const received = await client.upload('/api/v1/recordings', { kind: 'still' }, file);
  const still = (await received.json()) as { id: string };
  await get(`/api/v1/recordings/${still.id}/still-plan?clip=${recording.id}`);

  const scan = await quartersPicture(120, 160).png().toBuffer();
  const { id: paper } = await upload<{ id: string }>(
    '/api/v1/letters/papers',
    { role: 'registration' },
    { field: 'file', name: 'certificate.png', bytes: scan },
  );
  await get(`/api/v1/letters/papers/${paper}/sheets/1`);
  const { letter } = await sampleLetter(NOW);
  const title = { ky: 'Көчө', ru: 'Улица', en: 'A street' };
  const order = {
    sample: true,
    recipient: 'ministry',
    letter,
    copies: [{ copy, title, shows: [] }],
  };
  await send('POST', '/api/v1/packs/preview', order);
  await send('POST', '/api/v1/packs/preview/letters/ru', order);
  const { pack } = await done(await send('POST', '/api/v1/packs', order));
  const { papers } = await get<{ papers: object[] }>('/api/v1/letters/papers');
  expect(papers).toMatchObject([{ id: paper, current: true, packs: [pack] }]);
  expect(await send('DELETE', `/api/v1/letters/papers/${paper}`)).toMatchObject({ packs: [pack] });
  await get('/api/v1/packs');
  await get(`/api/v1/packs/${pack}`);
  const { items } = await get<{ items: { name: string; withheld: boolean }[] }>(
    `/api/v1/packs/${pack}/items`,
  );
  const item = items.find(({ withheld }) => withheld)!.name;
  await send('POST', `/api/v1/packs/${pack}/openings`, { item });
  await send('POST', `/api/v1/packs/${pack}/erasures`, { item, confirm: item });
  const submissions = `/api/v1/packs/${pack}/submissions`;
  const sent = { sentOn: '2026-11-24', by: 'hand', number: '12-A' };
  const submission = await send<{ id: string }>('POST', submissions, sent);
  const registered = { number: '3305', on: '2026-11-24' };
  await send('PUT', `${submissions}/${submission.id}/registration`, registered);
  const reply = await upload<{ id: string }>(
    `${submissions}/${submission.id}/replies`,
    { receivedOn: '2026-11-24', kind: 'formal', number: '8/77', dated: '2026-11-24' },
    { field: 'file', name: 'reply.pdf', bytes: Buffer.from('the reply') },
  );
  await get(`/api/v1/packs/${pack}/replies/${reply.id}`);
  const { submissions: followed } = await get<{ submissions: object[] }>(submissions);
  const due = (await get<{ due: string }>('/api/v1/letters/term?registered=2026-11-24')).due;
  expect(followed).toMatchObject([
    { term: { due, overdue: false }, first: { number: '12-A', reply: 'formal' } },
  ]);
  await get('/api/v1/custody/consistency?from=3');
  const { job } = await send<{ job: string }>('POST', `${of}/analysis`);
  await send('DELETE', `/api/v1/jobs/${job}`);
  await get('/api/v1/custody/checkpoint');
  await get('/api/v1/custody/events?limit=2');
  const frame = { planVersion: 1, at: '00:00:02.000', as: 'png' };
  await done(await send('POST', `${of}/stills`, frame));
  await get(`/api/v1/packs/${pack}/timestamps`);
  await done(await send('POST', `/api/v1/packs/${pack}/timestamps`));
  const { keys } = await get<{ keys: { fingerprint: string }[] }>('/api/v1/keys');
  const administrator = createHttpClient(client.url);
  await administrator.signIn('administrator', password);
  await note('POST', '/api/v1/keys', await administrator.send('POST', '/api/v1/keys'));
  const revocation = `/api/v1/keys/${keys[0]!.fingerprint}/revocation`;
  const stolen = { since: '2026-11-20T08:00:00Z' };
  const revoked = await administrator.send('POST', revocation, stolen);
  await note('POST', revocation, revoked, stolen);
  const listed = await client.get('/api/v1/letters/grounds');
  const { grounds } = (await listed.json()) as { grounds: { digest: string }[] };
  const digests = [grounds[0]!.digest];
  await send('POST', '/api/v1/letters/confirmations', { of: 'ground', digests, by: 'lawyer' });
  await get('/api/v1/letters/term?registered=2026-04-24');
  const officeholder = { last: 'Асанов', first: 'Нурлан', middle: 'Бакытович', gender: 'male' };
  await send('POST', '/api/v1/letters/addressee', officeholder);
  const variants = '/api/v1/letters/variants';
  const variant = {
    name: 'Site letters',
    type: 'ministry',
    clauses: [{ use: 'facts.total' }, { use: 'law.grounds' }],
    grounds: ['iccpr'],
    demands: ['clarify'],
  };
  const saved = await send<{ id: string }>('POST', variants, variant);
  const renamed = { ...variant, name: 'Letters about sites' };
  await send('PUT', `${variants}/${saved.id}`, { after: 1, variant: renamed });
  await get(variants);
  await get(`${variants}/${saved.id}`);
  await get(`${variants}/${saved.id}/difference/en?from=1&to=2`);
  await send('DELETE', '/api/v1/vault');
  await send('DELETE', '/api/v1/session');
}

/** What differs between two runs of the same walk: ids, digests, keys, sizes of archives. */
function alike(value: unknown): unknown {
  if (typeof value === 'string') {
    return value
      .replaceAll(/[0-9a-f]{64}/g, 'DIGEST')
      .replaceAll(/[a-z2-7]{26}/g, 'ID')
      .replaceAll(/[A-Za-z0-9+/]{40,}={0,2}/g, 'BASE64');
  }
  if (Array.isArray(value)) return value.map(alike);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, of]) => [name, name === 'sizeBytes' ? 0 : alike(of)]),
  );
}

test('the examples are what the service answers', () => {
  if (process.env.UPDATE_EXAMPLES === '1') {
    writeFileSync(EXAMPLES, `${JSON.stringify(recorded, null, 2)}\n`);
  }
  const examples = JSON.parse(readFileSync(EXAMPLES, 'utf8')) as typeof recorded;
  expect(alike(recorded)).toEqual(alike(examples));
});

describe('others can read the description', () => {
  test('it is OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone({ ...description }));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  test('every answer and every body in JSON has an example that fits its schema', () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    let count = 0;
    for (const operation of Object.values(description.paths).flatMap(Object.values)) {
      const { operationId: name, requestBody, responses } = operation as Operation;
      if (WITHOUT_EXAMPLE.includes(name)) continue;
      const contents = [
        requestBody?.content,
        ...Object.entries(responses).map(([status, { content }]) =>
          status === 'default' ? undefined : content,
        ),
      ];
      for (const content of contents) {
        const json = content?.['application/json'];
        if (json === undefined) continue;
        expect(json.example, name).toBeDefined();
        const fits = ajv.compile(json.schema);
        fits(json.example);
        expect(fits.errors ?? [], name).toEqual([]);
        count++;
      }
    }
    expect(count).toBeGreaterThan(30);
  });
});
