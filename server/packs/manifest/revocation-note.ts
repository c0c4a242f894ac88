import { isSha256, type Sha256 } from '../../kernel/digest.ts';
import { isMoment } from './statement.ts';

/**
 * What tells the world that a key is not to be believed any more. It travels beside the packs, signed
 * by the very key that it is about: whoever knows the key can check it, and nobody else can make it.
 */
export interface RevocationNote {
  /** Digest of the revoked key, SPKI in DER. */
  readonly keySha256: Sha256;
  /** UTC to the second. */
  readonly revokedAt: string;
  /**
   * From this moment on, others may have had the key: not later than `revokedAt`. What was stamped
   * before stays good.
   */
  readonly since: string;
  /** Digest of the key that came after it; null when there is none. Not to be believed without more. */
  readonly successorSha256: Sha256 | null;
}

const HEADING = 'dalil-key-revocation/v1';

/** The text that is signed: ASCII, lines ended by LF, in this order. */
export function formatRevocation(note: RevocationNote): string {
  return [
    HEADING,
    `key p256 ${note.keySha256}`,
    `revoked-at ${note.revokedAt}`,
    `since ${note.since}`,
    `successor p256 ${note.successorSha256 ?? '-'}`,
    '',
  ].join('\n');
}

/** The note as a file: the text, and a line with its signature (ECDSA P-256 in DER) in Base64. */
export function formatSignedRevocation(note: RevocationNote, signature: Uint8Array): string {
  return `${formatRevocation(note)}signature ${btoa(String.fromCharCode(...signature))}\n`;
}

/** Reads a note that may come from anybody; null unless it is exactly what Dalil writes. */
export function parseSignedRevocation(
  text: string,
): { note: RevocationNote; text: string; signature: Uint8Array } | null {
  const form =
    /^dalil-key-revocation\/v1\nkey p256 (\w+)\nrevoked-at (\S+)\nsince (\S+)\nsuccessor p256 (\S+)\nsignature ([A-Za-z0-9+/]+={0,2})\n$/;
  const [, keySha256, revokedAt = '', since = '', successor, base64 = ''] = form.exec(text) ?? [];
  if (!isSha256(keySha256) || !isMoment(revokedAt) || !isMoment(since)) return null;
  // Who has a stolen key must not save its packs by a note that begins next year.
  if (since > revokedAt) return null;
  if (!(successor === '-' || isSha256(successor)) || base64.length % 4 !== 0) return null;
  const note: RevocationNote = {
    keySha256,
    revokedAt,
    since,
    successorSha256: successor === '-' ? null : successor,
  };
  const signature = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  // Base64 that is not the one spelling of its bytes would let a note change and still be valid.
  if (formatSignedRevocation(note, signature) !== text) return null;
  return { note, text: formatRevocation(note), signature };
}
