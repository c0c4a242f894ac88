import { ed25519KeyBytes } from '../packs/manifest/public-key.ts';
import type { CheckLogSignature } from '../verification/ports.ts';

/**
 * Whether an Ed25519 signature (RFC 8032) is right, by WebCrypto. Browsers learned it between 2023
 * and 2025: null where this one has not, for what was not checked is not wrong.
 */
export const checkSubtleLogSignature: CheckLogSignature = async (claim) => {
  const raw = ed25519KeyBytes(claim.publicKeyPem);
  if (raw === null) return false;
  const { subtle } = globalThis.crypto;
  let key: CryptoKey;
  try {
    key = await subtle.importKey('raw', new Uint8Array(raw), 'Ed25519', false, ['verify']);
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotSupportedError' ? null : false;
  }
  const { signature, bytes } = claim;
  return await subtle.verify('Ed25519', key, new Uint8Array(signature), new Uint8Array(bytes));
};
