import { beforeAll, describe, expect, test } from 'vitest';
import { FINDINGS, type FindingCode } from '../../server/verification/findings.ts';
import { codesOf, judge, oddFiles, stepOf } from '../builders/judged-pack.ts';
import { ARCHIVE_MUTANTS } from '../builders/pack-mutants/archive-mutants.ts';
import { FORGED_PACKS } from '../builders/pack-mutants/forged-packs.ts';
import { putTogether, refilled, takeApart } from '../builders/raw-zip.ts';
import { resealed } from '../builders/resealed-pack.ts';
import { aPackSigner, aSealedPack, type SealedForTest } from '../builders/sealed-pack.ts';
import { twinOf } from '../builders/twin-signature.ts';

// Everything that can be done to a pack has to be found. The packs come from the sealer itself; what
// is done to them is done by hands of their own, which share no code with the verifier.

let pack: SealedForTest;
let key: string;

beforeAll(async () => {
  pack = await aSealedPack();
  key = pack.signer.publicKeyPem;
});

describe('a pack as it was sealed', () => {
  test('is valid by the key that somebody brought', async () => {
    const report = await judge(pack.zip, key);
    expect(report.findings).toEqual([]);
    expect(report.verdict).toBe('valid');
    expect(oddFiles(report)).toEqual([]);
    expect(report.steps.filter(({ result }) => result !== 'PASS').map(({ id }) => id)).toEqual([
      'logSignature',
      'timestamp',
      'revocation',
      'certificate',
    ]);
  });

  test('is no more than consistent by the key that came with it', async () => {
    const report = await judge(pack.zip);
    expect(report.findings).toEqual([]);
    expect(report.verdict).toBe('consistent');
    expect(stepOf(report, 'origin')).toBe('NOT CHECKED');
  });

  test('stays valid when taken apart and put together without a change', async () => {
    expect(Buffer.compare(putTogether(takeApart(pack.zip)), pack.zip)).toBe(0);
    const again = await resealed(pack);
    expect((await judge(again, key)).verdict).toBe('valid');
  });
});

describe('another origin', () => {
  test('sealed with another key: whole in itself, and not what was expected', async () => {
    const stranger = await aSealedPack({ signer: aPackSigner() });
    expect((await judge(stranger.zip)).verdict).toBe('consistent');
    const report = await judge(stranger.zip, key);
    expect(report.verdict).toBe('invalid');
    expect(codesOf(report)).toEqual(['origin-other-key']);
    expect(stepOf(report, 'signature')).toBe('PASS');
  });

  test('the key replaced, in the pack alone', async () => {
    const { publicKeyPem } = aPackSigner();
    const zip = changed({ 'seal/signer.pem': publicKeyPem });
    for (const brought of [key, publicKeyPem, undefined]) {
      const report = await judge(zip, brought);
      expect(report.verdict).toBe('invalid');
      expect(codesOf(report)).toEqual(
        expect.arrayContaining(['seal-file-changed', 'signature-wrong', 'statement-other-key']),
      );
    }
  });

  test('the seal of another pack by the same key', async () => {
    const other = await aSealedPack({ seed: 99, signer: pack.signer });
    const zip = changed(
      Object.fromEntries(
        takeApart(other.zip)
          .map(({ name, data }): [string, Buffer] => [name.slice(other.id.length + 1), data])
          .filter(([path]) => path.startsWith('seal/')),
      ),
    );
    const report = await judge(zip, key);
    expect(report.verdict).toBe('invalid');
    expect(codesOf(report)).toEqual([
      'commitments-other-root',
      'statement-other-list',
      'statement-other-pack',
      'tags-file-changed',
    ]);
  });

  test('a signature over something else', async () => {
    const other = await aSealedPack({ seed: 99, signer: pack.signer });
    const [signature] = takeApart(other.zip).filter(({ name }) =>
      name.endsWith('statement.p256.sig'),
    );
    const report = await judge(changed({ 'seal/statement.p256.sig': signature!.data }), key);
    expect(codesOf(report)).toEqual(['seal-file-changed', 'signature-wrong']);
    expect(oddFiles(report)).toEqual([['seal/statement.p256.sig', 'CHANGED']]);
  });
});

describe('a signature spelt otherwise', () => {
  const SPELLINGS: Record<string, (der: Buffer) => Buffer> = {
    'with a byte behind it': (der) => Buffer.concat([der, Buffer.of(0)]),
    'with a longer length (BER)': (der) =>
      Buffer.concat([Buffer.of(0x30, 0x81, der.length - 2), der.subarray(2)]),
    'as nothing': () => Buffer.alloc(0),
  };
  const cases = Object.entries(SPELLINGS).flatMap(([name, spell]) =>
    ['seal/statement.p256.sig', 'seal/manifest.p256.sig'].map((path) => ({ name, path, spell })),
  );

  test.each(cases)('$path $name', async ({ path, spell }) => {
    const report = await judge(changed({ [path]: spell(fileOf(path)) }), key);
    expect(report.verdict).toBe('invalid');
    expect(oddFiles(report).map(([odd]) => odd)).toContain(path);
  });

  // Of every ECDSA signature (r, s) anybody can make (r, n − s), which is as good a one by the same
  // key over the same bytes. A pack has the lower one alone, so the higher one is found for itself:
  // the list's own signature is the end of the chain, and no list would show that it was changed.
  test('as its twin: the statement’s', async () => {
    const path = 'seal/statement.p256.sig';
    const report = await judge(changed({ [path]: twinOf(fileOf(path)) }), key);
    expect(codesOf(report)).toEqual(['seal-file-changed', 'signature-twin']);
    expect(stepOf(report, 'signature')).toBe('FAIL');
  });

  test('as its twin: the list’s own', async () => {
    const path = 'seal/manifest.p256.sig';
    const report = await judge(changed({ [path]: twinOf(fileOf(path)) }), key);
    expect(report.verdict).toBe('invalid');
    expect(codesOf(report)).toEqual(['seal-file-changed', 'seal-signature-twin']);
    expect(oddFiles(report).map(([odd]) => odd)).toContain(path);
  });
});

describe('damage to the archive', () => {
  test.each(ARCHIVE_MUTANTS)('$name', async ({ make, finds }) => {
    const zip = make(pack);
    expect(Buffer.compare(zip, pack.zip)).not.toBe(0);
    const report = await judge(zip, key);
    expect(report.verdict).toBe('invalid');
    expect(codesOf(report)).toEqual(finds);
  });
});

describe('files that do not agree, though every signature fits', () => {
  test.each(FORGED_PACKS)('$name', async ({ make, finds }) => {
    const report = await judge(await make(pack), key);
    expect(report.verdict).toBe('invalid');
    expect(codesOf(report)).toEqual(finds);
    expect(stepOf(report, 'signature')).toBe(
      finds.includes('signature-key-unusable') ? 'FAIL' : 'PASS',
    );
  });
});

test('every finding there is, but those of a broken disk, is made by one of these', () => {
  const made = new Set<FindingCode>([
    ...ARCHIVE_MUTANTS.flatMap(({ finds }) => finds),
    ...FORGED_PACKS.flatMap(({ finds }) => finds),
    // Found in "another origin" and "a signature spelt otherwise" above.
    'origin-other-key',
    'signature-wrong',
    'seal-signature-wrong',
    'signature-twin',
    'seal-signature-twin',
  ]);
  const never = (Object.keys(FINDINGS) as FindingCode[]).filter((code) => !made.has(code));
  // These need an input that is no pack's bytes; the unit tests of the verifier make them.
  expect(never.sort()).toEqual([
    'archive-entry-too-large',
    'archive-entry-unreadable',
    'certificate-other-key',
    'certificate-untrusted',
    'key-revoked',
    'log-checkpoint-malformed',
    'log-key-unusable',
    'log-other-key',
    'log-signature-wrong',
    'origin-key-unusable',
    'origin-other-digest',
    'origin-other-statement',
    'revocation-forged',
    'revocation-malformed',
    'seal-file-unreadable',
    'timestamp-untrusted',
    'timestamp-wrong',
  ]);
});

/** The bytes of a file of the pack. */
function fileOf(path: string): Buffer {
  return takeApart(pack.zip).find(({ name }) => name === `${pack.id}/${path}`)!.data;
}

/** The pack with other bytes in some files; the archive's own checksums fit. */
function changed(files: Readonly<Record<string, Uint8Array | string>>): Uint8Array {
  return putTogether(
    takeApart(pack.zip).map((entry) => {
      const content = files[entry.name.slice(pack.id.length + 1)];
      return content === undefined ? entry : refilled(entry, Buffer.from(content));
    }),
  );
}
