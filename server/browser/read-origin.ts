import { isSha256 } from '../kernel/digest.ts';
import { ed25519KeyBytes, p256KeyBytes } from '../packs/manifest/public-key.ts';
import type { VerificationRequest } from '../verification/verify-pack.ts';

/** What can be brought from elsewhere than the pack. */
export type BroughtKeys = Pick<VerificationRequest, 'publicKeyPem' | 'sealSha256' | 'logKeyPem'>;

const BLOCK = /-----BEGIN PUBLIC KEY-----([\sA-Za-z0-9+/=]+)-----END PUBLIC KEY-----/g;

/**
 * What somebody pasted or chose: the digest of a key or of a statement, or public keys in PEM, the
 * organisation's (P-256) and its log's (Ed25519), in any order. Line ends and spaces of mails and word
 * processors do not matter.
 *
 * @returns nothing for an empty text; null when it is none of these, or two of one kind.
 */
export function readOrigin(text: string): BroughtKeys | null {
  const digest = text.replaceAll(/\s/g, '').toLowerCase();
  if (digest === '') return {};
  if (isSha256(digest)) return { sealSha256: digest };
  if (text.replaceAll(BLOCK, '').trim() !== '') return null;
  const keys = [...text.matchAll(BLOCK)].map(([, inner = '']) => canonicalPem(inner));
  const signers = keys.filter((pem) => p256KeyBytes(pem) !== null);
  const logs = keys.filter((pem) => ed25519KeyBytes(pem) !== null);
  if (signers.length > 1 || logs.length > 1 || signers.length + logs.length < keys.length) {
    return null;
  }
  return {
    ...(signers[0] === undefined ? {} : { publicKeyPem: signers[0] }),
    ...(logs[0] === undefined ? {} : { logKeyPem: logs[0] }),
  };
}

function canonicalPem(inner: string): string {
  const lines = inner.replaceAll(/\s/g, '').match(/.{1,64}/g) ?? [];
  return `-----BEGIN PUBLIC KEY-----\n${lines.join('\n')}\n-----END PUBLIC KEY-----\n`;
}
