import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { House } from '../../server/compose.ts';
import type { OpenHouse } from '../../server/composition/compose-open.ts';
import { readAll } from '../../server/kernel/blobs.ts';
import type { PackOrder } from '../../server/packs/pack-order.ts';
import { aCase, aConsent } from '../builders/case.ts';
import { kyrgyzForm, russianForm } from '../builders/narratives/person-forms.ts';
import { openHouse } from '../builders/open-house.ts';
import { aPackOrder } from '../builders/pack-order.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

// Names that were planted in a narrative, in every form, from the import to the files of a pack.

const now = new Date('2026-11-23T10:15:00Z');
const folder = temporaryFolder();
let house: House;
let open: OpenHouse;
let dataDir: string;
let order: PackOrder;
const by = { user: 'anybody', role: 'lawyer' };

const CASES = ['nom', 'gen', 'dat', 'acc', 'ins', 'loc'] as const;
const surname = (wanted: (typeof CASES)[number]) =>
  russianForm('Чокобаев', { sex: 'm', surname: true, wanted });
const given = (wanted: (typeof CASES)[number]) =>
  russianForm('Тынчтыкбек', { sex: 'm', surname: false, wanted });

const narrative = {
  ru: CASES.map((one) => `Потом говорили: ${surname(one)}, ${given(one)}.`).join(' '),
  ky: (['nom', 'gen', 'dat', 'acc', 'loc', 'abl'] as const)
    .map((one) => `Анан ${kyrgyzForm('Чокобаев', one)} жөнүндө айтышты.`)
    .join(' '),
  en: "Then Chokobaev came. Tynchtykbek Chokobaev's brother saw it.",
};

beforeAll(async () => {
  ({ house, open, dataDir } = await openHouse({ clock: { now: () => now } }));
  const told = aCase({
    narrative,
    acts: ['threat', 'beating'],
    consent: {
      narrative: aConsent({ level: 'C2', recipient: 'ministry', purpose: 'complaint' }),
      media: aConsent(),
    },
  });
  const several = (count: number, changes: Parameters<typeof aCase>[0]) =>
    Array.from({ length: count }, () => aCase(changes));
  await open.cases.insertAll([
    told,
    ...several(40, { acts: ['threat', 'beating'] }),
    ...several(30, { primaryPopulation: 'sw', oblast: 'osh', acts: ['extortion'] }),
    ...several(30, { perpetrators: ['private-person'], month: '2021-09' }),
  ]);
  order = await aPackOrder(now, { narratives: [{ case: told.id, attributes: [] }] });
  let state = await open.reviewCase.state(told.id);
  for (const { language, spans } of state.texts) {
    for (const { number: span, replacement } of spans) {
      const decision = {
        kind: replacement === null ? ('drop' as const) : ('replace' as const),
        span,
      };
      state = await open.reviewCase.decide({
        ...{ id: told.id, version: state.version, language, decision, by },
      });
    }
  }
  expect(state.textsSha256).not.toBeNull();
});
afterAll(async () => {
  await house?.close();
  for (const left of [folder, dataDir, `${dataDir}.key`]) {
    rmSync(left, { recursive: true, force: true });
  }
});

/** The words of every file of a pack, read by tools of other hands. */
async function wordsOf(blob: string): Promise<string> {
  const zip = path.join(folder, 'pack.zip');
  writeFileSync(zip, await readAll(open.blobs.read(blob)));
  execFileSync('unzip', ['-q', zip, '-d', path.join(folder, 'pack')]);
  const root = path.join(folder, 'pack');
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  expect(files.some((file) => file.endsWith('.pdf'))).toBe(true);
  return files
    .map((file) =>
      file.endsWith('.pdf')
        ? execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' })
        : readFileSync(file, 'utf8'),
    )
    .join('\n');
}

test('a name that a lawyer types into the letter is found in the printed file, declined or not', async () => {
  const text = {
    ky: 'Чокобаевди өз милдетинен бошотуу.',
    ru: 'Отстранить Чокобаева от службы.',
    en: 'Remove Chokobaev from duty.',
  };
  const named = { ...order, letter: { ...order.letter, demands: [{ text }] } };
  const refused = open.buildPack(named);
  await expect(refused).rejects.toMatchObject({
    code: 'NAME_IN_FILE',
    message: expect.stringMatching(/^data\/letter\/complaint\.ky\.pdf /),
  });
  await expect(refused).rejects.not.toThrow(/Чокобаев/);
  expect(await open.packs.list(10)).toEqual([]);
});

test('no form of a planted name is in any file of the pack', async () => {
  const { blob } = await open.buildPack(order);
  const words = (await wordsOf(blob)).replaceAll('\u00ad', '').toLowerCase();
  expect(words).toContain('лицо-1');
  for (const name of ['чокобаев', 'тынчтыкбек', 'chokobaev', 'tynchtykbek']) {
    expect(words).not.toContain(name);
  }
});
