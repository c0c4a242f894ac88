import { createPublicKey, verify } from 'node:crypto';

/**
 * Whether a DER signature (ECDSA P-256 over SHA-256) by this key, SPKI in PEM, is right. Never
 * throws: a key or signature that cannot be read is not right.
 */
export async function checkP256Signature(claim: {
  publicKeyPem: string;
  bytes: Uint8Array;
  signature: Uint8Array;
}): Promise<boolean> {
  try {
    const key = createPublicKey(claim.publicKeyPem);
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return false;
    return verify('sha256', claim.bytes, { key, dsaEncoding: 'der' }, claim.signature);
  } catch {
    return false;
  }
}
