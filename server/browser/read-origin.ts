import { isSha256 } from '../kernel/digest.ts';
import { p256KeyBytes } from '../packs/manifest/public-key.ts';
import type { BroughtOrigin } from '../verification/check-seal.ts';

/**
 * What somebody pasted or chose: a public key in PEM, or the digest of a statement. Line ends and
 * spaces of mails and word processors do not matter.
 *
 * @returns nothing for an empty text; null when it is neither key nor digest.
 */
export function readOrigin(text: string): BroughtOrigin | null {
  const digest = text.replaceAll(/\s/g, '').toLowerCase();
  if (digest === '') return {};
  if (isSha256(digest)) return { statementSha256: digest };
  const inner =
    /^\s*-----BEGIN PUBLIC KEY-----([\sA-Za-z0-9+/=]+)-----END PUBLIC KEY-----\s*$/.exec(text);
  const lines = (inner?.[1] ?? '').replaceAll(/\s/g, '').match(/.{1,64}/g) ?? [];
  const pem = `-----BEGIN PUBLIC KEY-----\n${lines.join('\n')}\n-----END PUBLIC KEY-----\n`;
  return p256KeyBytes(pem) === null ? null : { publicKeyPem: pem };
}
