import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { House } from '../../server/compose.ts';
import type { OpenHouse } from '../../server/composition/compose-open.ts';
import { proposePlan } from '../../server/footage/plan/propose-plan.ts';
import { parsePresenceLog } from '../../server/footage/presence/presence-log.ts';
import { readAll } from '../../server/kernel/blobs.ts';
import type { Sha256 } from '../../server/kernel/digest.ts';
import { groundDigest } from '../../server/letters/grounds/confirmations.ts';
import type { PackOrder } from '../../server/packs/pack-order.ts';
import { aCase, aConsent } from '../builders/case.ts';
import { openHouse } from '../builders/open-house.ts';
import { aPackOrder } from '../builders/pack-order.ts';
import { writeSpriteClip } from '../builders/sprite-clip.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

// The use cases of the service over real adapters: what a pack may hold and what it may not.

const now = new Date('2026-11-23T10:15:00Z');
const folder = temporaryFolder();
let house: House;
let open: OpenHouse;
let dataDir: string;
let order: PackOrder;
let recording: string;
let original: Buffer;
let approvedCopy: string;
let unapprovedCopy: string;
const consented = { takenBy: 'lawyer', takenOn: '2026-11-01', expiresOn: null };
const title = { ky: 'Көчө', ru: 'Улица', en: 'A street' };
const narrative = {
  ky: 'Аны токтотушкан.',
  ru: 'Его остановили без причины.',
  en: 'He was stopped without a reason.',
};
const withNarrative = aCase({
  narrative,
  consent: {
    narrative: aConsent({ level: 'C2', recipient: 'ministry', purpose: 'complaint' }),
    media: aConsent(),
  },
});
const withoutConsent = aCase({ narrative });

beforeAll(async () => {
  ({ house, open, dataDir } = await openHouse({ clock: { now: () => now } }));
  const clip = path.join(folder, 'clip.mp4');
  await writeSpriteClip(clip, {
    width: 160,
    height: 96,
    frames: 60,
    fps: 10,
    sprites: [{ colour: [200, 90, 160], boxAt: (f) => (f < 40 ? [2 * f, 30, 12, 30] : null) }],
  });
  original = readFileSync(clip);
  const { id } = await open.ingestRecording({
    kind: 'clip',
    bytes: streamOf(original),
    fileName: 'camera of a neighbour.mp4',
    ownerConsent: consented,
    role: 'lawyer',
  });
  recording = id;
  const analysis = await open.analyseRecording(recording);
  const proposed = proposePlan(analysis);
  const approved = {
    ...proposed,
    emptyScene: { ...proposed.emptyScene!, approvedBy: 'lawyer' },
  };
  const [yes, no] = [
    await open.redactRecording({ recording, plan: approved, role: 'lawyer', analysis }),
    await open.redactRecording({ recording, plan: proposed, role: 'lawyer', analysis }),
  ];
  approvedCopy = yes.passed ? yes.copy.id : '';
  unapprovedCopy = no.passed ? no.copy.id : '';

  const concerned = Array.from({ length: 40 }, () => aCase());
  const others = Array.from({ length: 30 }, () => aCase({ perpetrators: ['private-person'] }));
  await open.cases.insertAll([...concerned, ...others, withNarrative, withoutConsent]);
  order = await aPackOrder(now, {
    narratives: [{ case: withNarrative.id, attributes: ['act'] }],
    copies: [{ copy: approvedCopy, title, shows: [] }],
  });
});
afterAll(async () => {
  await house?.close();
  for (const left of [folder, dataDir, `${dataDir}.key`]) {
    rmSync(left, { recursive: true, force: true });
  }
});

async function* streamOf(bytes: Uint8Array) {
  yield bytes;
}

/** All bytes of all files that the house keeps. */
function stored(): Buffer {
  const files = readdirSync(dataDir, { recursive: true, encoding: 'utf8' });
  const paths = files.map((name) => path.join(dataDir, name));
  return Buffer.concat(paths.filter((file) => statSync(file).isFile()).map((f) => readFileSync(f)));
}

function blobFiles(): string[] {
  const names = readdirSync(path.join(dataDir, 'blobs'), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.includes(path.sep)).sort();
}

async function unpack(blob: string, name: string): Promise<string> {
  const zip = path.join(folder, `${name}.zip`);
  writeFileSync(zip, await readAll(open.blobs.read(blob)));
  const target = path.join(folder, name);
  execFileSync('unzip', ['-q', zip, '-d', target]);
  return path.join(target, readdirSync(target)[0]!);
}

describe('an original', () => {
  test('comes back byte for byte, and lies nowhere as it is', async () => {
    const { blob, sha256 } = await open.recordings.recording(recording);
    expect(Buffer.from(await readAll(open.blobs.read(blob))).equals(original)).toBe(true);
    const all = stored();
    for (let at = 0; at + 48 < original.length; at += 997) {
      expect(all.includes(original.subarray(at, at + 48))).toBe(false);
    }
    expect(all.includes('camera of a neighbour')).toBe(false);
    expect(all.includes(sha256)).toBe(false);
    expect(all.includes(Buffer.from(sha256, 'hex'))).toBe(false);
  });

  test('without bytes is refused, and leaves nothing', async () => {
    const before = blobFiles();
    const empty = open.ingestRecording({
      kind: 'clip',
      bytes: streamOf(new Uint8Array()),
      fileName: 'empty.mp4',
      ownerConsent: null,
      role: 'lawyer',
    });
    await expect(empty).rejects.toMatchObject({ code: 'SOURCE_EMPTY' });
    expect(blobFiles()).toEqual(before);
  });

  test('that is unknown is refused', async () => {
    await expect(open.analyseRecording('a'.repeat(26))).rejects.toMatchObject({
      code: 'RECORDING_UNKNOWN',
    });
    await expect(
      open.redactRecording({ recording: 'a'.repeat(26), plan: {}, role: 'lawyer' }),
    ).rejects.toMatchObject({ code: 'RECORDING_UNKNOWN' });
  });
});

test('no folder of a job outlives it', () => {
  expect(readdirSync(path.join(dataDir, 'work'))).toEqual([]);
});

describe('what a pack must not hold is refused', () => {
  const build = (changes: Partial<PackOrder>) => house.open!.buildPack({ ...order, ...changes });

  test('a copy whose empty scene nobody approved', async () => {
    await expect(
      build({ copies: [{ copy: unapprovedCopy, title, shows: [] }] }),
    ).rejects.toMatchObject({
      code: 'COPY_NOT_APPROVED',
    });
  });

  test('footage whose owner has not agreed, or agreed no longer', async () => {
    const known = await open.recordings.recording(recording);
    for (const ownerConsent of [
      null,
      { ...consented, expiresOn: '2026-11-22' },
      { ...consented, takenOn: '2026-11-24' },
    ]) {
      await open.recordings.saveRecording({ ...known, ownerConsent });
      await expect(build({})).rejects.toMatchObject({ code: 'OWNER_CONSENT_MISSING' });
    }
    await open.recordings.saveRecording(known);
  });

  test('footage of somebody who has not agreed to it for this body and use', async () => {
    const agreed = (changes = {}) =>
      aCase({
        consent: {
          narrative: aConsent(),
          media: aConsent({
            level: 'C3',
            recipient: 'ministry',
            purpose: 'complaint',
            ...changes,
          }),
        },
      });
    const refused = [
      agreed({ level: 'C2' }),
      agreed({ recipient: 'ombudsman' }),
      agreed({ purpose: 'training' }),
      agreed({ recipient: null }),
      agreed({ expiresOn: '2026-11-22' }),
      aCase(),
    ];
    const willing = agreed();
    await open.cases.insertAll([...refused, willing]);
    const showing = (shows: string[]) => ({ copies: [{ copy: approvedCopy, title, shows }] });
    const gather = (shows: string[]) => open.gatherPack({ ...order, ...showing(shows) }, now);
    for (const { id } of refused) {
      await expect(gather([willing.id, id])).rejects.toMatchObject({
        code: 'MEDIA_CONSENT_MISSING',
      });
    }
    await expect(build(showing(['a'.repeat(26)]))).rejects.toMatchObject({
      code: 'MEDIA_CONSENT_MISSING',
    });
    expect((await gather([willing.id])).media).toHaveLength(1);
  });

  test('a narrative without consent for this body, or that nobody has decided', async () => {
    const picked = [{ case: withoutConsent.id, attributes: ['act' as const] }];
    await expect(build({ narratives: picked })).rejects.toMatchObject({
      code: 'NARRATIVE_NOT_ALLOWED',
    });
    const elsewhere = { ...order.letter, type: 'prosecutor' as const };
    await expect(build({ recipient: 'prosecutor', letter: elsewhere })).rejects.toMatchObject({
      code: 'NARRATIVE_NOT_ALLOWED',
    });
  });

  test('a letter to another body than consent is asked for', async () => {
    await expect(build({ recipient: 'prosecutor' })).rejects.toMatchObject({
      code: 'LETTER_FOR_ANOTHER_BODY',
    });
  });

  test('a real letter whose grounds and Kyrgyz texts nobody has confirmed', async () => {
    await expect(build({ sample: false })).rejects.toMatchObject({
      code: 'LETTER_NOT_READY',
      faults: expect.arrayContaining([
        expect.stringMatching(/^Ground iccpr: no lawyer has confirmed it/),
        expect.stringMatching(
          /^Kyrgyz texts of the letter that no named reader has confirmed: \d+/,
        ),
      ]),
    });
  });

  test('more than two attributes', async () => {
    const attributes = ['act', 'place', 'oblast'] as const;
    await expect(
      build({ narratives: [{ case: withNarrative.id, attributes }] }),
    ).rejects.toMatchObject({ code: 'ATTRIBUTES_NOT_ALLOWED' });
  });

  test('a story of the month and place of a presence log, without a reason', async () => {
    const hour = (from: string, to: string) => [`2021-03-09T${from}`, `2021-03-09T${to}`] as const;
    const [from, to] = hour('09:00:00', '10:00:00');
    const [start, end] = hour('09:10:00', '09:20:00');
    const seen = { kind: 'marked-car', source: 'livery', certainty: 'certain' };
    const log = await open.presence.addLog(
      parsePresenceLog({
        version: 1,
        recorded: [{ camera: 'c1', from, to }],
        reviewed: [{ camera: 'c1', from, to }],
        intervals: [{ camera: 'c1', start, end, ...seen }],
      }),
    );
    const presence = { log, place: title };
    const found = await open.gatherPack({ ...order, presence }, now);
    expect(found.cases.map(({ month }) => month)).toEqual(['2021-03']);
    await expect(build({ presence })).rejects.toMatchObject({ code: 'TOLD_BESIDE_FOOTAGE' });
    const narratives = [{ ...order.narratives[0]!, besideFootage: 'The person wants it told.' }];
    const reasoned = { ...order, presence, narratives };
    const { refusal } = await open.previewDisclosure(reasoned, found, now);
    expect(refusal).toBeNull();
  });

  test('figures of too few cases', async () => {
    await expect(build({ filter: { fromMonth: '2022-01' } })).rejects.toMatchObject({
      code: 'TOO_FEW_CASES',
    });
  });
});

test('a real letter is sealed once its texts are read, its grounds confirmed or used with a reason', async () => {
  const rules = await open.letterRules();
  const { grounds } = order.letter;
  const confirm = (of: 'ground' | 'kyrgyz', digests: readonly string[]) =>
    open.confirmations.add(
      digests.map((digest) => ({
        of,
        digest: digest as Sha256,
        by: 'A. Reader',
        on: '2026-11-23',
      })),
    );
  const used = [rules.legal.standing, ...grounds.map((id) => rules.legal.grounds.get(id)!)];
  const [first, ...others] = used;
  await confirm('ground', others.map(groundDigest));
  // The cases are older than some rules, which a lawyer has to give a reason for.
  const late = used
    .filter(({ governs, inForceFrom }) => governs === 'events' && (inForceFrom ?? '') > '2021-01')
    .map(({ id }) => ({ ground: id, reason: 'the earlier act says the same' }));
  expect(late).not.toEqual([]);
  const real = {
    ...{ ...order, sample: false, narratives: [], copies: [] },
    letter: { ...order.letter, overrides: late },
  };
  const { unread } = await open.renderPack(real, await open.gatherPack(real, now));
  await confirm(
    'kyrgyz',
    unread.map(({ digest }) => digest),
  );
  await expect(open.buildPack(real)).rejects.toMatchObject({
    code: 'LETTER_NOT_READY',
    faults: [expect.stringMatching(/^Ground appeals-67/)],
  });
  const overrides = [...late, { ground: first!.id, reason: 'checked in the gazette' }];
  const { blob, notes } = await open.buildPack({ ...real, letter: { ...order.letter, overrides } });
  expect(notes.warnings.map(({ en }) => en)).toContainEqual(
    expect.stringContaining('the reason given: checked in the gazette'),
  );
  const pack = await unpack(blob, 'real');
  const letter = path.join(pack, 'data/letter/complaint.ru.pdf');
  const text = execFileSync('pdftotext', [letter, '-'], { encoding: 'utf8' });
  expect(text).toContain('ЗАЯВЛЕНИЕ');
  expect(text).not.toMatch(/DRAFT|SAMPLE|не\sподтверждено|gazette/);
});

describe('a pack', () => {
  test('sealed again is the same, byte for byte, but for the seal', async () => {
    const built = await open.buildPack(order);
    const first = await unpack(built.blob, 'first');
    const again = await open.sealPack(built.id);
    const second = await unpack(again.blob, 'second');
    const differing = execFileSync('sh', [
      ...['-c', 'diff -rq "$1" "$2" || true', 'sh', first, second],
    ]).toString();
    for (const line of differing.trim().split('\n')) expect(line).toContain('/seal/');
    const sums = (bag: string) =>
      execFileSync('sh', [
        ...[
          '-c',
          'cd "$1" && find . -type f ! -path "./seal/*" | sort | xargs sha256sum',
          'sh',
          bag,
        ],
      ]).toString();
    expect(sums(second)).toBe(sums(first));
    expect(again.statement).toBe(built.statement);
  });

  test('that was asked for twice is made once, and goes on where it was broken off', async () => {
    const stopping = new AbortController();
    const request = 'an order of a job';
    const broken = open.buildPack(order, {
      request,
      signal: stopping.signal,
      onProgress: ({ step }) => step === 'seal' && stopping.abort(),
    });
    await expect(broken).rejects.toThrow();
    const id = await open.packs.draftFor(request);
    expect(await open.packs.sealed(id!)).toBeNull();
    const built = await open.buildPack(order, { request });
    expect(built.id).toBe(id);
    const again = await open.buildPack(order, { request });
    expect(again.blob).toBe(built.blob);
    const other = await open.buildPack(order, { request: 'another order' });
    expect(other.id).not.toBe(id);
  });

  test('of which a salt was destroyed can be verified, but not opened or made again', async () => {
    const built = await open.buildPack(order);
    const { commitments } = await open.packs.draft(built.id);
    const source = commitments.find((one) => one.source.startsWith('case/'))!;
    expect(await open.packs.opening(built.id, source.leaf)).not.toBeNull();
    await open.packs.destroyOpening(built.id, source.leaf);
    expect(await open.packs.opening(built.id, source.leaf)).toBeNull();
    const exhibit = commitments.find((one) => one.path !== null)!;
    expect(await open.packs.opening(built.id, exhibit.leaf)).not.toBeNull();
  });

  test('says in the custody log what was done, and no more', async () => {
    const built = await open.buildPack(order);
    const bag = await unpack(built.blob, 'custody');
    const lines = readFileSync(path.join(bag, 'evidence/custody.jsonl'), 'utf8').trim().split('\n');
    const kinds = lines.slice(1).map((line) => JSON.parse(line).event.kind);
    expect(kinds).toEqual(['received', 'analysed', 'redacted', 'exported']);
    for (const line of lines.slice(1)) {
      expect(Object.keys(JSON.parse(line).event).sort()).toEqual([
        'detail',
        'kind',
        'month',
        'role',
      ]);
    }
    expect((await open.custody.audit()).intact).toBe(true);
  });
});

test('a vault without its secret stays locked, and the house still stands', async () => {
  const { compose } = await import('../../server/compose.ts');
  const { readConfig } = await import('../../server/config.ts');
  const locked = await compose(readConfig({ DALIL_DATA: dataDir }));
  expect(locked.open).toBeNull();
  await locked.close();
});
