import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openNote } from '../../../server/custody/open-checkpoint.ts';
import { noteVerifierKey, signNote } from '../../../server/custody/sign-note.ts';
import { parseNote } from '../../../server/kernel/signed-note.ts';
import { aCustodySigner } from '../../builders/custody-log.ts';

// The example of the authors of the format (golang.org/x/mod/sumdb/note, note_test.go).
const NAME = 'PeterNeumann';
const VERIFIER_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const SEED = Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1);
const TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const NOTE = `${TEXT}
— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;
// RFC 8410: the fixed beginning of an Ed25519 key in PKCS#8.
const key = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), SEED]),
  format: 'der',
  type: 'pkcs8',
});
const signer = {
  publicKeyPem: createPublicKey(key).export({
    type: 'spki',
    format: 'pem',
  }) as string,
  sign: (bytes: Uint8Array) => new Uint8Array(sign(null, bytes, key)),
};
const verifier = { name: NAME, publicKeyPem: signer.publicKeyPem };

describe('the published example', () => {
  test('is signed byte for byte', () => {
    expect(signNote(TEXT, NAME, signer)).toBe(NOTE);
    expect(noteVerifierKey(NAME, signer.publicKeyPem)).toBe(VERIFIER_KEY);
  });

  test('opens', () => {
    expect(openNote(NOTE, verifier)).toBe(TEXT);
  });
});

describe('a note does not open', () => {
  test('with any character changed', () => {
    for (let at = 0; at < NOTE.length; at++) {
      const changed = NOTE[at] === 'A' ? 'B' : 'A';
      const bent = NOTE.slice(0, at) + changed + NOTE.slice(at + 1);
      expect(openNote(bent, verifier), `character ${at}`).toBeNull();
    }
  });

  test('with any character left out', () => {
    for (let at = 0; at < NOTE.length; at++) {
      expect(openNote(NOTE.slice(0, at) + NOTE.slice(at + 1), verifier)).toBeNull();
    }
  });

  test('under another name or key', () => {
    expect(openNote(NOTE, { ...verifier, name: 'Peter' })).toBeNull();
    const { publicKeyPem } = aCustodySigner();
    expect(openNote(NOTE, { name: NAME, publicKeyPem })).toBeNull();
  });

  test.each([
    ['no signature', TEXT],
    ['nothing', ''],
    ['no newline at the end', NOTE.slice(0, -1)],
    ['a carriage return', NOTE.replace('\n', '\r\n')],
    ['a zero byte', NOTE.replace('you', 'y\0u')],
    ['a hyphen for the dash', NOTE.replace('—', '-')],
    ['something behind the signature', `${NOTE}more\n`],
    ['too many signatures', NOTE + NOTE.split('\n\n')[1]!.repeat(16)],
    ['too long', `${'x'.repeat(70_000)}\n${NOTE}`],
  ])('with %s', (_, note) => {
    expect(parseNote(note)).toBeNull();
    expect(openNote(note, verifier)).toBeNull();
  });
});

test('signatures of strangers are ignored, a false one of the key is not', () => {
  const stranger = signNote(TEXT, 'witness', aCustodySigner()).split('\n\n')[1]!;
  expect(openNote(NOTE + stranger, verifier)).toBe(TEXT);
  expect(openNote(`${TEXT}\n${stranger}`, verifier)).toBeNull();
  const line = NOTE.split('\n\n')[1]!;
  const forged = line.replace('BwJnAM=', 'BwJnAA=');
  expect(openNote(NOTE + forged, verifier)).toBeNull();
});

test.each(['', 'a b', 'a+b', 'a\nb', 'a\u00a0b', '\ud800'])('no key is named %j', (name) => {
  expect(() => signNote('text\n', name, signer)).toThrow(
    expect.objectContaining({ code: 'NAME_INVALID' }),
  );
});
