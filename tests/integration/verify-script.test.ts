import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCustodySigner } from '../builders/custody-log.ts';
import { judge } from '../builders/judged-pack.ts';
import { FORGED_PACKS } from '../builders/pack-mutants/forged-packs.ts';
import { forgedTogether } from '../builders/pack-mutants/forging.ts';
import { resealed } from '../builders/resealed-pack.ts';
import { aRevocation } from '../builders/revocation.ts';
import { aPackSigner, type SealedForTest } from '../builders/sealed-pack.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';
import { aTimestampAuthority, type LocalAuthority } from '../builders/timestamp-authority.ts';
import { twinOf } from '../builders/twin-signature.ts';
import { twoAtOnce } from '../builders/two-at-once.ts';
import {
  aPackToCheckByHand,
  copyOf,
  runVerifyScript,
  type ScriptRun,
  unpack,
} from '../builders/unpacked-pack.ts';

// The script that travels in the pack. It needs nothing of ours, so it is run as it is: by `sh`, on
// the folder that `unzip` makes.

const shared = mkdtempSync(path.join(tmpdir(), 'dalil-test-'));
let pack: SealedForTest;
let key: string;
let unpacked: string;

beforeAll(async () => {
  pack = await aPackToCheckByHand();
  ({ key, unpacked } = unpack(shared, pack));
});
afterAll(() => rmSync(shared, { recursive: true }));

/** Damages a copy of the unpacked pack and judges it. */
async function judged(damage: (folder: string) => unknown) {
  const copy = copyOf(unpacked, aTemporaryFolder());
  damage(copy);
  return await runVerifyScript(copy, key);
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(path.join(folder, name)).isFile())
    .sort();
}

describe('an unpacked pack as it was sealed', () => {
  test('is valid by the key, the digest of the key and the digest of the statement', async () => {
    const digest = (command: string) =>
      execFileSync('sh', ['-c', command], { cwd: unpacked, encoding: 'utf8' }).slice(0, 64);
    const brought = [
      key,
      digest('openssl pkey -pubin -in seal/signer.pem -outform DER | sha256sum'),
      digest('sha256sum seal/statement.txt').toUpperCase(),
    ];
    for (const origin of brought) {
      const { status, stdout, stderr, results } = await runVerifyScript(unpacked, origin);
      expect(stdout).toMatch(/\nVALID: /);
      expect([status, stderr]).toEqual([0, '']);
      const open = [...results].filter(([, result]) => result !== 'PASS');
      const names = open.map(([name]) => name.split(':')[0]);
      expect(names).toEqual(['archive', 'log', 'time', 'revocation', 'certificate']);
    }
  });

  test('is consistent without a key, and that is not enough', async () => {
    const { status, stdout, results } = await runVerifyScript(unpacked);
    expect(status).toBe(1);
    expect(stdout).toMatch(/\nCONSISTENT: .*NOT confirmed/);
    expect(results.get('origin: the key came with the pack')).toBe('NOT CHECKED');
  });

  test('is judged the same from another folder', async () => {
    const outside = path.join(aTemporaryFolder(), 'pack');
    const copy = copyOf(unpacked, outside);
    copyFileSync(key, path.join(outside, 'KEY.pem'));
    const script = `${path.basename(copy)}/verify/verify.sh`;
    const said = execFileSync('sh', [script, 'KEY.pem'], { cwd: outside, encoding: 'utf8' });
    expect(said).toMatch(/\nVALID: /);
  });

  test('a key that is not there, or half a digest, is no answer', async () => {
    expect((await runVerifyScript(unpacked, 'none.pem')).status).toBe(3);
    expect((await runVerifyScript(unpacked, 'abc')).status).toBe(3);
  });

  test('another key is another origin', async () => {
    const other = path.join(aTemporaryFolder(), 'other.pem');
    writeFileSync(other, aPackSigner().publicKeyPem);
    for (const brought of [other, '0'.repeat(64)]) {
      const { status, results } = await runVerifyScript(unpacked, brought);
      expect(status).toBe(1);
      expect(results.get('the origin is the one that you brought')).toBe('FAIL');
      expect(results.get('the signature fits the statement')).toBe('PASS');
    }
  });
});

test('a temporary folder of any name will do', () => {
  const odd = path.join(aTemporaryFolder(), "it's a folder");
  mkdirSync(odd);
  const said = execFileSync('sh', ['verify/verify.sh', key], {
    cwd: unpacked,
    env: { ...process.env, TMPDIR: odd },
    encoding: 'utf8',
  });
  expect(said).toMatch(/\nVALID: /);
  expect(readdirSync(odd)).toEqual([]);
});

test('texts of any characters and of the full length are taken as by the command', async () => {
  const DESCRIPTION = 'evidence/pack.json';
  const odd = '"en":"\\ {"ky":"}\n\u0001\u007f\u2028ү😀';
  const title = odd + 'ө'.repeat(600 - [...odd].length);
  const RECEIPT = 'evidence/receipts/V-01.json';
  const textOf = (name: string) => new TextDecoder().decode(pack.bag.get(name));
  const said = JSON.stringify(title);
  const zip = await resealed(pack, {
    files: {
      [DESCRIPTION]: textOf(DESCRIPTION).replace(
        '"data/cases/C-01.json","ky"',
        () => `${said},"ky"`,
      ),
      [RECEIPT]: textOf(RECEIPT).replace(
        ',"version":1',
        () => `,"reviewers":[${said}],"tools":{"a":${said},"b+":${said}},"version":1`,
      ),
    },
  });
  expect((await judge(zip, pack.signer.publicKeyPem)).verdict).toBe('valid');
  const folder = unpack(aTemporaryFolder(), { ...pack, zip }).unpacked;
  const { status, stdout } = await runVerifyScript(folder, key);
  expect([status, stdout]).toEqual([0, expect.not.stringContaining('FAIL')]);
});

test('a check that breaks off is no verdict but INVALID', async () => {
  // To the shell 08 is no number: it gives up in the middle of what is redirected.
  const { status, stdout } = await judged((folder) => {
    const script = path.join(folder, 'verify/verify.sh');
    const text = readFileSync(script, 'utf8');
    writeFileSync(script, text.replace(/^names_are_plain\(\) \{$/m, '$&\n  [ $((08)) -eq 8 ]'));
  });
  expect(stdout).toMatch(/\nINVALID: the check broke off/);
  expect(status).toBe(1);
});

test('a pack of many exhibits and events is judged the same', async () => {
  const bytesOf = (text: string) => new TextEncoder().encode(text);
  const numbers = Array.from({ length: 70 }, (_, i) => String(i + 1).padStart(2, '0'));
  const letter = pack.bag.get('data/letter/complaint.ky.pdf')!;
  const large = await aPackToCheckByHand({
    signer: pack.signer,
    payload: Object.fromEntries([
      ...numbers.map((number) => [`data/cases/C-${number}.json`, bytesOf(`{"n":"${number}"}`)]),
      ['data/letter/complaint.ky.pdf', letter],
      ...numbers.map((number) => [`data/media/V-${number}.mp4`, bytesOf(`copy ${number}`)]),
    ]),
    events: { logged: 301, shown: Array.from({ length: 101 }, (_, i) => 3 * i) },
  });
  const folder = unpack(aTemporaryFolder(), large).unpacked;
  const { status, stdout } = await runVerifyScript(folder, key);
  expect([status, stdout]).toEqual([0, expect.not.stringContaining('FAIL')]);

  const CUSTODY = 'evidence/custody.jsonl';
  const custody = new TextDecoder().decode(large.bag.get(CUSTODY));
  // The last event stands highest in the tree and has the shortest path of all.
  const lengths = custody.match(/"proof":\[[^\]]*/g)!.map((path) => path.split(',').length);
  expect(new Set(lengths).size).toBeGreaterThan(1);
  const lines = custody.split('\n');
  const changed = [
    [...lines.slice(0, 40), ...lines.slice(41)],
    lines.with(40, lines[41]!).with(41, lines[40]!),
    lines.with(40, lines[40]!.replace(/"proof":\["(.{64})","(.{64})"/, '"proof":["$2","$1"')),
    lines.with(40, lines[40]!.replace(/,"[0-9a-f]{64}"\]/, ']')),
    lines.with(40, lines[40]!.replace(/("[0-9a-f]{64}")\]/, '$1,$1]')),
  ];
  const said = await twoAtOnce([...changed.entries()], async ([i, forgedLines]) => {
    const zip = await resealed(large, { files: { [CUSTODY]: forgedLines.join('\n') } });
    const forged = unpack(path.join(shared, `large-${i}`), { ...large, zip }).unpacked;
    const { results } = await runVerifyScript(forged, key);
    return [...results].filter(([, result]) => result === 'FAIL').map(([step]) => step);
  });
  expect(said).toEqual(
    changed.map(() => ['the custody events are in the log that the pack names']),
  );
});

describe('the log, by its key', () => {
  const asked = (folder: string, publicKeyPem: string) => {
    const file = path.join(aTemporaryFolder(), 'LOG-KEY.pem');
    writeFileSync(file, publicKeyPem);
    return runVerifyScript(folder, key, file);
  };
  const step = 'the log is the one whose key you brought';

  test('is the one that signed the checkpoints', async () => {
    const { status, results } = await asked(unpacked, pack.logSigner.publicKeyPem);
    expect([status, results.get(step)]).toEqual([0, 'PASS']);
    expect((await runVerifyScript(unpacked, key, 'none.pem')).status).toBe(3);
  });

  test.each([
    ['another log', () => aCustodySigner().publicKeyPem],
    ['a key of packs', () => pack.signer.publicKeyPem],
  ])('is not %s', async (_name, other) => {
    const { status, results } = await asked(unpacked, other());
    expect([status, results.get(step)]).toEqual([1, 'FAIL']);
    expect(results.get('the log has the sealed statement')).toBe('PASS');
  });

  test('did not sign what was changed', async () => {
    const zip = await resealed(pack, {
      proof: (text) => text.replace(/(— \S+ .{40})./, (_, before) => `${before}A`),
    });
    const folder = unpack(aTemporaryFolder(), { ...pack, zip }).unpacked;
    expect((await runVerifyScript(folder, key)).status).toBe(0);
    const { status, results } = await asked(folder, pack.logSigner.publicKeyPem);
    expect([status, results.get(step)]).toEqual([1, 'FAIL']);
  });
});

describe('time stamps', () => {
  const STEP = 'a time stamp says by when it existed';
  const authority = aTimestampAuthority();
  const other = aTimestampAuthority();
  const PATH = 'seal/tsa.example.tsr';
  const by =
    ({ stamp }: LocalAuthority) =>
    async (bytes: Uint8Array) =>
      stamp(bytes);
  let stamped: SealedForTest;
  let folder: string;
  beforeAll(async () => {
    stamped = await aPackToCheckByHand({
      signer: pack.signer,
      authorities: [{ name: 'tsa.example', stamp: by(authority) }],
    });
    folder = unpack(path.join(shared, 'stamped'), stamped).unpacked;
  });
  const judgedBy = async (where: string, ...brought: string[]) => {
    const { status, results } = await runVerifyScript(where, key, ...brought);
    return [status, results.get(STEP) ?? 'NOT CHECKED'];
  };
  /** The same verdict as the command's over the same bytes. */
  const forgedWith = async (token: Uint8Array) => {
    const zip = await resealed(stamped, { seal: { [PATH]: token } });
    expect((await judge(zip, stamped.signer.publicKeyPem)).verdict).toBe('invalid');
    return unpack(aTemporaryFolder(), { ...stamped, zip }).unpacked;
  };

  test('of an authority that is trusted tell when, of another they do not', async () => {
    expect(await judgedBy(folder)).toEqual([0, 'NOT CHECKED']);
    expect(await judgedBy(folder, '--tsa-ca', authority.rootFile)).toEqual([0, 'PASS']);
    expect(await judgedBy(folder, '--tsa-ca', other.rootFile)).toEqual([1, 'FAIL']);
    const both = ['--tsa-ca', other.rootFile, '--tsa-ca', authority.rootFile];
    expect(await judgedBy(folder, ...both)).toEqual([0, 'PASS']);
  });

  test('beside the pack count as those in it, if they are of this pack', async () => {
    const late = path.join(aTemporaryFolder(), 'late.tsr');
    const bytes = ['seal/statement.txt', 'seal/statement.p256.sig'].map((name) =>
      readFileSync(path.join(folder, name)),
    );
    writeFileSync(late, other.stamp(Buffer.concat(bytes)));
    const brought = ['--tsa-ca', other.rootFile, '--timestamp', late];
    expect(await judgedBy(folder, ...brought)).toEqual([0, 'PASS']);
    // Anybody can send a false one along: that fails by itself, not the pack.
    for (const token of [other.stamp(bytes[0]!), Buffer.from('no time stamp')]) {
      writeFileSync(late, token);
      const mine = ['--tsa-ca', authority.rootFile, '--timestamp', late];
      const { status, stdout } = await runVerifyScript(folder, key, ...mine);
      expect(status).toBe(1);
      expect(stdout).toMatch(/^VALID:/m);
      expect(stdout).toMatch(/^FAIL +beside the pack, and nothing against it: .*late\.tsr$/m);
      expect(stdout).toMatch(new RegExp(`^PASS +${STEP}$`, 'm'));
    }
  });

  test('tell their own moment each, and no name steers the terminal', async () => {
    const at = (name: string) => path.join(aTemporaryFolder(), name);
    const bytes = ['seal/statement.txt', 'seal/statement.p256.sig'].map((name) =>
      readFileSync(path.join(folder, name)),
    );
    const files = ['one.tsr', 'two\u001b[2J.tsr'].map((name) => {
      execFileSync('sleep', ['1.1']);
      const file = at(name);
      writeFileSync(file, authority.stamp(Buffer.concat(bytes)));
      return file;
    });
    const brought = files.flatMap((file) => ['--timestamp', file]);
    const { status, stdout } = await runVerifyScript(
      ...[folder, key, '--tsa-ca', authority.rootFile],
      ...brought,
    );
    expect(status).toBe(0);
    const told = [...stdout.matchAll(/^ +it existed by (.*) \((.*)\)$/gm)];
    expect(told.map(([, , name]) => path.basename(name!))).toEqual([
      'tsa.example.tsr',
      'one.tsr',
      'two?[2J.tsr',
    ]);
    const shown = files.map((file) =>
      execFileSync('openssl', ['ts', '-reply', '-in', file, '-text'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).match(/^Time stamp: (.*)$/m),
    );
    expect(told.slice(1).map(([, moment]) => moment)).toEqual(shown.map((match) => match![1]));
    expect(stdout).toMatch(/^NOT CHECKED +when it was sealed: its own date/m);
  });

  test('of other bytes, or none at all, are told without any root', async () => {
    for (const token of [other.stamp(Buffer.from('other')), Buffer.from('no time stamp')]) {
      const { status, results } = await runVerifyScript(await forgedWith(token), key);
      expect(status).toBe(1);
      expect(results.get('the time stamps are of this statement')).toBe('FAIL');
    }
  });

  test('keep a pack good whose key was revoked later', async () => {
    const note = path.join(aTemporaryFolder(), 'note.txt');
    const revoked = ['--revoked', note, '--tsa-ca', authority.rootFile];
    writeFileSync(note, aRevocation(pack.signer, { since: '2999-01-01T00:00:00Z' }));
    expect((await runVerifyScript(folder, key, ...revoked)).status).toBe(0);
    expect((await runVerifyScript(folder, key, '--revoked', note)).status).toBe(1);
    writeFileSync(note, aRevocation(pack.signer));
    expect((await runVerifyScript(folder, key, ...revoked)).status).toBe(1);
  });
});

describe('a note that revokes a key', () => {
  const STEP = 'no note that you brought revokes the key';
  const noteOf = (text: string) => {
    const file = path.join(aTemporaryFolder(), 'note.txt');
    writeFileSync(file, text);
    return file;
  };
  const judgedBy = async (...notes: string[]) => {
    const brought = notes.flatMap((text) => ['--revoked', noteOf(text)]);
    const { status, results } = await runVerifyScript(unpacked, ...brought, key);
    return [status, results.get(STEP)];
  };

  test('of this key: the pack is not to be relied on', async () => {
    expect(await judgedBy(aRevocation(pack.signer))).toEqual([1, 'FAIL']);
    expect(await judgedBy(aRevocation(aPackSigner()), aRevocation(pack.signer))).toEqual([
      1,
      'FAIL',
    ]);
    const { stdout } = await runVerifyScript(
      unpacked,
      key,
      '--revoked',
      noteOf(aRevocation(pack.signer)),
    );
    expect(stdout).toContain('since 2026-11-20T00:00:00Z others may have it');
  });

  test('of another key says nothing of this pack', async () => {
    expect(await judgedBy(aRevocation(aPackSigner()))).toEqual([0, undefined]);
    const crlf = aRevocation(aPackSigner()).replaceAll('\n', '\r\n');
    expect(await judgedBy(crlf)).toEqual([0, undefined]);
    expect(await judgedBy(aRevocation(pack.signer).replaceAll('\n', '\r\n'))).toEqual([1, 'FAIL']);
  });

  test('that the key did not sign, or that is none, is told', async () => {
    const { publicKeyPem } = pack.signer;
    expect(await judgedBy(aRevocation({ ...aPackSigner(), publicKeyPem }))).toEqual([1, 'FAIL']);
    expect(await judgedBy('all keys are revoked\n')).toEqual([1, 'FAIL']);
    const late = { since: '2026-11-25T08:00:01Z', revokedAt: '2026-11-25T08:00:00Z' };
    expect(await judgedBy(aRevocation(pack.signer, late))).toEqual([1, 'FAIL']);
    expect(await judgedBy(aRevocation(pack.signer).trimEnd())).toEqual([1, 'FAIL']);
  });

  test('that is not there, or an option that there is not, is no answer', async () => {
    expect((await runVerifyScript(unpacked, '--revoked', 'none.txt', key)).status).toBe(3);
    expect((await runVerifyScript(unpacked, '--revoked')).status).toBe(3);
    expect((await runVerifyScript(unpacked, '--other', key)).status).toBe(3);
    expect((await runVerifyScript(unpacked, key, key, key)).status).toBe(3);
  });
});

describe('the twin of a signature, which openssl accepts', () => {
  test.each([
    ['seal/statement.p256.sig', 'the signature fits the statement'],
    ['seal/manifest.p256.sig', 'the files of the seal are the signed ones'],
  ])('%s', async (name, step) => {
    const { status, stdout, results } = await judged((folder) => {
      const file = path.join(folder, name);
      writeFileSync(file, twinOf(readFileSync(file)));
    });
    expect([status, results.get(step)]).toEqual([1, 'FAIL']);
    expect(stdout).toContain('it is the twin (n - s) of a signature');
  });
});

describe('a byte changed', () => {
  /** Files whose change hides that of others: they are changed one by one. */
  const ABOVE_OTHERS =
    /^(?:(?:seal\/|tag)?manifest-sha256\.txt|seal\/manifest\.p256\.sig|seal\/signer\.pem|verify\/verify\.sh)$/;
  /** At the begin of a file, in its middle or at its end. */
  const flip = (folder: string, name: string, place: number) => {
    const file = path.join(folder, name);
    const bytes = readFileSync(file);
    bytes[[0, bytes.length >> 1, bytes.length - 1][place]!]! ^= 1;
    writeFileSync(file, bytes);
  };

  test.each([
    ['begin', 0],
    ['middle', 1],
    ['end', 2],
  ])('at the %s of every file that a list names: each is told', async (_place, place) => {
    const names = filesOf(unpacked).filter((name) => !ABOVE_OTHERS.test(name));
    expect(names.length).toBeGreaterThan(15);
    const { status, stdout } = await judged((folder) => {
      for (const name of names) flip(folder, name, place);
    });
    expect([status, stdout]).toEqual([1, expect.stringMatching(/\nINVALID: /)]);
    const told = [...stdout.matchAll(/^ +(\S+): FAILED$/gm)].map(([, name]) => name);
    expect([...new Set(told)].sort()).toEqual(names);
  });

  test('in a file that others hang on', async () => {
    const script = readFileSync(path.join(unpacked, 'verify/verify.sh'));
    const places = aTemporaryFolder();
    const names = filesOf(unpacked).filter((name) => ABOVE_OTHERS.test(name));
    const said = await twoAtOnce([...names.entries()], async ([i, name]) => {
      const copy = copyOf(unpacked, path.join(places, String(i)));
      flip(copy, name, i % 3);
      // A changed script is judged by an unchanged one, as an auditor would bring it.
      const judge = name === 'verify/verify.sh' ? runnerOf(script, copy) : copy;
      const { status, stdout } = await runVerifyScript(judge, key);
      return [name, status, /\nINVALID: /.test(stdout)];
    });
    expect(said.length).toBe(6);
    expect(said).toEqual(names.map((name) => [name, 1, true]));
  });

  /** A folder whose script judges another folder. */
  function runnerOf(script: Buffer, folder: string): string {
    const runner = mkdtempSync(path.join(shared, 'runner-'));
    const text = script.toString('utf8').replace('"$(dirname -- "$0")/.."', `'${folder}'`);
    mkdirSync(path.join(runner, 'verify'));
    writeFileSync(path.join(runner, 'verify/verify.sh'), text);
    return runner;
  }
});

describe('a change of the folder', () => {
  const CHANGES: Record<string, (folder: string) => unknown> = {
    'a file of evidence removed': (folder) => rmSync(path.join(folder, 'data/cases/C-01.json')),
    'the seal removed': (folder) => rmSync(path.join(folder, 'seal'), { recursive: true }),
    'the signature removed': (folder) => rmSync(path.join(folder, 'seal/statement.p256.sig')),
    'the statement removed': (folder) => rmSync(path.join(folder, 'seal/statement.txt')),
    'the list of the seal removed': (folder) =>
      rmSync(path.join(folder, 'seal/manifest-sha256.txt')),
    'the list of evidence removed': (folder) => rmSync(path.join(folder, 'manifest-sha256.txt')),
    'the list of the bag removed': (folder) => rmSync(path.join(folder, 'tagmanifest-sha256.txt')),
    'the evidence folder removed': (folder) =>
      rmSync(path.join(folder, 'data'), { recursive: true }),
    'a receipt removed': (folder) => rmSync(path.join(folder, 'evidence/receipts/V-01.json')),
    'a name with a line feed': (folder) => writeFileSync(path.join(folder, 'data/a\nb'), 'x'),
    'a name that is a line feed and a listed file': (folder) =>
      writeFileSync(path.join(folder, 'data\nbagit.txt'), 'x'),
    'a name that differs in its case': (folder) =>
      copyFileSync(
        path.join(folder, 'data/cases/C-01.json'),
        path.join(folder, 'data/cases/c-01.json'),
      ),
    'an empty folder': (folder) => mkdirSync(path.join(folder, 'data/empty')),
    'a file renamed': (folder) =>
      renameSync(
        path.join(folder, 'data/cases/C-01.json'),
        path.join(folder, 'data/cases/C-02.json'),
      ),
    'two files swapped': (folder) => {
      const [a, b] = ['data/cases/C-01.json', 'data/letter/complaint.ky.pdf'].map((name) =>
        path.join(folder, name),
      ) as [string, string];
      renameSync(a, `${folder}.swap`);
      renameSync(b, a);
      renameSync(`${folder}.swap`, b);
    },
    'a link in the place of a file, to the same bytes': (folder) => {
      const file = path.join(folder, 'data/cases/C-01.json');
      copyFileSync(file, `${folder}.json`);
      rmSync(file);
      symlinkSync(`${folder}.json`, file);
    },
    'a link in the place of a folder, to the same files': (folder) => {
      renameSync(path.join(folder, 'data'), `${folder}.data`);
      symlinkSync(`${folder}.data`, path.join(folder, 'data'));
    },
    'a pipe in the place of a file': (folder) => {
      rmSync(path.join(folder, 'data/cases/C-01.json'));
      execFileSync('mkfifo', [path.join(folder, 'data/cases/C-01.json')]);
    },
    'a byte added to a file': (folder) =>
      appendFileSync(path.join(folder, 'data/media/V-01.mp4'), '\0'),
    'a line added to the list of evidence': (folder) => {
      writeFileSync(path.join(folder, 'data/more.txt'), 'x');
      const sum = execFileSync('sha256sum', ['data/more.txt'], { cwd: folder });
      appendFileSync(path.join(folder, 'manifest-sha256.txt'), sum);
    },
    'another key in the seal': (folder) =>
      writeFileSync(path.join(folder, 'seal/signer.pem'), aPackSigner().publicKeyPem),
    'the key written with other line ends': (folder) =>
      writeFileSync(
        path.join(folder, 'seal/signer.pem'),
        pack.signer.publicKeyPem.replaceAll('\n', '\r\n'),
      ),
  };

  const said = new Map<string, ScriptRun>();
  beforeAll(() =>
    twoAtOnce(Object.entries(CHANGES), async ([name, damage]) => {
      const copy = copyOf(unpacked, mkdtempSync(path.join(shared, 'changed-')));
      damage(copy);
      said.set(name, await runVerifyScript(copy, key));
    }),
  );

  test.each(Object.keys(CHANGES))('%s', (name) => {
    const { status, stdout, stderr } = said.get(name)!;
    expect(stdout).toMatch(/^FAIL /m);
    expect(stdout).toMatch(/\nINVALID: /);
    expect([status, stderr]).toEqual([1, '']);
    // What a stranger named a file must not reach the terminal as it is.
    expect(stdout).toMatch(/^[\n\x20-\x7e]*$/);
  });

  test('files added anywhere: each is named', async () => {
    const added = ['README', 'data/cases/C-02.json', 'data/more.txt', 'seal/zz.tsr'];
    const { status, stdout } = await judged((folder) => {
      for (const name of added)
        writeFileSync(path.join(folder, name), name === 'README' ? '' : 'x');
    });
    expect([status, stdout]).toEqual([1, expect.stringMatching(/\nINVALID: /)]);
    const told = [...stdout.matchAll(/^ +> ([^:\n]+)$/gm)].map(([, name]) => name);
    expect(told).toEqual(added);
  });

  test('names that no pack has: each is counted, and none steers a terminal', async () => {
    const odd = ['data/.hidden', 'data/a b', '-rf', 'data/\u001b[2J', 'data/далил', 'data/end.'];
    const { status, stdout } = await judged((folder) => {
      for (const name of odd) writeFileSync(path.join(folder, name), 'x');
    });
    expect([status, stdout]).toEqual([1, expect.stringMatching(/\nINVALID: /)]);
    expect(stdout).toContain(`${odd.length} names that no pack has`);
    expect(stdout).toMatch(/^[\n\x20-\x7e]*$/);
  });

  test('another name of the folder', async () => {
    const copy = copyOf(unpacked, aTemporaryFolder());
    const renamed = path.join(path.dirname(copy), `EP-${'b'.repeat(26)}`);
    renameSync(copy, renamed);
    const { status, results } = await runVerifyScript(renamed, key);
    expect(status).toBe(1);
    expect(results.get('the statement is of this pack and its list')).toBe('FAIL');
  });

  test('the seal of another pack by the same key', async () => {
    const other = await aPackToCheckByHand({ seed: 99, signer: pack.signer });
    const foreign = unpack(aTemporaryFolder(), other).unpacked;
    const { status, results } = await judged((folder) =>
      execFileSync('cp', ['-r', path.join(foreign, 'seal'), folder]),
    );
    expect(status).toBe(1);
    expect(results.get('the signature fits the statement')).toBe('PASS');
    expect(results.get('the statement is of this pack and its list')).toBe('FAIL');
  });

  test('everything removed: there is no pack', async () => {
    const copy = aTemporaryFolder();
    mkdirSync(path.join(copy, 'verify'));
    copyFileSync(path.join(unpacked, 'verify/verify.sh'), path.join(copy, 'verify/verify.sh'));
    expect((await runVerifyScript(copy, key)).status).toBe(3);
  });
});

describe('files that do not agree, though every signature fits', () => {
  const DESCRIPTION = 'the description fits the files';
  const OPENINGS = 'every exhibit opens its commitment';
  const RECEIPTS = 'every redacted copy has a receipt that fits it';
  /** Steps that look at files of their own: what is forged for one of them another does not see. */
  const ON_THEIR_OWN: Readonly<Record<string, RegExp>> = {
    'every signed letter is the letter and a signature': /^letter-/,
    'the custody events are in the log that the pack names': /^custody-(?!description|empty)/,
    'the log has the sealed statement': /^log-proof-/,
    'the bag says of itself what is true': /^bag-/,
    'the time stamps are of this statement': /^timestamp-/,
    [DESCRIPTION]: /^(?:description-(?:malformed|other-pack)|commitments-description)$/,
    [OPENINGS]: /^opening/,
    [RECEIPTS]: /^receipt-(?!shared)/,
  };
  /** Of these a pack has a forgery for one: the later go by what the earlier found. */
  const IN_TURN = [DESCRIPTION, OPENINGS, RECEIPTS];
  /** What other steps see as well. */
  const SEEN_ELSEWHERE = /zero byte|stands twice in its line|is no UTF-8|are no JSON/;
  const stepOf = ({ name, finds }: (typeof FORGED_PACKS)[number]) =>
    Object.entries(ON_THEIR_OWN).find(
      ([, codes]) => !SEEN_ELSEWHERE.test(name) && finds.every((code) => codes.test(code)),
    )?.[0];
  const families = [
    ...Map.groupBy(FORGED_PACKS, (one) => {
      const own = stepOf(one);
      return own !== undefined && IN_TURN.includes(own) ? IN_TURN : own;
    }),
  ].flatMap(([own, family]) => (own === undefined ? [] : [family]));
  const longest = Math.max(...families.map((family) => family.length));
  /** One of each family in a pack; all others in a pack each. */
  const packs = [
    ...Array.from({ length: longest }, (_, i) => families.flatMap((family) => family[i] ?? [])),
    ...FORGED_PACKS.filter((one) => stepOf(one) === undefined).map((one) => [one]),
  ];
  const said = new Map<string, ScriptRun>();
  beforeAll(() =>
    twoAtOnce(packs, async (all) => {
      const zip = await forgedTogether(pack, all);
      const place = mkdtempSync(path.join(shared, 'forged-'));
      const folder = unpack(place, { ...pack, zip }).unpacked;
      const run = await runVerifyScript(folder, key);
      for (const { name } of all) said.set(name, run);
      rmSync(place, { recursive: true });
    }),
  );

  test.each(FORGED_PACKS)('$name', (forged) => {
    const { status, stdout, results } = said.get(forged.name)!;
    expect(stdout).toMatch(/\nINVALID: /);
    expect(status).toBe(1);
    const own = stepOf(forged);
    if (own === undefined) return;
    const failed = [...results].filter(([, result]) => result === 'FAIL').map(([step]) => step);
    expect(failed).toContain(own);
    // No step fails for another's sake: each of those that fail has a forgery of its own, or goes by a
    // description that does not hold.
    const owns = packs.find((all) => all.includes(forged))!.map((one) => stepOf(one)!);
    const expected = owns.includes(DESCRIPTION) ? [...owns, OPENINGS, RECEIPTS] : owns;
    expect(failed.filter((step) => !expected.includes(step))).toEqual([]);
  });
});
