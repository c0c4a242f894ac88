import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import type { RandomBytes } from '../../kernel/ids.ts';

const NONCE_BYTES = 12;
/** Said at every use: without it Node accepts tags cut to four bytes. */
const TAG = { authTagLength: 16 };
const OVERHEAD_BYTES = NONCE_BYTES + TAG.authTagLength;

/**
 * AES-256-GCM with a random nonce: nonce ‖ ciphertext ‖ tag. For short texts and keys; one key may
 * serve 2³² times (NIST SP 800-38D, 8.3).
 */
export function authenticatedEncrypt(
  key: Uint8Array | KeyObject,
  plaintext: Uint8Array,
  aad: string,
  random: RandomBytes,
): Uint8Array {
  const nonce = random(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, TAG);
  cipher.setAAD(Buffer.from(aad, 'utf8'));
  const body = [nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()];
  return new Uint8Array(Buffer.concat(body));
}

/** The plaintext, or null when the bytes, the AAD or the key are not those of the encryption. */
export function authenticatedDecrypt(
  key: Uint8Array | KeyObject,
  sealed: Uint8Array,
  aad: string,
): Uint8Array | null {
  if (sealed.length < OVERHEAD_BYTES) return null;
  const tagAt = sealed.length - TAG.authTagLength;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), TAG);
  decipher.setAAD(Buffer.from(aad, 'utf8'));
  decipher.setAuthTag(sealed.subarray(tagAt));
  const body = decipher.update(sealed.subarray(NONCE_BYTES, tagAt));
  try {
    decipher.final();
    return new Uint8Array(body);
  } catch {
    return null;
  }
}
