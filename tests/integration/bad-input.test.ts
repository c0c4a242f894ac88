import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runDalil } from '../builders/run-dalil.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';

// Each bad input gets one sentence that says what and how to mend it, a code that is not 0, and
// leaves nothing behind.

const template = (name: string) => path.resolve(import.meta.dirname, '../../templates', name);

/** One sentence or a few, on one line, without paths, tool output or a stack. */
function expectOneSentence(said: readonly string[]): void {
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/^[A-Z][^\n]*\.$/);
  expect(said[0]).not.toMatch(/\/tmp|node:|at .*\.ts|Error:|undefined|\[object/);
}

const shared = mkdtempSync(path.join(tmpdir(), 'dalil-test-'));
const clip = path.join(shared, 'clip.mp4');
beforeAll(() => {
  execFileSync('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=160x96:r=10:d=2'],
    ...['-c:v', 'libx264', '-pix_fmt', 'yuv420p', clip],
  ]);
});
afterAll(() => rmSync(shared, { recursive: true }));

describe('redact', () => {
  const cases: Record<string, (folder: string) => string> = {
    'a playlist named .mp4': (folder) => {
      const file = path.join(folder, 'clip.mp4');
      writeFileSync(file, '#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:1/a.ts\n#EXT-X-ENDLIST\n');
      return file;
    },
    'a concat script named .mp4': (folder) => {
      const file = path.join(folder, 'clip.mp4');
      writeFileSync(file, "ffconcat version 1.0\nfile '/etc/hostname'\n");
      return file;
    },
    'a clip without bytes': (folder) => {
      const file = path.join(folder, 'clip.mp4');
      writeFileSync(file, '');
      return file;
    },
    'a clip that was cut off': (folder) => {
      const file = path.join(folder, 'clip.mp4');
      const whole = readFileSync(clip);
      writeFileSync(file, whole.subarray(0, Math.floor(whole.length / 2)));
      return file;
    },
    'a text named .mp4': (folder) => {
      const file = path.join(folder, 'clip.mp4');
      writeFileSync(file, 'This is no video.\n');
      return file;
    },
    'a clip that is not there': (folder) => path.join(folder, 'none.mp4'),
    'a folder': (folder) => folder,
    'a picture bomb': (folder) => {
      const file = path.join(folder, 'bomb.png');
      execFileSync('ffmpeg', [
        ...['-v', 'error', '-f', 'lavfi', '-i', 'color=black:s=16000x16000:d=1', '-frames:v', '1'],
        ...['-pix_fmt', 'gray', file],
      ]);
      return file;
    },
    'a picture that was cut off': (folder) => {
      const file = path.join(folder, 'cut.jpg');
      writeFileSync(file, Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'));
      return file;
    },
  };
  test.each(Object.keys(cases))('%s', async (name) => {
    const folder = aTemporaryFolder();
    const results = path.join(folder, 'results');
    mkdirSync(results);
    const file = cases[name]!(folder);
    const plan = path.join(folder, 'plan.json');
    writeFileSync(plan, JSON.stringify({ version: 1, mode: 'all' }));
    const still = /\.(png|jpg)$/.test(file);
    const { code, said } = await runDalil([
      ...['redact', file, '--out', path.join(results, 'out'), ...(still ? ['--plan', plan] : [])],
      ...['--proof', path.join(results, 'proof.json')],
    ]);
    expect(code).toBe(3);
    expectOneSentence(said);
    expect(readdirSync(results)).toEqual([]);
  });

  test.each([
    [
      'reaches out of the frame',
      { cover: [{ id: 'a', keyframes: [{ frame: 0, box: [150, 0, 32, 16] }], from: 0, to: 5 }] },
    ],
    [
      'is of another analysis',
      { analysis: '0'.repeat(64), emptyScene: { digest: '0'.repeat(64) } },
    ],
    ['names frames that are not there', { range: [0, 5000] }],
    ['has a field nobody knows', { blur: true }],
    ['covers only what was marked, and nobody looked', { mode: 'marked' }],
  ])('a plan that %s', async (_name, fields) => {
    const folder = aTemporaryFolder();
    const plan = path.join(folder, 'plan.json');
    writeFileSync(plan, JSON.stringify({ version: 1, mode: 'moving', ...fields }));
    const out = path.join(folder, 'out.mp4');
    const { code, said } = await runDalil(['redact', clip, '--out', out, '--plan', plan]);
    expect(code).toBe(3);
    expectOneSentence(said);
    expect(readdirSync(folder)).toEqual(['plan.json']);
  });

  test('a plan that is no JSON', async () => {
    const folder = aTemporaryFolder();
    const plan = path.join(folder, 'plan.json');
    writeFileSync(plan, '{"version": 1,');
    const { code, said } = await runDalil([
      ...['redact', clip, '--out', path.join(folder, 'out.mp4'), '--plan', plan],
    ]);
    expect(code).toBe(3);
    expectOneSentence(said);
  });

  test('the original as the place of the copy', async () => {
    const before = readFileSync(clip);
    const { code, said } = await runDalil(['redact', clip, '--out', clip]);
    expect(code).toBe(2);
    expectOneSentence(said);
    expect(readFileSync(clip).equals(before)).toBe(true);
  });

  test('a missing ffmpeg', async () => {
    const folder = aTemporaryFolder();
    const { code, said } = await runDalil(['redact', clip, '--out', path.join(folder, 'out.mp4')], {
      DALIL_FFMPEG: '/nowhere/ffmpeg',
    });
    expect(code).toBe(2);
    expectOneSentence(said);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('letter', () => {
  test('a missing Chromium', async () => {
    const folder = aTemporaryFolder();
    const { code, said } = await runDalil(
      [
        ...['letter', template('letters/example.json'), '--lang', 'ky'],
        ...['--out', path.join(folder, 'letter.pdf')],
      ],
      { DALIL_CHROMIUM: '/nowhere/chromium' },
    );
    expect(code).toBe(2);
    expectOneSentence(said);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a letter that is no letter', async () => {
    const folder = aTemporaryFolder();
    const file = path.join(folder, 'letter.json');
    writeFileSync(file, '{"version": 1}');
    const { code, said } = await runDalil([
      ...['letter', file, '--lang', 'ru', '--out', path.join(folder, 'letter.pdf')],
    ]);
    expect(code).toBe(3);
    expectOneSentence(said);
    expect(readdirSync(folder)).toEqual(['letter.json']);
  });

  test('a language there is none of', async () => {
    const { code } = await runDalil([
      ...['letter', template('letters/example.json'), '--lang', 'de', '--out', '/nowhere/x.pdf'],
    ]);
    expect(code).toBe(2);
  });
});

describe('import', () => {
  const secret = (dataDir: string) => ({
    DALIL_DATA: dataDir,
    DALIL_VAULT_PASSPHRASE: 'a passphrase for a test',
  });
  const header = readFileSync(template('import/cases.csv'), 'utf8').split('\r\n')[0]!;
  test.each([
    ['wrong columns', 'name,phone,what\r\nA,1,x\r\n', /column/],
    ['values of no list', `${header}\r\nK-1,2021-02,atlantis,,,,pwid\r\n`, /row 2/],
    ['an encoding that is none', Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41]), /\./],
    ['nothing in it', '', /\./],
  ])('a table with %s', async (_name, content, reason) => {
    const folder = aTemporaryFolder();
    const file = path.join(folder, 'cases.csv');
    writeFileSync(file, content);
    // A key file: a passphrase would take longer.
    const keyFile = path.join(folder, 'vault.key');
    writeFileSync(keyFile, Buffer.alloc(32, 'key'));
    const vault = { DALIL_DATA: path.join(folder, 'data'), DALIL_VAULT_KEYFILE: keyFile };
    const { code, out } = await runDalil(['import', file], vault);
    expect(code).toBe(1);
    expect(out).toMatch(reason);
    // Nothing half-imported: the template goes in whole afterwards.
    const again = await runDalil(['import', template('import/cases.csv')], vault);
    expect(again.code).toBe(0);
    expect(again.out).toContain('2 cases were imported.');
  });

  test('a wrong passphrase', async () => {
    const dataDir = path.join(aTemporaryFolder(), 'data');
    expect((await runDalil(['key'], secret(dataDir))).code).toBe(0);
    const { code, said } = await runDalil(['import', template('import/cases.csv')], {
      DALIL_DATA: dataDir,
      DALIL_VAULT_PASSPHRASE: 'another passphrase',
    });
    expect(code).toBe(2);
    expectOneSentence(said);
  });

  test('no passphrase', async () => {
    const dataDir = path.join(aTemporaryFolder(), 'data');
    const { code, said } = await runDalil(['import', template('import/cases.csv')], {
      DALIL_DATA: dataDir,
    });
    expect(code).toBe(2);
    expectOneSentence(said);
  });
});

describe('verify', () => {
  test.each([
    ['a text', 'no pack\n'],
    ['nothing', ''],
  ])('%s instead of a pack', async (_name, content) => {
    const folder = aTemporaryFolder();
    const file = path.join(folder, 'pack.zip');
    writeFileSync(file, content);
    const { code, said } = await runDalil(['verify', file]);
    expect(code).toBe(3);
    expectOneSentence(said);
  });

  test('a pack that is not there', async () => {
    const { code, said } = await runDalil(['verify', path.join(aTemporaryFolder(), 'none.zip')]);
    expect(code).toBe(3);
    expectOneSentence(said);
  });

  test('a key that is none', async () => {
    const folder = aTemporaryFolder();
    writeFileSync(path.join(folder, 'pack.zip'), 'PK');
    writeFileSync(path.join(folder, 'key.pem'), 'no key');
    const { code, said } = await runDalil([
      ...['verify', path.join(folder, 'pack.zip'), '--key', path.join(folder, 'key.pem')],
    ]);
    expect(code).toBe(3);
    expectOneSentence(said);
  });

  test('a digest that is none', async () => {
    const { code, said } = await runDalil(['verify', 'pack.zip', '--statement-sha256', 'abc']);
    expect(code).toBe(2);
    expectOneSentence(said);
  });
});

test('every faulty setting is named at once, and no value', async () => {
  const { code, said } = await runDalil(['doctor'], {
    DALIL_PORT: 'secret-port',
    DALIL_TSA_URLS: 'ftp://secret.example',
  });
  expect(code).toBe(2);
  expectOneSentence(said);
  expect(said[0]).toContain('DALIL_PORT');
  expect(said[0]).toContain('DALIL_TSA_URLS');
  expect(said[0]).not.toContain('secret');
});
