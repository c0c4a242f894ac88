import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { codesOf, packInMemory, stepOf, verifyPack } from '../../builders/judged-pack.ts';
import { aRevocation } from '../../builders/revocation.ts';
import { aPackSigner, aSealedPack, type SealedForTest } from '../../builders/sealed-pack.ts';
import { twinOf } from '../../builders/twin-signature.ts';

let pack: SealedForTest;

beforeAll(async () => {
  pack = await aSealedPack();
});

const judgedBy = (...revocations: string[]) =>
  verifyPack({
    pack: packInMemory(pack.zip),
    publicKeyPem: pack.signer.publicKeyPem,
    revocations,
  });

test('without a note nothing is said of it', async () => {
  const report = await judgedBy();
  expect([report.verdict, stepOf(report, 'revocation')]).toEqual(['valid', 'NOT CHECKED']);
  expect(report.notProved.join(' ')).toContain('ask the organisation whether it was revoked');
});

test('a note by the key of the pack ends its credit, and says since when', async () => {
  const report = await judgedBy(aRevocation(pack.signer));
  expect([report.verdict, codesOf(report)]).toEqual(['invalid', ['key-revoked']]);
  expect(report.findings[0]!.message).toContain('2026-11-20T00:00:00Z');
  expect(stepOf(report, 'signature')).toBe('PASS');
});

test('a note of another key says nothing of this pack', async () => {
  const report = await judgedBy(aRevocation(aPackSigner()));
  expect([report.verdict, stepOf(report, 'revocation')]).toEqual(['valid', 'NOT CHECKED']);
});

test('a note in the name of the key that it did not sign is told as that', async () => {
  const forged = aRevocation({ ...aPackSigner(), publicKeyPem: pack.signer.publicKeyPem });
  const report = await judgedBy(forged, aRevocation(aPackSigner()));
  expect([report.verdict, codesOf(report)]).toEqual(['invalid', ['revocation-forged']]);
});

test('the twin of its signature is none of its signatures', async () => {
  const note = aRevocation(pack.signer);
  const [, base64] = /signature (\S+)/.exec(note)!;
  const twin = Buffer.from(twinOf(Buffer.from(base64!, 'base64'))).toString('base64');
  expect(codesOf(await judgedBy(note.replace(base64!, twin)))).toEqual(['revocation-forged']);
});

test('a note that mail ended with CR LF is the note', async () => {
  const crlf = (note: string) => note.replaceAll('\n', '\r\n');
  expect(codesOf(await judgedBy(crlf(aRevocation(pack.signer))))).toEqual(['key-revoked']);
  expect((await judgedBy(crlf(aRevocation(aPackSigner())))).verdict).toBe('valid');
});

test('a note cannot begin after it was written, so as to save what a thief signed', async () => {
  const late = { since: '2026-11-25T08:00:01Z', revokedAt: '2026-11-25T08:00:00Z' };
  const report = await judgedBy(aRevocation(pack.signer, late));
  expect(codesOf(report)).toEqual(['revocation-malformed']);
  const now = { ...late, since: late.revokedAt };
  expect(codesOf(await judgedBy(aRevocation(pack.signer, now)))).toEqual(['key-revoked']);
});

test('no other spelling of a note passes', async () => {
  const note = aRevocation(pack.signer);
  const spellings = [
    '',
    note.trimEnd(),
    `${note}\n`,
    note.replaceAll('\n', '\r\r\n'),
    note.replace('since 2026-11-20', 'since 2026-11-31'),
    note.replace(/successor.*\n/, ''),
    note.replace('/v1', '/v2'),
    note.toUpperCase(),
  ];
  for (const spelling of spellings) {
    expect(codesOf(await judgedBy(spelling)), spelling).toEqual(['revocation-malformed']);
  }
});

test('a note with any character changed revokes nothing that it did not', async () => {
  const note = aRevocation(pack.signer);
  await fc.assert(
    fc.asyncProperty(
      fc.nat(note.length - 1),
      fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 1 }),
      async (at, put) => {
        fc.pre(note[at] !== put);
        const report = await judgedBy(note.slice(0, at) + put + note.slice(at + 1));
        expect(codesOf(report)).not.toContain('key-revoked');
      },
    ),
    { numRuns: 300 },
  );
});
