import { isNoteName, noteKeyHash } from '../kernel/signed-note.ts';
import { CustodyError } from './errors.ts';
import { rawPublicKey } from './open-checkpoint.ts';
import type { CustodySigner } from './ports.ts';

const ED25519 = 0x01;

/** The key as other tools of the format take it: `name+<hash, hex>+<0x01 ‖ key, base64>`. */
export function noteVerifierKey(name: string, publicKeyPem: string): string {
  const key = rawPublicKey(publicKeyPem);
  const hash = Buffer.from(noteKeyHash(name, key)).toString('hex');
  return `${name}+${hash}+${Buffer.from([ED25519, ...key]).toString('base64')}`;
}

/**
 * Signs a text, which ends in a newline, under a key name.
 *
 * @throws {CustodyError} `NAME_INVALID` when the name holds white space or a plus sign.
 * @see https://github.com/C2SP/C2SP/blob/main/signed-note.md
 */
export function signNote(text: string, name: string, signer: CustodySigner): string {
  if (!isNoteName(name)) {
    throw new CustodyError(
      'NAME_INVALID',
      'The name of the custody log must hold neither spaces nor plus signs. Choose another.',
    );
  }
  const signature = signer.sign(Buffer.from(text, 'utf8'));
  const signed = Buffer.concat([noteKeyHash(name, rawPublicKey(signer.publicKeyPem)), signature]);
  return `${text}\n— ${name} ${signed.toString('base64')}\n`;
}
