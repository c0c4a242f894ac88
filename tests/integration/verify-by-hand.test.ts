import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCustodySigner } from '../builders/custody-log.ts';
import { aRevocation } from '../builders/revocation.ts';
import { aPackSigner, type SealedForTest } from '../builders/sealed-pack.ts';
import { superseding } from '../builders/superseding-pack.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';
import { aTimestampAuthority } from '../builders/timestamp-authority.ts';
import { aPackToCheckByHand, copyOf, TEMPLATES, unpack } from '../builders/unpacked-pack.ts';

// What VERIFY.txt tells an auditor to type, typed: the commands are taken out of the text and run as
// they stand there. Nothing of ours is called.

const shared = mkdtempSync(path.join(tmpdir(), 'dalil-test-'));
let pack: SealedForTest;
let archive: string;
let unpacked: string;

beforeAll(async () => {
  pack = await aPackToCheckByHand();
  ({ pack: archive, unpacked } = unpack(shared, pack));
});
afterAll(() => rmSync(shared, { recursive: true }));

/** The commands of each numbered step: the blocks that are set off and hold no prose. */
function commandsOf(text: string): Map<number, string[]> {
  const steps = new Map<number, string[]>();
  let step = 0;
  for (const block of text.slice(0, text.indexOf('All of this at once')).split(/\n{2,}/)) {
    const heading = /^(\d+)\. /.exec(block);
    if (heading !== null) step = Number(heading[1]);
    else if (/^ {3}(?:unzip|openssl|sha256sum|sed|cp|cat|tr|while|\{) /.test(block)) {
      const commands = block.replaceAll(/^ {3}/gm, '');
      steps.set(step, [...(steps.get(step) ?? []), commands]);
    }
  }
  return steps;
}

const TEXT = readFileSync(path.join(TEMPLATES, 'pack/VERIFY.txt'), 'utf8');
const STEPS = commandsOf(TEXT);

function type(folder: string, commands: string) {
  const { status, stdout } = spawnSync('sh', ['-c', commands], { cwd: folder, encoding: 'utf8' });
  return { status, stdout };
}
const typeStep = (folder: string, step: number) =>
  (STEPS.get(step) ?? []).map((commands) => type(folder, commands));

describe('VERIFY.txt, typed', () => {
  test('has commands for all thirteen steps', () => {
    expect([...STEPS].map(([step, blocks]) => [step, blocks.length])).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 1],
      [5, 1],
      [6, 1],
      [7, 2],
      [8, 2],
      [9, 1],
      [10, 1],
      [11, 1],
      [12, 1],
      [13, 1],
    ]);
  });

  test('step 1 unpacks into the folder of the pack', () => {
    const folder = aTemporaryFolder();
    writeFileSync(path.join(folder, 'pack.zip'), pack.zip);
    const { status, stdout } = type(folder, `${STEPS.get(1)![0]}\npwd`);
    expect(status).toBe(0);
    expect(path.basename(stdout.trimEnd().split('\n').at(-1)!)).toBe(pack.id);
  });

  test('step 13 shows whether an earlier pack is the one that is replaced', async () => {
    const next = await superseding(pack, pack.sealed.statementSha256);
    const folder = unpack(aTemporaryFolder(), { ...pack, zip: next }).unpacked;
    const earlier = path.join(path.dirname(folder), 'earlier.txt');
    const typed = () => typeStep(folder, 13)[0]!.stdout.split('\n');
    copyFileSync(path.join(unpacked, 'seal/statement.txt'), earlier);
    const [named, digest, ...dates] = typed();
    expect(digest).toBe(`${named}  -`);
    expect(dates).toEqual([...Array(2).fill(`sealed-at ${pack.draft.sealedAt}`), '']);
    writeFileSync(earlier, 'another statement\n');
    const [same, other] = typed();
    expect([same, other!.slice(0, 64) === named]).toEqual([named, false]);
    expect(type(unpacked, STEPS.get(13)![0]!).stdout).toMatch(/^-\n/);
  });

  test('steps 2 and 4 show the digests that the statement names', () => {
    const statement = readFileSync(path.join(unpacked, 'seal/statement.txt'), 'utf8');
    const [key] = typeStep(unpacked, 2);
    expect(statement).toContain(`\nsigner p256 ${key!.stdout.slice(0, 64)}\n`);
    const [shown] = typeStep(unpacked, 4);
    expect(statement).toContain(`\ntagmanifest-sha256 ${shown!.stdout.slice(0, 64)}\n`);
    expect(shown!.stdout).toContain(`\npack ${path.basename(unpacked)}\n`);
  });

  test('steps 3 and 5 say OK of every signature and file', () => {
    const [signatures] = typeStep(unpacked, 3);
    expect(signatures!.stdout.split('\n')).toEqual([
      'Verified OK',
      'Verified OK',
      'seal/letters/complaint.ky.pdf: OK',
      'seal/signer.pem: OK',
      'seal/statement.p256.sig: OK',
      'seal/statement.tlog-proof: OK',
      'seal/statement.txt: OK',
      '',
    ]);
    const [files] = typeStep(unpacked, 5);
    expect(files!.status).toBe(0);
    expect(
      files!.stdout
        .trimEnd()
        .split('\n')
        .every((line) => line.endsWith(': OK')),
    ).toBe(true);
  });

  test('step 6 prints nothing, and step 7 the root, and nothing', () => {
    expect(typeStep(unpacked, 6)).toEqual([{ status: 0, stdout: '' }]);
    const [root, openings] = typeStep(unpacked, 7);
    const statement = readFileSync(path.join(unpacked, 'seal/statement.txt'), 'utf8');
    expect(root!.stdout).toMatch(/^[0-9a-f]{64}\n$/);
    expect(statement).toContain(`\ncommitment-root ${root!.stdout}`);
    expect(openings).toEqual({ status: 0, stdout: '' });
  });

  test('step 8 shows that the statement was logged, by the log whose key one has', () => {
    const [logged, refused] = typeStep(unpacked, 8);
    const [what, digest] = logged!.stdout.split('\n');
    expect(JSON.parse(what!)[1].about).toEqual({ pack: pack.id, statement: digest!.slice(0, 64) });
    expect(refused!.status).not.toBe(0);
    const keyFile = path.join(unpacked, '../LOG-KEY.pem');
    writeFileSync(keyFile, pack.logSigner.publicKeyPem);
    expect(typeStep(unpacked, 8)[1]).toEqual({
      status: 0,
      stdout: 'Signature Verified Successfully\n',
    });
    writeFileSync(keyFile, aCustodySigner().publicKeyPem);
    expect(typeStep(unpacked, 8)[1]!.status).toBe(1);
  });

  test('show what was changed, added, withheld otherwise or signed by another', () => {
    const copy = copyOf(unpacked, aTemporaryFolder());
    const at = (name: string) => path.join(copy, name);
    writeFileSync(at('data/cases/C-01.json'), '{"text":"lie!"}');
    expect(typeStep(copy, 5)[0]!.status).toBe(1);
    expect(typeStep(copy, 5)[0]!.stdout).toContain('data/cases/C-01.json: FAILED');
    writeFileSync(at('seal/more.tsr'), '');
    expect(typeStep(copy, 6)[0]!.stdout).toContain('> seal/more.tsr');
    const commitments = readFileSync(at('evidence/commitments.txt'), 'utf8');
    writeFileSync(at('evidence/commitments.txt'), `${'0'.repeat(64)}\n${commitments.slice(65)}`);
    const statement = readFileSync(at('seal/statement.txt'), 'utf8');
    expect(statement).not.toContain(typeStep(copy, 7)[0]!.stdout);
    writeFileSync(at('evidence/commitments.txt'), `${'0'.repeat(64)}\n`.repeat(64));
    expect(typeStep(copy, 7)[1]!.stdout).toMatch(/^([0-9a-f]{64}\n){2}$/);
    writeFileSync(at('seal/statement.txt'), statement.replace('T10', 'T11'));
    expect(typeStep(copy, 3)[0]!.stdout).toMatch(/^Verification failure\nVerified OK\n/i);
  });
});

test('step 9 prints a line for each item that the pack committed to, and none for others', () => {
  const openings = readFileSync(path.join(unpacked, 'evidence/openings.jsonl'), 'utf8');
  const count = openings.trimEnd().split('\n').length;
  expect(count).toBeGreaterThan(1);
  const committed = readFileSync(path.join(unpacked, 'evidence/commitments.txt'), 'utf8');
  const printedFor = (text: string) => {
    writeFileSync(path.join(shared, 'opening.json'), text);
    return typeStep(unpacked, 9)[0]!.stdout.trimEnd().split('\n').filter(Boolean);
  };
  const all = printedFor(openings);
  expect(new Set(all).size).toBe(count);
  for (const leaf of all) expect(committed).toContain(leaf);
  expect(printedFor(openings.replaceAll('\n', '\r\n'))).toEqual(all);
  const [first] = openings.split('\n');
  expect(printedFor(`${first}\n`)).toHaveLength(1);
  const changed = first!.replace(/"bytes":\d+/, '"bytes":1');
  expect(printedFor(`${changed}\n`)).toEqual([]);
});

test('the one command for all of this, with everything in the folder above', () => {
  const [command] = /^ {3}(sh verify\/verify\.sh .*)$/m.exec(TEXT)!.slice(1);
  writeFileSync(path.join(shared, 'LOG-KEY.pem'), pack.logSigner.publicKeyPem);
  writeFileSync(path.join(shared, 'revoked.txt'), aRevocation(aPackSigner()));
  copyFileSync(aTimestampAuthority().rootFile, path.join(shared, 'TSA-CA.pem'));
  const { status, stdout } = type(unpacked, command!);
  expect(stdout).toMatch(/^VALID: /m);
  expect(status).toBe(0);
});

describe('step 10', () => {
  const verdictOf = (note: string) => {
    writeFileSync(path.join(shared, 'revoked.txt'), note);
    return typeStep(unpacked, 10)[0]!;
  };

  test('confirms a note by the key of the pack, which names its digest', () => {
    const { status, stdout } = verdictOf(aRevocation(pack.signer));
    const [key] = typeStep(unpacked, 2);
    expect(status).toBe(0);
    expect(stdout).toContain(`\nkey p256 ${key!.stdout.slice(0, 64)}\n`);
    expect(stdout).toMatch(/\nVerified OK\n$/);
  });

  test('confirms no note that another key signed, or that was changed', () => {
    const { publicKeyPem } = pack.signer;
    const forged = aRevocation({ ...aPackSigner(), publicKeyPem });
    const changed = aRevocation(pack.signer).replace('since 2026', 'since 2025');
    for (const note of [forged, changed]) {
      expect(verdictOf(note).status).toBe(1);
      expect(verdictOf(note).stdout).toMatch(/Verification failure/i);
    }
  });
});

test('step 11 tells the moment of each time stamp, and trusts those of the authority alone', async () => {
  const authority = aTimestampAuthority();
  const other = aTimestampAuthority();
  const stamped = await aPackToCheckByHand({
    authorities: [authority, other].map(({ stamp }, i) => ({
      name: `tsa-${i}.example`,
      stamp: async (bytes) => stamp(bytes),
    })),
  });
  const folder = aTemporaryFolder();
  const inside = unpack(folder, stamped).unpacked;
  copyFileSync(authority.rootFile, path.join(folder, 'TSA-CA.pem'));
  const { stdout } = typeStep(inside, 11)[0]!;
  expect(stdout.match(/seal\/tsa-\d\.example\.tsr: \w+ +\d+ [\d:]+ \d{4} GMT/g)).toHaveLength(2);
  expect(stdout.match(/Verification: \w+/g)).toEqual(['Verification: OK', 'Verification: FAILED']);
  expect(typeStep(inside, 3)[0]!.stdout).toContain('seal/tsa-0.example.tsr: OK\n');
  expect(typeStep(inside, 6)[0]!.stdout).toBe('');
});

describe('the archive, to other hands', () => {
  test('unzip finds nothing wrong in it', () => {
    expect(execFileSync('unzip', ['-t', archive], { encoding: 'utf8' })).toContain(
      'No errors detected',
    );
  });

  test('zipinfo shows stored files of mode 0644 from 1980 in one folder, the seal last', () => {
    const listed = execFileSync('zipinfo', [archive], { encoding: 'utf8', env: { TZ: 'UTC' } })
      .split('\n')
      .filter((line) => line.includes(pack.id));
    for (const line of listed.slice(1)) {
      expect(line).toMatch(/^-rw-r--r-- .* stor 80-Jan-01 00:00 EP-[a-z2-7]{26}\/[\w./-]+$/);
    }
    const names = listed.slice(1).map((line) => line.split(`${pack.id}/`)[1]!);
    expect(names.filter((name) => name.startsWith('seal/'))).toEqual(names.slice(-7));
  });
});
