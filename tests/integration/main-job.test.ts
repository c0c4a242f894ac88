import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DalilRun, runDalil } from '../builders/run-dalil.ts';

// The main job from end to end, as `npm run demo` does it, judged by tools of other hands.

const root = mkdtempSync(path.join(tmpdir(), 'dalil-main-'));
const out = path.join(root, 'demo');
let run: DalilRun;
let bag: string;
const said = (program: string, args: readonly string[], cwd = bag) =>
  execFileSync(program, args, { encoding: 'utf8', cwd, maxBuffer: 64 * 1_048_576 });
/** The text of a PDF on one line. */
const textOf = (file: string) => said('pdftotext', [file, '-'], root).replaceAll(/\s+/g, ' ');

beforeAll(async () => {
  run = await runDalil(['demo', '--out', out]);
  execFileSync('unzip', ['-q', path.join(out, 'pack.zip'), '-d', root]);
  bag = path.join(root, readdirSync(root).find((name) => name.startsWith('EP-'))!);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('ends well, tells how far it is, and leaves pack, letters and report', () => {
  expect(run.code).toBe(0);
  expect(run.err).toMatch(/Drawing the sample clip: 100 %/);
  expect(run.err).toMatch(/Redacting clip 1 of 1: 100 %/);
  expect(run.out).toMatch(/^VALID/);
  expect(readdirSync(out).sort()).toEqual([
    'complaint.en.pdf',
    'complaint.ky.pdf',
    'complaint.ru.pdf',
    'pack.zip',
    'redacted.mp4',
    'sample',
    'signer.pem',
    'verification.json',
    'verification.txt',
  ]);
  expect(JSON.parse(readFileSync(path.join(out, 'verification.json'), 'utf8')).verdict).toBe(
    'valid',
  );
});

describe('the pack', () => {
  test('is confirmed by coreutils and openssl', () => {
    const key = path.join(out, 'signer.pem');
    for (const [signed, signature] of [
      ['seal/statement.txt', 'seal/statement.p256.sig'],
      ['seal/manifest-sha256.txt', 'seal/manifest.p256.sig'],
    ] as const) {
      const verified = ['dgst', '-sha256', '-verify', key, '-signature', signature, signed];
      expect(said('openssl', verified)).toBe('Verified OK\n');
    }
    for (const list of [
      'tagmanifest-sha256.txt',
      'manifest-sha256.txt',
      'seal/manifest-sha256.txt',
    ]) {
      expect(said('sha256sum', ['-c', '--strict', list])).not.toMatch(/FAILED/);
    }
    expect(said('sh', ['verify/verify.sh', key])).toMatch(/^VALID/m);
  });

  test('says everywhere that it is a sample', () => {
    expect(readFileSync(path.join(bag, 'bag-info.txt'), 'utf8')).toContain('ОБРАЗЕЦ');
    for (const folder of ['letter', 'annex']) {
      for (const name of readdirSync(path.join(bag, 'data', folder))) {
        const file = path.join(bag, 'data', folder, name);
        const pages = Number(/Pages:\s+(\d+)/.exec(said('pdfinfo', [file]))![1]);
        const text = said('pdftotext', [file, '-']).split('\f').slice(0, pages);
        expect(text).toHaveLength(pages);
        for (const page of text) expect(page).toMatch(/SAMPLE/);
      }
    }
  });

  test('tells nothing of originals, of the registry or of this machine', () => {
    const clip = readFileSync(path.join(out, 'sample', 'street-scene.mp4'));
    const digest = said('sha256sum', [path.join(out, 'sample', 'street-scene.mp4')]).slice(0, 64);
    const forbidden = [
      digest,
      `"${clip.length}"`,
      'street-scene',
      '08:41:07',
      'KAM',
      root,
      ...registryCodes(path.join(out, 'sample', 'cases.csv')),
    ];
    const files = said('find', ['.', '-type', 'f', '!', '-name', '*.mp4']).trim().split('\n');
    for (const name of files) {
      const file = path.join(bag, name);
      const text = name.endsWith('.pdf')
        ? said('pdftotext', [file, '-'])
        : readFileSync(file, 'utf8');
      for (const word of forbidden) expect(text.includes(word), `${name}: ${word}`).toBe(false);
    }
  });

  test('holds copies that are nothing but one video', () => {
    const file = path.join(bag, 'data/media/V-01.mp4');
    const probe = JSON.parse(
      said('ffprobe', ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', file]),
    );
    expect(probe.streams.map((stream: { codec_name: string }) => stream.codec_name)).toEqual([
      'h264',
    ]);
    const tags = said('exiftool', ['-a', '-G1', '-s', '-x', 'System:all', file]);
    expect(tags).not.toMatch(/(?:Create|Modify)Date\s+: (?!0000)/);
    expect(tags).not.toMatch(/Encoder|HandlerDescription\s+: \S|GPS|CompressorName\s+: \S/);
  });
});

describe('the letter', () => {
  const sentences = {
    ky: /1 300 учурдун 668 учуру укук коргоо органдарынын кызматкерлерине тиешелүү; алардын ичинен 394 учур \(59 %\)[^.]*227 учур \(34 %\)/,
    ru: /Из 1 300 случаев[^.]*668 касаются[^.]*394 \(59 %\)[^.]*227 \(34 %\)/,
    en: /Of 1,300 cases documented by the organisation in 2020–21, 668 concern law-enforcement officers; of these, 394 \(59 %\) were reported by people who use drugs and 227 \(34 %\) by sex workers \(one primary population per case\)/,
  };
  test.each(Object.entries(sentences))('says exactly the figures, in %s', (lang, sentence) => {
    const text = textOf(path.join(out, `complaint.${lang}.pdf`));
    expect(text).toMatch(sentence);
    expect(text).toMatch(/212/);
    expect(text).not.toMatch(/undefined|NaN|\{\{|\[object/);
  });

  test('has its fonts in it, as outlines', () => {
    for (const lang of ['ky', 'ru', 'en']) {
      const fonts = said('pdffonts', [path.join(out, `complaint.${lang}.pdf`)])
        .trim()
        .split('\n')
        .slice(2);
      expect(fonts.length).toBeGreaterThan(0);
      for (const font of fonts) {
        expect(font).toMatch(/NotoSerif/);
        expect(font).not.toMatch(/Type 3/);
        expect(font).toMatch(/ yes +yes +yes /);
      }
    }
  });

  test('names the digests of its files, and its own in the inventory, as sha256sum does', () => {
    const digestOf = (file: string) => said('sha256sum', [file]).slice(0, 64);
    const letter = textOf(path.join(out, 'complaint.ru.pdf')).replaceAll(' ', '');
    const inventory = textOf(path.join(bag, 'data/annex/inventory.ru.pdf')).replaceAll(' ', '');
    for (const file of ['data/media/V-01.mp4', 'data/cases/C-01.json']) {
      expect(letter).toContain(digestOf(file));
      expect(inventory).toContain(digestOf(file));
    }
    expect(inventory).toContain(digestOf('data/letter/complaint.ky.pdf'));
  });

  test('names the key that seals it', () => {
    const statement = readFileSync(path.join(bag, 'seal/statement.txt'), 'utf8');
    const key = /^signer p256 ([0-9a-f]{64})$/m.exec(statement)![1]!;
    for (const lang of ['ky', 'ru', 'en']) {
      expect(textOf(path.join(out, `complaint.${lang}.pdf`)).replace(/\s/g, '')).toContain(key);
    }
  });
});

test('nothing of the vault is left behind', () => {
  const left = readdirSync(tmpdir()).filter((name) => name.startsWith('dalil-demo-'));
  expect(left).toEqual([]);
});

/** Codes of the registry are the first column of the sample. */
function registryCodes(file: string): string[] {
  const rows = readFileSync(file, 'utf8').split('\n').slice(1, 200);
  return rows.map((row) => row.split(',')[0]!).filter((code) => code.length >= 6);
}
