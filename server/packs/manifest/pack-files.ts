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

/** Every file that `seal/` holds; each has its rule of verification, and no other may be there. */
export const SEAL_FILES = [
  'seal/manifest-sha256.txt',
  'seal/manifest.p256.sig',
  'seal/signer.pem',
  'seal/statement.p256.sig',
  'seal/statement.tlog-proof',
  'seal/statement.txt',
] as const;

/** The files that the manifest of the seal lists: all of `seal/` but itself and its signature. */
export const SEALED_BY_MANIFEST = [
  'seal/signer.pem',
  'seal/statement.p256.sig',
  'seal/statement.tlog-proof',
  'seal/statement.txt',
] as const;
