import { createPublicKey } from 'node:crypto';
import * as pkijs from 'pkijs';
import { derOfOutline } from '../../kernel/der-outline.ts';
import { toHex } from '../../kernel/digest.ts';
import { selfSignedForm, selfSignedStart } from '../../packs/manifest/self-signed-form.ts';

/**
 * A certificate that a key makes for itself, where the organisation has none from elsewhere. It says
 * of itself that it confirms nobody: readers have to know the key's digest.
 *
 * @param key.publicKeyPem - P-256, SPKI.
 * @param key.sign - ECDSA over SHA-256, DER.
 * @returns DER. Its signature is random; everything else follows from the key.
 * @see RFC 5280
 */
export function selfSignedCertificate(key: {
  readonly publicKeyPem: string;
  sign(bytes: Uint8Array): Uint8Array;
}): Uint8Array {
  const spki = createPublicKey(key.publicKeyPem).export({ type: 'spki', format: 'der' });
  const signature = key.sign(derOfOutline(selfSignedForm(spki)));
  return derOfOutline(`${selfSignedStart(spki)}${toHex(signature)};)`);
}

/** Reads a certificate in DER. Throws for anything else. */
export function readCertificate(der: Uint8Array): pkijs.Certificate {
  return pkijs.Certificate.fromBER(Uint8Array.from(der).buffer);
}
