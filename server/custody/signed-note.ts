import { createPublicKey } from 'node:crypto';
import { sha256Bytes } from '../kernel/digest.ts';
import { CustodyError } from './errors.ts';
import type { CustodySigner } from './ports.ts';

// Signed notes: https://github.com/C2SP/C2SP/blob/main/signed-note.md

const ED25519 = 0x01;
const NEWLINE = 0x0a;
const PUBLIC_KEY_BYTES = 32;

/** First four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key). */
export function noteKeyHash(name: string, publicKeyPem: string): Uint8Array {
  const separator = Uint8Array.of(NEWLINE, ED25519);
  const key = rawPublicKey(publicKeyPem);
  return sha256Bytes(Buffer.from(name, 'utf8'), separator, key).subarray(0, 4);
}

/** The key as other tools of the format take it: `name+<hash, hex>+<0x01 ‖ key, base64>`. */
export function noteVerifierKey(name: string, publicKeyPem: string): string {
  const hash = Buffer.from(noteKeyHash(name, publicKeyPem)).toString('hex');
  const key = Buffer.from([ED25519, ...rawPublicKey(publicKeyPem)]).toString('base64');
  return `${name}+${hash}+${key}`;
}

/**
 * Signs a text, which ends in a newline, under a key name.
 *
 * @throws {CustodyError} `NAME_INVALID` when the name holds white space or a plus sign.
 */
export function signNote(text: string, name: string, signer: CustodySigner): string {
  if (!isNoteName(name)) {
    throw new CustodyError(
      'NAME_INVALID',
      'The name of the custody log must hold neither spaces nor plus signs. Choose another.',
    );
  }
  const signature = signer.sign(Buffer.from(text, 'utf8'));
  const signed = Buffer.concat([noteKeyHash(name, signer.publicKeyPem), signature]);
  return `${text}\n— ${name} ${signed.toString('base64')}\n`;
}

/** Whether a key may have this name. */
export function isNoteName(name: string): boolean {
  return name !== '' && name.isWellFormed() && !/[\s+\p{Cc}]/u.test(name);
}

function rawPublicKey(pem: string): Uint8Array {
  // The key is the end of its SPKI form (RFC 8410, 4).
  const spki = createPublicKey(pem).export({ type: 'spki', format: 'der' });
  return new Uint8Array(spki.subarray(-PUBLIC_KEY_BYTES));
}
