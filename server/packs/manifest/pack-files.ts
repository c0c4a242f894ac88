import { SIGNER_CERTIFICATE } from './certificates.ts';
import { isPackPath } from './pack-path.ts';

/** The files that every pack has outside of `data/`, and those that `seal/` is made of. */
export const TAG_FILES = [
  'bag-info.txt',
  'bagit.txt',
  'evidence/commitments.txt',
  'evidence/custody.jsonl',
  'evidence/openings.jsonl',
  'evidence/pack.json',
  'manifest-sha256.txt',
  'verify/VERIFY.txt',
  'verify/verify.html',
  'verify/verify.sh',
] as const;

/** The list of tag files itself. */
export const TAGMANIFEST = 'tagmanifest-sha256.txt';

/**
 * Every file that `seal/` always holds; each has its rule of verification. Besides them there may be
 * time stamps and signed letters, and nothing else.
 */
export const SEAL_FILES = [
  'seal/manifest-sha256.txt',
  'seal/manifest.p256.sig',
  'seal/signer.pem',
  'seal/statement.p256.sig',
  'seal/statement.tlog-proof',
  'seal/statement.txt',
] as const;

/** Where the letter of this path lies with its electronic signature. */
export function signedLetterPath(letter: string): string {
  return letter.replace(/^data\//, 'seal/').replace(/^seal\/letter\//, 'seal/letters/');
}

/** The letter that a signed letter is of; null for any other path. */
export function baseOfSignedLetter(path: string): string | null {
  const name = /^seal\/letters\/([^/]+\.pdf)$/.exec(path)?.[1];
  return name === undefined ? null : `data/letter/${name}`;
}

/** The files that the manifest of the seal always lists; time stamps and signed letters come to them. */
export const SEALED_BY_MANIFEST = SEAL_FILES.filter((path) => !path.startsWith('seal/manifest'));

/** Whether a path can be in a seal that has more than every seal has. */
export function isOptionalSealPath(path: string): boolean {
  return path === SIGNER_CERTIFICATE || isTimestampPath(path);
}

/** Where the time stamp of an authority lies that was there at sealing. */
export function timestampPath(authority: string): string {
  const path = `seal/${authority}.tsr`;
  return isPackPath(path) ? path : `seal/tsa-${authority}.tsr`;
}

/** Whether a path can be that of a time stamp: a seal may have any number of them. */
export function isTimestampPath(path: string): boolean {
  return /^seal\/[a-z0-9]([a-z0-9.-]{0,98}[a-z0-9])?\.tsr$/.test(path);
}
