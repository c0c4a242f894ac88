import { createHash, createPublicKey } from 'node:crypto';
import type { PackSigner } from '../../server/packs/ports.ts';

/**
 * A note that revokes a key, in the words of the format and not by the code that writes it.
 *
 * @param signer - whose public half is named, and which signs.
 */
export function aRevocation(
  signer: PackSigner,
  options: { since?: string; revokedAt?: string } = {},
): string {
  const { since = '2026-11-20T00:00:00Z', revokedAt = '2999-12-31T08:00:00Z' } = options;
  const der = createPublicKey(signer.publicKeyPem).export({ type: 'spki', format: 'der' });
  const digest = createHash('sha256').update(der).digest('hex');
  const text = `dalil-key-revocation/v1
key p256 ${digest}
revoked-at ${revokedAt}
since ${since}
successor p256 -
`;
  const signature = Buffer.from(signer.sign(Buffer.from(text))).toString('base64');
  return `${text}signature ${signature}\n`;
}
