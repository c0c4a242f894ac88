import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleLetter } from '../../scripts/sample/pack-order.ts';
import { compose, type House } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { casesCsv } from '../builders/cases-csv.ts';
import { createHttpClient, type HttpClient, listen } from '../builders/http-client.ts';
import { runDalil } from '../builders/run-dalil.ts';
import { writeSpriteClip } from '../builders/sprite-clip.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

// The main job by a client with nothing but HTTP, against real ffmpeg and Chromium.

const folder = temporaryFolder();
const password = 'correct horse battery';
let house: House;
let stop: () => Promise<void>;
let lawyer: HttpClient;

beforeAll(async () => {
  const keyFile = path.join(folder, 'vault.key');
  writeFileSync(keyFile, Buffer.alloc(32, 'key'));
  const dataDir = path.join(folder, 'data');
  house = await compose(readConfig({ DALIL_DATA: dataDir, DALIL_VAULT_KEYFILE: keyFile }), {
    works: 'here',
  });
  await house.addUser({ login: 'lawyer', role: 'lawyer', password });
  const listening = await listen(house);
  stop = listening.stop;
  lawyer = createHttpClient(listening.url);
  expect((await lawyer.signIn('lawyer', password)).status).toBe(201);
});
afterAll(async () => {
  await stop?.();
  await house?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Follows a job by its events to the end. */
async function follow(started: Response): Promise<Record<string, unknown>> {
  expect(started.status).toBe(202);
  const { job } = (await started.json()) as { job: string };
  const events = await lawyer.get(`/api/v1/jobs/${job}/events`);
  expect(events.headers.get('content-type')).toMatch(/text\/event-stream/);
  const last = (await events.text()).trim().split('\n\n').at(-1)!;
  const data = JSON.parse(
    last
      .split('\n')
      .find((line) => line.startsWith('data: '))!
      .slice(6),
  );
  expect(data).toMatchObject({ state: 'done', failure: null });
  return data.output;
}

async function textOf(pdf: Response): Promise<string> {
  const file = path.join(folder, 'letter.pdf');
  writeFileSync(file, Buffer.from(await pdf.arrayBuffer()));
  return execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' });
}

test('from cases and a recording to a verified pack', async () => {
  const narrative = {
    narrative_ky: 'Аны токтотушкан.',
    narrative_ru: 'Его остановили без причины.',
    narrative_en: 'He was stopped without a reason.',
    consent_narrative: 'C2',
    consent_narrative_recipient: 'ministry',
    consent_narrative_purpose: 'complaint',
    consent_narrative_language: 'ru',
  };
  const rows = [
    narrative,
    ...Array.from({ length: 39 }, () => ({})),
    ...Array.from({ length: 30 }, () => ({ perpetrators: 'private-person' })),
  ];
  const table = { field: 'table', name: 'учурлар.csv', bytes: Buffer.from(casesCsv(rows)) };
  const tried = await lawyer.upload('/api/v1/cases/import?dryRun=true', {}, table);
  expect(await tried.json()).toMatchObject({ accepted: true, importedCount: 0, rowCount: 70 });
  const imported = await lawyer.upload('/api/v1/cases/import', {}, table);
  expect(await imported.json()).toMatchObject({ accepted: true, importedCount: 70 });
  const listed = await lawyer.get('/api/v1/cases?minimumConsent=C2');
  const { cases } = (await listed.json()) as { cases: { id: string }[] };
  expect(cases).toHaveLength(1);

  const clip = path.join(folder, 'clip.mp4');
  await writeSpriteClip(clip, {
    width: 160,
    height: 96,
    frames: 60,
    fps: 10,
    sprites: [{ colour: [200, 90, 160], boxAt: (f) => (f < 40 ? [2 * f, 30, 12, 30] : null) }],
  });
  const consent = { takenBy: 'lawyer', takenOn: '2021-12-01', expiresOn: null };
  // Sent twice, as after a lost answer, it is taken in once.
  const [received, resent] = await Promise.all(
    [1, 2].map(() =>
      lawyer.upload(
        '/api/v1/recordings',
        { kind: 'clip', ownerConsent: JSON.stringify(consent) },
        { field: 'file', name: 'Күбөлөр видеосу.mp4', bytes: readFileSync(clip) },
        { 'idempotency-key': 'this-recording-once' },
      ),
    ),
  );
  expect(received!.status).toBe(201);
  expect(await resent!.text()).toBe(await received!.clone().text());
  const { recordings } = (await (await lawyer.get('/api/v1/recordings')).json()) as {
    recordings: unknown[];
  };
  expect(recordings).toHaveLength(1);
  const recording = (await received!.json()) as { id: string; fileName: string };
  expect(recording.fileName).toBe('Күбөлөр видеосу.mp4');

  const at = `/api/v1/recordings/${recording.id}`;
  await follow(await lawyer.send('POST', `${at}/analysis`));
  const analysis = (await (await lawyer.get(`${at}/analysis`)).json()) as {
    proposedPlan: { emptyScene: object };
  };
  const pictures = await Promise.all([1, 2, 3].map(() => lawyer.get(`${at}/pictures/empty-scene`)));
  const [png, ...others] = await Promise.all(
    pictures.map(async (picture) => Buffer.from(await picture.arrayBuffer())),
  );
  expect(png!.subarray(1, 4).toString()).toBe('PNG');
  for (const other of others) expect(other.equals(png!)).toBe(true);
  const etag = pictures[0]!.headers.get('etag')!;
  const known = await lawyer.get(`${at}/pictures/empty-scene`, { 'if-none-match': etag });
  expect(known.status).toBe(304);
  const some = await lawyer.get(`${at}/pictures/empty-scene`, { range: 'bytes=1-3' });
  expect(await some.text()).toBe('PNG');
  await follow(await lawyer.send('POST', `${at}/proxy`));
  const proxy = await lawyer.get(`${at}/proxy`);
  expect(proxy.headers.get('content-type')).toBe('video/mp4');
  writeFileSync(path.join(folder, 'proxy.mp4'), Buffer.from(await proxy.arrayBuffer()));
  const entries = 'stream=codec_name,width,nb_read_frames:format_tags';
  const shown = execFileSync(
    'ffprobe',
    [
      ...['-v', 'error', '-count_frames', '-show_entries', entries, '-of', 'json'],
      path.join(folder, 'proxy.mp4'),
    ],
    { encoding: 'utf8' },
  );
  expect(JSON.parse(shown).streams).toEqual([
    { codec_name: 'h264', width: 160, nb_read_frames: '60' },
  ]);
  const start = await lawyer.get(`${at}/proxy`, { range: 'bytes=4-7' });
  expect(await start.text()).toBe('ftyp');
  const plan = {
    ...analysis.proposedPlan,
    emptyScene: { ...analysis.proposedPlan.emptyScene, approvedBy: 'lawyer' },
  };
  expect(await (await lawyer.send('PUT', `${at}/plan`, { after: 0, plan })).json()).toMatchObject({
    version: 1,
  });
  // Somebody else's older plan does not overwrite it.
  const late = await lawyer.send('PUT', `${at}/plan`, { after: 0, plan });
  expect(late.status).toBe(409);
  const { copy } = (await follow(
    await lawyer.send('POST', `${at}/redactions`, { planVersion: 1 }),
  )) as { copy: string };

  const { letter } = await sampleLetter(new Date());
  const title = { ky: 'Көчө', ru: 'Улица', en: 'A street' };
  const order = {
    sample: true,
    recipient: 'ministry',
    letter,
    narratives: [{ case: cases[0]!.id, attributes: ['act'] }],
    copies: [{ copy, title, shows: [] }],
    attachFiles: true,
  };
  const preview = await lawyer.send('POST', '/api/v1/packs/preview', order);
  expect(await preview.json()).toMatchObject({ counted: 70, blocked: [] });
  const real = { ...order, sample: false };
  const ofReal = await (await lawyer.send('POST', '/api/v1/packs/preview', real)).json();
  expect(ofReal).toMatchObject({
    counted: 70,
    blocked: [{ code: 'LETTER_NOT_READY', message: expect.stringContaining('no lawyer') }],
  });
  const kyrgyz = await lawyer.send('POST', '/api/v1/packs/preview/kyrgyz', order);
  const { unread } = (await kyrgyz.json()) as { unread: { digest: string; text: string }[] };
  const heading = unread.find(({ text }) => text === 'Өтүнүчтөр')!;
  const read = { of: 'kyrgyz', digests: [heading.digest], by: 'A. Reader' };
  expect((await lawyer.send('POST', '/api/v1/letters/confirmations', read)).status).toBe(200);
  const after = await (await lawyer.send('POST', '/api/v1/packs/preview/kyrgyz', order)).json();
  expect(after).toEqual({ unread: unread.filter((one) => one !== heading) });
  const draftLetter = await lawyer.send('POST', '/api/v1/packs/preview/letters/ru', order);
  expect(draftLetter.headers.get('content-type')).toBe('application/pdf');
  const draft = await textOf(draftLetter);
  expect(draft).toContain('ЗАЯВЛЕНИЕ');
  expect(draft.replaceAll(/\s+/g, ' ')).toContain('вложены и в файл PDF этого письма');
  // A preview is for reading: nothing of it was searched for names, nothing is noted.
  const inDraft = execFileSync('pdfdetach', ['-list', path.join(folder, 'letter.pdf')]);
  expect(inDraft.toString()).toBe('0 embedded files\n');
  const key = { 'idempotency-key': 'one-pack-please' };
  const [first, again] = await Promise.all([
    lawyer.send('POST', '/api/v1/packs', order, key),
    lawyer.send('POST', '/api/v1/packs', order, key),
  ]);
  expect(await again.clone().text()).toBe(await first.clone().text());
  const { pack } = (await follow(first)) as { pack: string };

  const { packs } = (await (await lawyer.get('/api/v1/packs')).json()) as { packs: object[] };
  expect(packs).toEqual([expect.objectContaining({ id: pack, sizeBytes: expect.any(Number) })]);

  const content = await lawyer.get(`/api/v1/packs/${pack}/content`);
  expect(content.headers.get('content-disposition')).toMatch(/^attachment; filename="EP-/);
  expect(content.headers.get('cache-control')).toBe('no-store');
  const whole = Buffer.from(await content.arrayBuffer());
  const part = await lawyer.get(`/api/v1/packs/${pack}/content`, { range: 'bytes=100-299' });
  expect(part.status).toBe(206);
  expect(Buffer.from(await part.arrayBuffer()).equals(whole.subarray(100, 300))).toBe(true);
  writeFileSync(path.join(folder, 'pack.zip'), whole);
  const { publicKeyPem } = await house.open!.keys.signer('pack');
  writeFileSync(path.join(folder, 'key.pem'), publicKeyPem);
  const verified = await runDalil([
    ...['verify', path.join(folder, 'pack.zip'), '--key', path.join(folder, 'key.pem')],
  ]);
  expect(verified.out).toMatch(/^VALID/);

  // The signed letter holds the files that its annexes were made from, as they lie in the pack.
  const unzip = (name: string) =>
    execFileSync('unzip', ['-p', path.join(folder, 'pack.zip'), `EP-*/${name}`]);
  writeFileSync(path.join(folder, 'signed.pdf'), unzip('seal/letters/complaint.ky.pdf'));
  const detach = (...args: string[]) =>
    execFileSync('pdfdetach', [...args, path.join(folder, 'signed.pdf')], { encoding: 'utf8' });
  expect(detach('-list')).toMatch(/^\d+ embedded files\n1: C-01\.json\n/);
  detach('-save', '1', '-o', path.join(folder, 'C-01.json'));
  expect(readFileSync(path.join(folder, 'C-01.json'))).toEqual(unzip('data/cases/C-01.json'));

  const pdf = await lawyer.get(`/api/v1/packs/${pack}/letters/ky`);
  expect(await textOf(pdf)).toContain('АРЫЗ');

  // Printed and covered once more, everything but the seal comes out byte for byte.
  const { reproducePack } = house.open!;
  const files = await reproducePack(pack);
  expect(files.filter(({ result }) => result !== 'EQUAL')).toEqual([]);
  const paths = files.map((file) => file.path);
  expect(paths).toEqual(expect.arrayContaining(['data/media/V-01.mp4', 'tagmanifest-sha256.txt']));
  expect(paths.some((file) => file.startsWith('seal/'))).toBe(false);
});
