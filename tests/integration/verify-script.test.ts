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
import { resealed } from '../builders/resealed-pack.ts';
import { aRevocation } from '../builders/revocation.ts';
import { aPackSigner, type SealedForTest } from '../builders/sealed-pack.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';
import { aTimestampAuthority, type LocalAuthority } from '../builders/timestamp-authority.ts';
import { twinOf } from '../builders/twin-signature.ts';
import { aPackToCheckByHand, copyOf, runVerifyScript, unpack } from '../builders/unpacked-pack.ts';

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
function judged(damage: (folder: string) => unknown, brought = key) {
  const copy = copyOf(unpacked, aTemporaryFolder());
  damage(copy);
  return runVerifyScript(copy, brought);
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(path.join(folder, name)).isFile())
    .sort();
}

describe('an unpacked pack as it was sealed', () => {
  test('is valid by the key, the digest of the key and the digest of the statement', () => {
    const digest = (command: string) =>
      execFileSync('sh', ['-c', command], { cwd: unpacked, encoding: 'utf8' }).slice(0, 64);
    const brought = [
      key,
      digest('openssl pkey -pubin -in seal/signer.pem -outform DER | sha256sum'),
      digest('sha256sum seal/statement.txt').toUpperCase(),
    ];
    for (const origin of brought) {
      const { status, stdout, stderr, results } = runVerifyScript(unpacked, origin);
      expect(stdout).toMatch(/\nVALID: /);
      expect([status, stderr]).toEqual([0, '']);
      const open = [...results].filter(([, result]) => result !== 'PASS');
      const names = open.map(([name]) => name.split(':')[0]);
      expect(names).toEqual(['archive', 'log', 'time', 'revocation', 'certificate']);
    }
  });

  test('is consistent without a key, and that is not enough', () => {
    const { status, stdout, results } = runVerifyScript(unpacked);
    expect(status).toBe(1);
    expect(stdout).toMatch(/\nCONSISTENT: .*NOT confirmed/);
    expect(results.get('origin: the key came with the pack')).toBe('NOT CHECKED');
  });

  test('is judged the same from another folder', () => {
    const outside = path.join(aTemporaryFolder(), 'pack');
    const copy = copyOf(unpacked, outside);
    copyFileSync(key, path.join(outside, 'KEY.pem'));
    const script = `${path.basename(copy)}/verify/verify.sh`;
    const said = execFileSync('sh', [script, 'KEY.pem'], { cwd: outside, encoding: 'utf8' });
    expect(said).toMatch(/\nVALID: /);
  });

  test('a key that is not there, or half a digest, is no answer', () => {
    expect(runVerifyScript(unpacked, 'none.pem').status).toBe(3);
    expect(runVerifyScript(unpacked, 'abc').status).toBe(3);
  });

  test('another key is another origin', () => {
    const other = path.join(aTemporaryFolder(), 'other.pem');
    writeFileSync(other, aPackSigner().publicKeyPem);
    for (const brought of [other, '0'.repeat(64)]) {
      const { status, results } = runVerifyScript(unpacked, brought);
      expect(status).toBe(1);
      expect(results.get('the origin is the one that you brought')).toBe('FAIL');
      expect(results.get('the signature fits the statement')).toBe('PASS');
    }
  });
});

describe('the log, by its key', () => {
  const asked = (folder: string, publicKeyPem: string) => {
    const file = path.join(aTemporaryFolder(), 'LOG-KEY.pem');
    writeFileSync(file, publicKeyPem);
    return runVerifyScript(folder, key, file);
  };
  const step = 'the log is the one whose key you brought';

  test('is the one that signed the checkpoints', () => {
    const { status, results } = asked(unpacked, pack.logSigner.publicKeyPem);
    expect([status, results.get(step)]).toEqual([0, 'PASS']);
    expect(runVerifyScript(unpacked, key, 'none.pem').status).toBe(3);
  });

  test.each([
    ['another log', () => aCustodySigner().publicKeyPem],
    ['a key of packs', () => pack.signer.publicKeyPem],
  ])('is not %s', (_name, other) => {
    const { status, results } = asked(unpacked, other());
    expect([status, results.get(step)]).toEqual([1, 'FAIL']);
    expect(results.get('the log has the sealed statement')).toBe('PASS');
  });

  test('did not sign what was changed', async () => {
    const zip = await resealed(pack, {
      proof: (text) => text.replace(/(— \S+ .{40})./, (_, before) => `${before}A`),
    });
    const folder = unpack(aTemporaryFolder(), { ...pack, zip }).unpacked;
    expect(runVerifyScript(folder, key).status).toBe(0);
    const { status, results } = asked(folder, pack.logSigner.publicKeyPem);
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
  const judgedBy = (where: string, ...brought: string[]) => {
    const { status, results } = runVerifyScript(where, key, ...brought);
    return [status, results.get(STEP) ?? 'NOT CHECKED'];
  };
  /** The same verdict as the command's over the same bytes. */
  const forgedWith = async (token: Uint8Array) => {
    const zip = await resealed(stamped, { seal: { [PATH]: token } });
    expect((await judge(zip, stamped.signer.publicKeyPem)).verdict).toBe('invalid');
    return unpack(aTemporaryFolder(), { ...stamped, zip }).unpacked;
  };

  test('of an authority that is trusted tell when, of another they do not', () => {
    expect(judgedBy(folder)).toEqual([0, 'NOT CHECKED']);
    expect(judgedBy(folder, '--tsa-ca', authority.rootFile)).toEqual([0, 'PASS']);
    expect(judgedBy(folder, '--tsa-ca', other.rootFile)).toEqual([1, 'FAIL']);
    const both = ['--tsa-ca', other.rootFile, '--tsa-ca', authority.rootFile];
    expect(judgedBy(folder, ...both)).toEqual([0, 'PASS']);
  });

  test('beside the pack count as those in it, if they are of this pack', () => {
    const late = path.join(aTemporaryFolder(), 'late.tsr');
    const bytes = ['seal/statement.txt', 'seal/statement.p256.sig'].map((name) =>
      readFileSync(path.join(folder, name)),
    );
    writeFileSync(late, other.stamp(Buffer.concat(bytes)));
    const brought = ['--tsa-ca', other.rootFile, '--timestamp', late];
    expect(judgedBy(folder, ...brought)).toEqual([0, 'PASS']);
    // Anybody can send a false one along: that fails by itself, not the pack.
    for (const token of [other.stamp(bytes[0]!), Buffer.from('no time stamp')]) {
      writeFileSync(late, token);
      const mine = ['--tsa-ca', authority.rootFile, '--timestamp', late];
      const { status, stdout } = runVerifyScript(folder, key, ...mine);
      expect(status).toBe(1);
      expect(stdout).toMatch(/^VALID:/m);
      expect(stdout).toMatch(/^FAIL +beside the pack, and nothing against it: .*late\.tsr$/m);
      expect(stdout).toMatch(new RegExp(`^PASS +${STEP}$`, 'm'));
    }
  });

  test('tell their own moment each, and no name steers the terminal', () => {
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
    const { status, stdout } = runVerifyScript(
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
      const { status, results } = runVerifyScript(await forgedWith(token), key);
      expect(status).toBe(1);
      expect(results.get('the time stamps are of this statement')).toBe('FAIL');
    }
  });

  test('keep a pack good whose key was revoked later', () => {
    const note = path.join(aTemporaryFolder(), 'note.txt');
    const revoked = ['--revoked', note, '--tsa-ca', authority.rootFile];
    writeFileSync(note, aRevocation(pack.signer, { since: '2999-01-01T00:00:00Z' }));
    expect(runVerifyScript(folder, key, ...revoked).status).toBe(0);
    expect(runVerifyScript(folder, key, '--revoked', note).status).toBe(1);
    writeFileSync(note, aRevocation(pack.signer));
    expect(runVerifyScript(folder, key, ...revoked).status).toBe(1);
  });
});

describe('a note that revokes a key', () => {
  const STEP = 'no note that you brought revokes the key';
  const noteOf = (text: string) => {
    const file = path.join(aTemporaryFolder(), 'note.txt');
    writeFileSync(file, text);
    return file;
  };
  const judgedBy = (...notes: string[]) => {
    const brought = notes.flatMap((text) => ['--revoked', noteOf(text)]);
    const { status, results } = runVerifyScript(unpacked, ...brought, key);
    return [status, results.get(STEP)];
  };

  test('of this key: the pack is not to be relied on', () => {
    expect(judgedBy(aRevocation(pack.signer))).toEqual([1, 'FAIL']);
    expect(judgedBy(aRevocation(aPackSigner()), aRevocation(pack.signer))).toEqual([1, 'FAIL']);
    const { stdout } = runVerifyScript(
      unpacked,
      key,
      '--revoked',
      noteOf(aRevocation(pack.signer)),
    );
    expect(stdout).toContain('since 2026-11-20T00:00:00Z others may have it');
  });

  test('of another key says nothing of this pack', () => {
    expect(judgedBy(aRevocation(aPackSigner()))).toEqual([0, undefined]);
    const crlf = aRevocation(aPackSigner()).replaceAll('\n', '\r\n');
    expect(judgedBy(crlf)).toEqual([0, undefined]);
    expect(judgedBy(aRevocation(pack.signer).replaceAll('\n', '\r\n'))).toEqual([1, 'FAIL']);
  });

  test('that the key did not sign, or that is none, is told', () => {
    const { publicKeyPem } = pack.signer;
    expect(judgedBy(aRevocation({ ...aPackSigner(), publicKeyPem }))).toEqual([1, 'FAIL']);
    expect(judgedBy('all keys are revoked\n')).toEqual([1, 'FAIL']);
    const late = { since: '2026-11-25T08:00:01Z', revokedAt: '2026-11-25T08:00:00Z' };
    expect(judgedBy(aRevocation(pack.signer, late))).toEqual([1, 'FAIL']);
    expect(judgedBy(aRevocation(pack.signer).trimEnd())).toEqual([1, 'FAIL']);
  });

  test('that is not there, or an option that there is not, is no answer', () => {
    expect(runVerifyScript(unpacked, '--revoked', 'none.txt', key).status).toBe(3);
    expect(runVerifyScript(unpacked, '--revoked').status).toBe(3);
    expect(runVerifyScript(unpacked, '--other', key).status).toBe(3);
    expect(runVerifyScript(unpacked, key, key, key).status).toBe(3);
  });
});

describe('the twin of a signature, which openssl accepts', () => {
  test.each([
    ['seal/statement.p256.sig', 'the signature fits the statement'],
    ['seal/manifest.p256.sig', 'the files of the seal are the signed ones'],
  ])('%s', (name, step) => {
    const { status, stdout, results } = judged((folder) => {
      const file = path.join(folder, name);
      writeFileSync(file, twinOf(readFileSync(file)));
    });
    expect([status, results.get(step)]).toEqual([1, 'FAIL']);
    expect(stdout).toContain('it is the twin (n - s) of a signature');
  });
});

describe('a byte changed', () => {
  test('in any file: at its begin, in its middle or at its end', () => {
    const copy = copyOf(unpacked, aTemporaryFolder());
    const script = readFileSync(path.join(copy, 'verify/verify.sh'));
    for (const [i, name] of filesOf(copy).entries()) {
      const file = path.join(copy, name);
      const whole = readFileSync(file);
      const at = [0, whole.length >> 1, whole.length - 1][i % 3]!;
      const bytes = Buffer.from(whole);
      bytes[at]! ^= 1;
      writeFileSync(file, bytes);
      // A changed script is judged by an unchanged one, as an auditor would bring it.
      const judge = name === 'verify/verify.sh' ? runnerOf(script, copy) : copy;
      const { status, stdout } = runVerifyScript(judge, key);
      expect([name, at, status, /\nINVALID: /.test(stdout)]).toEqual([name, at, 1, true]);
      writeFileSync(file, whole);
    }
    expect(runVerifyScript(copy, key).status).toBe(0);
  });

  /** A folder whose script judges another folder. */
  function runnerOf(script: Buffer, folder: string): string {
    const runner = aTemporaryFolder();
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
    'a file added to the evidence': (folder) =>
      writeFileSync(path.join(folder, 'data/more.txt'), 'x'),
    'a file added to the seal': (folder) => writeFileSync(path.join(folder, 'seal/zz.tsr'), 'x'),
    'a file added at the top': (folder) => writeFileSync(path.join(folder, 'README'), 'x'),
    'a file added, empty': (folder) => writeFileSync(path.join(folder, 'data/cases/C-02.json'), ''),
    'a hidden file added': (folder) => writeFileSync(path.join(folder, 'data/.hidden'), 'x'),
    'a name with a space': (folder) => writeFileSync(path.join(folder, 'data/a b'), 'x'),
    'a name with a line feed': (folder) => writeFileSync(path.join(folder, 'data/a\nb'), 'x'),
    'a name that is a line feed and a listed file': (folder) =>
      writeFileSync(path.join(folder, 'data\nbagit.txt'), 'x'),
    'a name that begins with a dash': (folder) => writeFileSync(path.join(folder, '-rf'), 'x'),
    'a name that steers terminals': (folder) =>
      writeFileSync(path.join(folder, 'data/\u001b[2J'), 'x'),
    'a name that is no ASCII': (folder) => writeFileSync(path.join(folder, 'data/далил'), 'x'),
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

  test.each(Object.entries(CHANGES))('%s', (_name, damage) => {
    const { status, stdout, stderr } = judged(damage);
    expect(stdout).toMatch(/^FAIL /m);
    expect(stdout).toMatch(/\nINVALID: /);
    expect([status, stderr]).toEqual([1, '']);
    // What a stranger named a file must not reach the terminal as it is.
    expect(stdout).toMatch(/^[\n\x20-\x7e]*$/);
  });

  test('another name of the folder', () => {
    const copy = copyOf(unpacked, aTemporaryFolder());
    const renamed = path.join(path.dirname(copy), `EP-${'b'.repeat(26)}`);
    renameSync(copy, renamed);
    const { status, results } = runVerifyScript(renamed, key);
    expect(status).toBe(1);
    expect(results.get('the statement is of this pack and its list')).toBe('FAIL');
  });

  test('the seal of another pack by the same key', async () => {
    const other = await aPackToCheckByHand({ seed: 99, signer: pack.signer });
    const foreign = unpack(aTemporaryFolder(), other).unpacked;
    const { status, results } = judged((folder) =>
      execFileSync('cp', ['-r', path.join(foreign, 'seal'), folder]),
    );
    expect(status).toBe(1);
    expect(results.get('the signature fits the statement')).toBe('PASS');
    expect(results.get('the statement is of this pack and its list')).toBe('FAIL');
  });

  test('everything removed: there is no pack', () => {
    const copy = aTemporaryFolder();
    mkdirSync(path.join(copy, 'verify'));
    copyFileSync(path.join(unpacked, 'verify/verify.sh'), path.join(copy, 'verify/verify.sh'));
    expect(runVerifyScript(copy, key).status).toBe(3);
  });
});

describe('files that do not agree, though every signature fits', () => {
  // openssl reads a signature to its end and no further: what hides behind it, in the room that the
  // letter has for it, only `dalil verify` and the page see. README says so.
  const shown = FORGED_PACKS.filter(({ name }) => name !== 'something hides behind the signature');

  test.each(shown)('$name', async ({ make }) => {
    const zip = await make(pack);
    const folder = unpack(aTemporaryFolder(), { ...pack, zip }).unpacked;
    const { status, stdout } = runVerifyScript(folder, key);
    expect(stdout).toMatch(/\nINVALID: /);
    expect(status).toBe(1);
  });
});
