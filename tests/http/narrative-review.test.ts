import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compose, type House } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { aCase, aConsent } from '../builders/case.ts';
import { createHttpClient, type HttpClient, listen } from '../builders/http-client.ts';
import { inventNarratives } from '../builders/narratives/narratives.ts';
import { runDalil } from '../builders/run-dalil.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

// Two lawyers and a narrative with names, from the raw text to the one that may leave.

const folder = temporaryFolder();
const password = 'correct horse battery';
let house: House;
let stop: () => Promise<void>;
let first: HttpClient;
let second: HttpClient;

beforeAll(async () => {
  const keyFile = path.join(folder, 'vault.key');
  writeFileSync(keyFile, Buffer.alloc(32, 'key'));
  const config = readConfig({
    DALIL_DATA: path.join(folder, 'data'),
    DALIL_VAULT_KEYFILE: keyFile,
  });
  house = await compose(config);
  const served = await listen(house);
  stop = served.stop;
  const client = async (login: string) => {
    await house.addUser({ login, role: 'lawyer', password });
    const one = createHttpClient(served.url);
    expect((await one.signIn(login, password)).status).toBe(201);
    return one;
  };
  first = await client('first');
  second = await client('second');
});
afterAll(async () => {
  await stop?.();
  await house?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Span {
  number: number;
  start: number;
  end: number;
  rule: string;
  explanation: { ky: string; ru: string; en: string };
  replacement: string | null;
  decision: { kind: string; byRole: string } | null;
}
interface State {
  version: number;
  texts: {
    language: string;
    text: string;
    spans: Span[];
    open: number;
    left: { rule: string }[];
  }[];
  textsSha256: string | null;
  approvals: { byRole: string }[];
  needsSecondPerson: boolean;
}

const RAW = {
  ru: 'Асанов Бакыт и сестра Бакыта Гулька рассказали, что капитан Токтосунов требовал 15000 сомов.',
  en: 'Captain Toktosunov told Bakyt Asanov to pay.',
};

async function newCase(narrative: { ru?: string; en?: string } = RAW) {
  const record = aCase({
    narrative,
    consent: {
      narrative: aConsent({ level: 'C2', recipient: 'ministry' }),
      media: aConsent(),
    },
  });
  await house.open!.cases.insertAll([record]);
  return { record, at: `/api/v1/cases/${record.id}` };
}
const stateOf = async (response: Response) => {
  const body = (await response.json()) as State;
  expect(response.status, JSON.stringify(body)).toBe(200);
  return body;
};
const refusal = async (response: Response) => (await response.json()) as { code: string };

/** Takes every proposal, and drops what is only pointed out. */
async function decideAll(client: HttpClient, at: string): Promise<State> {
  let state = await stateOf(await client.get(`${at}/anonymisation`));
  for (const { language, spans } of state.texts) {
    for (const { number, replacement } of spans) {
      const decision = { kind: replacement === null ? 'drop' : 'replace', span: number };
      const change = { version: state.version, language, decision };
      state = await stateOf(await client.send('POST', `${at}/anonymisation/decisions`, change));
    }
  }
  return state;
}

describe('the review of a narrative', () => {
  test('finds names in all languages, one label for one person, and says why', async () => {
    const { at } = await newCase();
    const { texts, version, textsSha256 } = await stateOf(await first.get(`${at}/anonymisation`));
    expect({ version, textsSha256 }).toEqual({ version: 0, textsSha256: null });
    const [ru, en] = texts;
    expect(ru!.text).not.toMatch(/Асанов|Бакыт|Гульк|Токтосун/);
    expect(en!.text).not.toMatch(/Toktosunov|Bakyt|Asanov/);
    const label = (text: string, language: string) =>
      texts
        .find((one) => one.language === language)!
        .spans.find(({ replacement }) => replacement === text);
    expect(label('Сотрудник-1', 'ru')).toBeDefined();
    expect(label('Officer-1', 'en')).toBeDefined();
    expect(ru!.spans.some(({ replacement }) => replacement === null)).toBe(true);
    for (const { explanation } of [...ru!.spans, ...en!.spans]) {
      expect(Object.values(explanation).every((words) => words.length > 5)).toBe(true);
    }
  });

  test.each(inventNarratives('ru', 'chat', 4))(
    'proposes what the command proposes for the same text',
    async ({ text: raw }) => {
      const { at } = await newCase({ ru: raw });
      const { texts } = await stateOf(await first.get(`${at}/anonymisation`));
      const command = await runDalil(['anonymise', '--lang', 'ru'], {}, raw);
      const { spans } = JSON.parse(command.out) as { spans: Span[] };
      const proposed = texts[0]!.spans.filter(({ replacement }) => replacement !== null);
      const seen = ({ start, end, rule, replacement }: Span) => ({ start, end, rule, replacement });
      expect(spans.length).toBeGreaterThan(0);
      expect(proposed.map(seen)).toEqual(spans.map(seen));
    },
  );

  test('each decision is taken once, can be undone, and names the version it saw', async () => {
    const { at } = await newCase();
    const keep = { kind: 'keep', span: 0, reason: 'a pseudonym' };
    const change = { version: 0, language: 'ru', decision: keep };
    const kept = await stateOf(await first.send('POST', `${at}/anonymisation/decisions`, change));
    expect(kept.texts[0]!.text).toContain('Асанов');
    expect(kept.texts[0]!.spans[0]!.decision).toMatchObject({ kind: 'keep', byRole: 'lawyer' });
    const late = await second.send('POST', `${at}/anonymisation/decisions`, change);
    expect(late.status).toBe(409);
    expect(await refusal(late)).toMatchObject({ code: 'REVIEW_OUTDATED' });
    const undone = await stateOf(
      await second.send('POST', `${at}/anonymisation/undo`, { version: 1 }),
    );
    expect(undone.texts[0]!.text).not.toContain('Асанов');
    expect(undone.texts[0]!.spans[0]!.decision).toBeNull();
  });

  test('a name that is kept in one place is found where it was not decided', async () => {
    const { at } = await newCase({ ru: 'Его зовут Дордой. Он стоял один.' });
    const state = await decideAll(first, at);
    expect(state.texts[0]!.left).toEqual([]);
    const raw = 'Его зовут Дордой. Он стоял один.';
    const start = raw.indexOf('стоял');
    const decision = { kind: 'missed', start, end: start + 5, replacement: 'у Дордоя' };
    const change = { version: state.version, language: 'ru', decision };
    const written = await stateOf(
      await first.send('POST', `${at}/anonymisation/decisions`, change),
    );
    expect(written.texts[0]!.left).toMatchObject([{ rule: 'name-left' }]);
    expect(written.textsSha256).toBeNull();
  });
});

describe('what leaves', () => {
  test('only whole, and only after a second lawyer approved exactly these texts', async () => {
    const { at, record } = await newCase();
    const { reviewCase } = house.open!;
    await expect(reviewCase.leaving(record)).rejects.toMatchObject({ code: 'NARRATIVE_UNDECIDED' });

    const decided = await decideAll(first, at);
    expect(decided.needsSecondPerson).toBe(true);
    const { textsSha256 } = decided;
    await expect(reviewCase.leaving(record)).rejects.toMatchObject({
      code: 'NARRATIVE_UNAPPROVED',
    });

    const own = await first.send('POST', `${at}/approval`, { textsSha256 });
    expect(await refusal(own)).toMatchObject({ code: 'APPROVER_DECIDED' });
    const other = await second.send('POST', `${at}/approval`, { textsSha256: '0'.repeat(64) });
    expect(await refusal(other)).toMatchObject({ code: 'REVIEW_OUTDATED' });
    expect((await second.send('POST', `${at}/approval`, { textsSha256 })).status).toBe(204);

    const { texts } = await reviewCase.leaving(record);
    expect(Object.values(texts).join(' ')).not.toMatch(/Асанов|Бакыт|Токтосунов|Asanov|15000/);
    const { approvals } = await stateOf(await first.get(`${at}/anonymisation`));
    expect(approvals).toMatchObject([{ byRole: 'lawyer' }]);

    // One decision more, and the approval is of other texts.
    const change = {
      version: decided.version,
      language: 'ru',
      decision: { kind: 'generalise', span: 0, words: 'Пациент' },
    };
    await stateOf(await first.send('POST', `${at}/anonymisation/decisions`, change));
    await expect(reviewCase.leaving(record)).rejects.toMatchObject({
      code: 'NARRATIVE_UNAPPROVED',
    });
  });

  test('not at all when the narrative is another one by now', async () => {
    const { at, record } = await newCase();
    await decideAll(first, at);
    const changed = { ...record, narrative: { ru: 'Совсем другое.' } };
    await expect(house.open!.reviewCase.leaving(changed)).rejects.toMatchObject({
      code: 'NARRATIVE_CHANGED',
    });
  });
});

test('reviews lie sealed: no name is in the database', async () => {
  const { at } = await newCase();
  await decideAll(first, at);
  const { readFileSync, readdirSync } = await import('node:fs');
  const data = path.join(folder, 'data');
  for (const file of readdirSync(data).filter((name) => name.startsWith('dalil.sqlite'))) {
    const bytes = readFileSync(path.join(data, file));
    for (const name of ['Токтосунов', 'Toktosunov', 'toktosunov']) {
      expect(bytes.includes(Buffer.from(name)), file).toBe(false);
    }
  }
});

describe('a narrative that nobody reviewed', () => {
  test('does not leave while a name in small letters stands in it', async () => {
    const { record } = await newCase({ ru: 'асанов бакыт забрал вещи у нас.' });
    await expect(house.open!.reviewCase.leaving(record)).rejects.toMatchObject({
      code: 'NARRATIVE_UNDECIDED',
    });
  });

  test('leaves when nothing is found in it and a second lawyer read it', async () => {
    const { record, at } = await newCase({ ru: 'Его остановили без причины.' });
    const { textsSha256, texts } = await stateOf(await first.get(`${at}/anonymisation`));
    expect(texts[0]).toMatchObject({ open: 0, left: [] });
    expect((await second.send('POST', `${at}/approval`, { textsSha256 })).status).toBe(204);
    expect((await house.open!.reviewCase.leaving(record)).texts).toEqual(record.narrative);
  });
});

test('what was marked as missed is looked for in every other form', async () => {
  const raw = { ru: 'Там стоял сторож, у сторожа был нож. Про сторожа знают все.' };
  const { at } = await newCase(raw);
  const before = await stateOf(await first.get(`${at}/anonymisation`));
  expect(before.texts[0]!.text).toBe(raw.ru);
  const start = raw.ru.indexOf('сторож');
  const decision = { kind: 'missed', start, end: start + 6, replacement: 'Лицо-9' };
  const change = { version: before.version, language: 'ru', decision };
  const after = await stateOf(await first.send('POST', `${at}/anonymisation/decisions`, change));
  expect(after.texts[0]!.left).toMatchObject([{ rule: 'name-left' }, { rule: 'name-left' }]);
});
