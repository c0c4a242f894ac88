import { createPublicKey, verify } from 'node:crypto';

/**
 * Whether an Ed25519 signature (RFC 8032) by this key, SPKI in PEM, is right. Never throws: a key or
 * signature that cannot be read is not right.
 */
export async function checkEd25519Signature(claim: {
  publicKeyPem: string;
  bytes: Uint8Array;
  signature: Uint8Array;
}): Promise<boolean> {
  try {
    const key = createPublicKey(claim.publicKeyPem);
    return key.asymmetricKeyType === 'ed25519' && verify(null, claim.bytes, key, claim.signature);
  } catch {
    return false;
  }
}
