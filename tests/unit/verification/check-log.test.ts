import { beforeAll, describe, expect, test } from 'vitest';
import { checkP256Signature } from '../../../server/adapters/keys/p256-signatures.ts';
import { judgeCertificates } from '../../../server/adapters/keys/pkijs-certificates.ts';
import { judgeTimestamp } from '../../../server/adapters/keys/pkijs-timestamps.ts';
import { nodeDigests } from '../../../server/adapters/pack-file.ts';
import { createVerifyPack } from '../../../server/verification/verify-pack.ts';
import { aCustodySigner } from '../../builders/custody-log.ts';
import { codesOf, packInMemory, stepOf, verifyPack } from '../../builders/judged-pack.ts';
import { resealed } from '../../builders/resealed-pack.ts';
import { aSealedPack, type SealedForTest } from '../../builders/sealed-pack.ts';

let pack: SealedForTest;
beforeAll(async () => {
  pack = await aSealedPack();
});

/** Judges a pack by its signer, and by a key of its log. */
const judged = (zip: Uint8Array, logKeyPem?: string) =>
  verifyPack({
    pack: packInMemory(zip),
    publicKeyPem: pack.signer.publicKeyPem,
    ...(logKeyPem === undefined ? {} : { logKeyPem }),
  });

describe('the log that has the statement', () => {
  test('is confirmed by its key', async () => {
    const report = await judged(pack.zip, pack.logSigner.publicKeyPem);
    expect([report.verdict, codesOf(report)]).toEqual(['valid', []]);
    expect([stepOf(report, 'log'), stepOf(report, 'logSignature')]).toEqual(['PASS', 'PASS']);
  });

  test('is not confirmed without a key, and nothing is wrong with that', async () => {
    const report = await judged(pack.zip);
    expect(report.verdict).toBe('valid');
    expect([stepOf(report, 'log'), stepOf(report, 'logSignature')]).toEqual([
      'PASS',
      'NOT CHECKED',
    ]);
  });

  test('is another one by another key', async () => {
    const report = await judged(pack.zip, aCustodySigner().publicKeyPem);
    expect([report.verdict, codesOf(report)]).toEqual(['invalid', ['log-other-key']]);
    expect(report.findings.map(({ path }) => path).sort()).toEqual([
      'evidence/custody.jsonl',
      'seal/statement.tlog-proof',
    ]);
  });

  test('cannot be confirmed by the key of packs, or by something that is no key', async () => {
    for (const key of [pack.signer.publicKeyPem, 'a key']) {
      expect(codesOf(await judged(pack.zip, key))).toEqual(['log-key-unusable']);
    }
  });

  test.each([
    ['the statement', { proof: bent }],
    ['the events', (text: string) => ({ files: { 'evidence/custody.jsonl': bent(text) } })],
  ])('did not sign a checkpoint of %s whose signature was changed', async (_name, forgery) => {
    const events = new TextDecoder().decode(pack.bag.get('evidence/custody.jsonl'));
    const zip = await resealed(pack, typeof forgery === 'function' ? forgery(events) : forgery);
    // Without the key nobody sees it.
    expect(codesOf(await judged(zip))).toEqual([]);
    const report = await judged(zip, pack.logSigner.publicKeyPem);
    expect(codesOf(report)).toEqual(['log-signature-wrong']);
    expect(stepOf(report, 'logSignature')).toBe('FAIL');
  });

  test('is not there at all', async () => {
    const zip = await resealed(pack, { proof: () => 'It is in the log.\n' });
    const report = await judged(zip, pack.logSigner.publicKeyPem);
    expect(codesOf(report)).toEqual(['log-checkpoint-malformed', 'log-proof-malformed']);
  });

  test('is NOT CHECKED where signatures of its kind cannot be', async () => {
    const old = createVerifyPack({
      digests: nodeDigests,
      checkSignature: checkP256Signature,
      checkLogSignature: async () => null,
      judgeTimestamp,
      judgeCertificates,
    });
    const report = await old({
      pack: packInMemory(pack.zip),
      publicKeyPem: pack.signer.publicKeyPem,
      logKeyPem: pack.logSigner.publicKeyPem,
    });
    expect([report.verdict, stepOf(report, 'logSignature')]).toEqual(['valid', 'NOT CHECKED']);
  });
});

/** Changes one character in the middle of the first signature. */
function bent(text: string): string {
  return text.replace(/(— \S+ .{40})(.)/, (_, before: string, sign: string) =>
    before.concat(sign === 'A' ? 'B' : 'A'),
  );
}
