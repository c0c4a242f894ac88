import { type Sha256, sha256 } from '../kernel/digest.ts';
import { PackError } from './errors.ts';
import { p256KeyBytes } from './manifest/public-key.ts';

/**
 * The digest by which statements, letters and letterheads name a key.
 *
 * @throws {PackError} `SIGNATURE_FAILED` for a key that packs cannot be signed with.
 */
export function keyFingerprint(publicKeyPem: string): Sha256 {
  const bytes = p256KeyBytes(publicKeyPem);
  if (bytes !== null) return sha256(bytes);
  throw new PackError(
    'SIGNATURE_FAILED',
    'The signing key is no P-256 key, so there is no pack. Check the signing key and seal again.',
  );
}
