import { beforeAll, describe, expect, test } from 'vitest';
import { checkP256Signature } from '../../../server/adapters/keys/p256-signatures.ts';
import { judgeCertificates } from '../../../server/adapters/keys/pkijs-certificates.ts';
import { judgeTimestamp } from '../../../server/adapters/keys/pkijs-timestamps.ts';
import { nodeDigests } from '../../../server/adapters/pack-file.ts';
import { isSha256, type Sha256, sha256 } from '../../../server/kernel/digest.ts';
import type { PackBytes } from '../../../server/verification/ports.ts';
import { createVerifyPack } from '../../../server/verification/verify-pack.ts';
import {
  codesOf,
  judge,
  oddFiles,
  packInMemory,
  stepOf,
  verifyPack,
} from '../../builders/judged-pack.ts';
import { putTogether, takeApart } from '../../builders/raw-zip.ts';
import { archiveOf, aSealedPack, type SealedForTest } from '../../builders/sealed-pack.ts';

let pack: SealedForTest;
let key: string;

beforeAll(async () => {
  pack = await aSealedPack();
  key = pack.signer.publicKeyPem;
});

/** A pack whose bytes from `start` to `end` cannot be read. */
function brokenFrom(start: number, end: number): PackBytes {
  const whole = packInMemory(pack.zip);
  return {
    sizeBytes: whole.sizeBytes,
    async *read(from, to) {
      if (from < end && to > start) throw new Error('EIO');
      yield* whole.read(from, to);
    },
  };
}

/** Where the bytes of a file lie in the archive. */
function placeOf(path: string): number {
  let at = 0;
  for (const { name, local, data, descriptor } of takeApart(pack.zip)) {
    if (name.endsWith(`/${path}`)) return at + local.length;
    at += local.length + data.length + descriptor.length;
  }
  throw new RangeError(path);
}

describe('what was brought', () => {
  test('the digest of the statement confirms the origin as a key does', async () => {
    const { statementSha256 } = pack.sealed;
    const report = await verifyPack({ pack: packInMemory(pack.zip), statementSha256 });
    expect(report.verdict).toBe('valid');
    expect(stepOf(report, 'origin')).toBe('PASS');
    expect(report.statementSha256).toBe(statementSha256);
  });

  test('another digest is another pack', async () => {
    const statementSha256 = sha256('another');
    const report = await verifyPack({ pack: packInMemory(pack.zip), statementSha256 });
    expect(codesOf(report)).toEqual(['origin-other-statement']);
    expect(report.verdict).toBe('invalid');
  });

  test('key and digest must both fit', async () => {
    const report = await verifyPack({
      pack: packInMemory(pack.zip),
      publicKeyPem: key,
      statementSha256: sha256('another'),
    });
    expect(report.verdict).toBe('invalid');
  });

  test('a digest may be that of the key or that of the statement', async () => {
    const { signerSha256, statementSha256 } = await judge(pack.zip);
    const by = (sealSha256: Sha256) => verifyPack({ pack: packInMemory(pack.zip), sealSha256 });
    expect((await by(signerSha256!)).verdict).toBe('valid');
    expect((await by(statementSha256!)).verdict).toBe('valid');
    const other = await by(sha256('another'));
    expect(other.verdict).toBe('invalid');
    expect(codesOf(other)).toEqual(['origin-other-digest']);
  });

  test('what is no P-256 key confirms nothing', async () => {
    for (const publicKeyPem of ['', 'a key', key.replace('PUBLIC', 'PRIVATE')]) {
      const report = await judge(pack.zip, publicKeyPem);
      expect(codesOf(report)).toEqual(['origin-key-unusable']);
      expect(report.verdict).toBe('invalid');
    }
  });

  test('a seal that lost its key is not called another’s', async () => {
    const zip = putTogether(takeApart(pack.zip).filter(({ name }) => !name.endsWith('signer.pem')));
    const report = await judge(zip, key);
    expect(stepOf(report, 'origin')).toBe('NOT CHECKED');
    expect(stepOf(report, 'signature')).toBe('FAIL');
  });
});

describe('what the report says', () => {
  test('names pack, time, statement, key and sample', async () => {
    const report = await judge(pack.zip);
    expect(report).toMatchObject({
      pack: pack.id,
      sealedAt: '2026-11-23T10:15:00Z',
      supersedes: null,
      sample: true,
      signerSha256: pack.sealed.signerSha256,
    });
    expect(isSha256(report.statementSha256)).toBe(true);
  });

  test('says what is not proved, and the origin where nothing confirms it', async () => {
    const unproved = (await judge(pack.zip)).notProved.join(' ');
    expect(unproved).toMatch(/when it was recorded/);
    expect(unproved).toMatch(/is true/);
    expect(unproved).toMatch(/nothing is missing/);
    expect(unproved).toMatch(/When it was sealed/);
    expect(unproved).toMatch(/Where the pack is from/);
    expect((await judge(pack.zip, key)).notProved.join(' ')).not.toMatch(/Where the pack is from/);
  });

  test('lists every file once, in the order of paths', async () => {
    const { files } = await judge(pack.zip);
    const paths = files.map(({ path }) => path);
    expect(paths).toEqual([...paths].sort());
    expect(paths).toHaveLength(takeApart(pack.zip).length);
  });

  test('what hangs on something unreadable is not called checked', async () => {
    const without = (path: string) =>
      putTogether(takeApart(pack.zip).filter(({ name }) => !name.endsWith(path)));
    const description = await judge(without('evidence/pack.json'));
    expect(stepOf(description, 'receipts')).toBe('NOT CHECKED');
    expect(stepOf(description, 'openings')).toBe('NOT CHECKED');
    const statement = await judge(without('seal/statement.txt'));
    expect(stepOf(statement, 'commitments')).toBe('NOT CHECKED');
    const cutOff = await judge(pack.zip.subarray(0, 3_000));
    expect(stepOf(cutOff, 'archive')).toBe('FAIL');
    expect(new Set(cutOff.steps.slice(1).map(({ result }) => result))).toEqual(
      new Set(['NOT CHECKED']),
    );
  });
});

describe('bytes that cannot be read', () => {
  test('in a file: it is UNREADABLE, and all others are judged', async () => {
    const at = placeOf('data/media/V-01.mp4');
    const report = await verifyPack({ pack: brokenFrom(at, at + 1), publicKeyPem: key });
    expect(report.verdict).toBe('invalid');
    expect(oddFiles(report)).toEqual([['data/media/V-01.mp4', 'UNREADABLE']]);
    expect(stepOf(report, 'signature')).toBe('PASS');
    expect(codesOf(report)).toEqual(['archive-entry-unreadable', 'payload-file-unreadable']);
  });

  test('in the seal: the file is UNREADABLE, never in order', async () => {
    const at = placeOf('seal/manifest.p256.sig');
    const report = await verifyPack({ pack: brokenFrom(at, at + 1), publicKeyPem: key });
    expect(oddFiles(report)).toEqual([['seal/manifest.p256.sig', 'UNREADABLE']]);
    expect(codesOf(report)).toContain('seal-file-unreadable');
  });

  test('in the directory: there is nothing to judge', async () => {
    const end = pack.zip.length;
    await expect(verifyPack({ pack: brokenFrom(end - 5, end) })).rejects.toMatchObject({
      code: 'PACK_UNREADABLE',
    });
  });

  test('a file that shrinks while it is read is UNREADABLE', async () => {
    const whole = packInMemory(pack.zip);
    const at = placeOf('data/media/V-01.mp4');
    const shrinking: PackBytes = {
      sizeBytes: whole.sizeBytes,
      async *read(from, to) {
        yield* whole.read(from, from === at ? to - 1 : to);
      },
    };
    const report = await verifyPack({ pack: shrinking });
    expect(oddFiles(report)).toEqual([['data/media/V-01.mp4', 'UNREADABLE']]);
  });

  test.each([
    ['nothing', ''],
    ['a text', 'This is no archive.'],
    ['a PDF', '%PDF-1.7\n'],
  ])('%s is no archive', async (_name, text) => {
    await expect(judge(new TextEncoder().encode(text))).rejects.toMatchObject({
      code: 'NOT_AN_ARCHIVE',
    });
  });
});

describe('a long verification', () => {
  test('tells how far it is, up to all of it', async () => {
    const told: number[] = [];
    await verifyPack({ pack: packInMemory(pack.zip), onProgress: (done) => told.push(done) });
    expect(told.at(-1)).toBe(pack.zip.length);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  test('stops when it is told to, within a file', async () => {
    const controller = new AbortController();
    const verification = verifyPack({
      pack: packInMemory(pack.zip),
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('enough')),
    });
    await expect(verification).rejects.toThrow('enough');
  });

  test('reads every byte of the payload once', async () => {
    const whole = packInMemory(pack.zip);
    const read = new Uint8Array(pack.zip.length);
    await verifyPack({
      pack: {
        sizeBytes: whole.sizeBytes,
        async *read(from, to) {
          for (let i = from; i < to; i++) read[i]! += 1;
          yield* whole.read(from, to);
        },
      },
    });
    const at = placeOf('data/media/V-01.mp4');
    const length = pack.bag.get('data/media/V-01.mp4')!.length;
    expect([...read.subarray(at, at + length)]).toEqual(new Array(length).fill(1));
  });

  test('keeps no more than a bounded part of hostile texts', async () => {
    const files = new Map([...pack.bag, ['evidence/pack.json', new Uint8Array(65 * 1_048_576)]]);
    const report = await judge(await archiveOf(pack.id, files));
    expect(codesOf(report)).toContain('archive-entry-too-large');
    expect(codesOf(report)).toContain('description-malformed');
  });
});

test('a checker of signatures that always agrees cannot make another pack of it', async () => {
  const checkLogSignature = async () => true;
  const credulous = createVerifyPack({
    digests: nodeDigests,
    checkSignature: async () => true,
    checkLogSignature,
    judgeTimestamp,
    judgeCertificates,
  });
  const report = await credulous({ pack: packInMemory(pack.zip), publicKeyPem: key });
  expect(report.verdict).toBe('valid');
  const refusing = createVerifyPack({
    digests: nodeDigests,
    checkSignature: async () => false,
    checkLogSignature,
    judgeTimestamp,
    judgeCertificates,
  });
  const refused = await refusing({ pack: packInMemory(pack.zip), publicKeyPem: key });
  expect(codesOf(refused)).toEqual([
    'letter-signature',
    'seal-file-changed',
    'seal-signature-wrong',
    'signature-wrong',
  ]);
  expect(
    await checkP256Signature({
      publicKeyPem: key,
      bytes: new Uint8Array(),
      signature: new Uint8Array(),
    }),
  ).toBe(false);
});
