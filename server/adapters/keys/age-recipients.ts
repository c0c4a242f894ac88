import { PackError } from '../../packs/errors.ts';
import type { EncryptTo } from '../../packs/ports.ts';

/** X25519 recipients, which every age reads; Debian's knows none of the later kinds. */
const X25519 = /^age1[02-9ac-hj-np-z]{58}$/;

/**
 * Encrypts bytes with age to recipients (`age1…`, X25519).
 *
 * @throws {PackError} `RECIPIENT_INVALID`.
 * @see https://github.com/C2SP/C2SP/blob/main/age.md
 */
export const encryptWithAge: EncryptTo = async (bytes, recipients) => {
  // Read when something is encrypted: with all its curves it is large.
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    try {
      if (!X25519.test(recipient)) throw new Error('no X25519 recipient');
      encrypter.addRecipient(recipient);
    } catch (cause) {
      throw new PackError(
        'RECIPIENT_INVALID',
        'A recipient is no public key of age: it must begin with age1 and have 62 characters, as age-keygen prints it. Ask for it again.',
        { cause },
      );
    }
  }
  return await encrypter.encrypt(bytes);
};
