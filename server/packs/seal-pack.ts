import { type BlobStore, readAll } from '../kernel/blobs.ts';
import { sha256 } from '../kernel/digest.ts';
import { announcedBytes } from './announced-bytes.ts';
import { type BagFile, bagFiles } from './bag-files.ts';
import { PackError } from './errors.ts';
import { keyFingerprint } from './key-fingerprint.ts';
import { formatManifest } from './manifest/bag-manifest.ts';
import { directoryBytes, LARGEST_DIRECTORY_BYTES } from './manifest/canonical-zip.ts';
import { SIGNER_CERTIFICATE } from './manifest/certificates.ts';
import type { Opening } from './manifest/commitments.ts';
import { lowSignature } from './manifest/p256-signature.ts';
import { SEAL_FILES, signedLetterPath, timestampPath } from './manifest/pack-files.ts';
import { compareEntries } from './manifest/pack-path.ts';
import { signerCertificates } from './manifest/signer-certificates.ts';
import { stampedBytes } from './manifest/stamped-bytes.ts';
import { formatStatement } from './manifest/statement.ts';
import type { PackDraft, SealedPack } from './pack-draft.ts';
import type {
  ArchiveFile,
  CheckSignature,
  PackCustody,
  PackSigner,
  PackStore,
  SignLetter,
  TimestampAuthority,
  WriteArchive,
} from './ports.ts';
import { recordSealing } from './record-sealing.ts';
import { stampStatement } from './stamp-statement.ts';

/** Seals a draft that was kept. */
export type SealPack = (
  id: string,
  options?: { onProgress?: (doneBytes: number, totalBytes: number) => void; signal?: AbortSignal },
) => Promise<SealedPack>;

/**
 * Creates the sealing. The payload is read once: hashed while it is written, and compared with what
 * the draft says of it, so that manifest and bytes cannot part. The custody log has the statement
 * before the archive is written, for the archive holds the proof.
 *
 * @throws {PackError} from the use case: `PACK_UNKNOWN`, `PACK_INVALID`, `PACK_TOO_LARGE`,
 *   `CONTENT_CHANGED`, `PAPERS_CHANGED`, `CERTIFICATE_UNREADABLE`, `SIGNATURE_FAILED`; then no archive
 *   remains.
 */
export function createSealPack(deps: {
  packs: PackStore;
  blobs: BlobStore;
  custody: PackCustody;
  /** Ids of the organisation's papers that letters are bound with now. */
  currentPapers: () => Promise<readonly string[]>;
  signer: () => Promise<PackSigner>;
  checkSignature: CheckSignature;
  writeArchive: WriteArchive;
  signLetter: SignLetter;
  /** Asked for time stamps; those that give none do not keep the pack from being sealed. */
  authorities: readonly TimestampAuthority[];
  /** What lies under `verify/`. */
  verifyFiles: () => Promise<readonly BagFile[]>;
}): SealPack {
  const { packs, blobs, custody, signer, checkSignature, writeArchive, authorities, verifyFiles } =
    deps;
  const { signLetter, currentPapers } = deps;

  /** The letter of a draft holds the scans of then, of which one may have been destroyed since. */
  async function refuseOtherPapers({ recipe }: PackDraft): Promise<void> {
    if (recipe?.papers === undefined) return;
    const now = new Set(await currentPapers());
    if (recipe.papers.length === now.size && recipe.papers.every((id) => now.has(id))) return;
    throw new PackError(
      'PAPERS_CHANGED',
      'The letter of the draft is bound with other papers of the organisation than those of today, so it is not sealed. Make the pack anew.',
    );
  }

  async function openingsOf({ id, commitments }: PackDraft): Promise<Opening[]> {
    const openings: Opening[] = [];
    for (const { leaf, path } of commitments) {
      if (path === null) continue;
      const opening = await packs.opening(id, leaf);
      if (opening === null) {
        throw new PackError(
          'PACK_INVALID',
          'An exhibit of the pack cannot be opened any more, for its salt was destroyed. Make a new pack.',
        );
      }
      openings.push(opening);
    }
    return openings;
  }

  async function signed(bytes: Uint8Array, by: PackSigner): Promise<Uint8Array> {
    const signature = lowSignature(by.sign(bytes));
    const { publicKeyPem } = by;
    if (signature !== null && (await checkSignature({ publicKeyPem, bytes, signature }))) {
      return signature;
    }
    throw new PackError(
      'SIGNATURE_FAILED',
      'The signature does not fit the key that made it, so there is no pack. Check the signing key and seal again.',
    );
  }

  /** The letters of the payload, each with an electronic signature; they fit in memory. */
  async function signedLetters(draft: PackDraft, by: PackSigner): Promise<BagFile[]> {
    const signer: PackSigner = {
      ...by,
      sign: (bytes) => lowSignature(by.sign(bytes)) ?? new Uint8Array(),
    };
    const letters: BagFile[] = [];
    for (const file of draft.files.filter(({ role }) => role === 'letter')) {
      const letter = await readAll(announcedBytes(file, blobs.read(file.blob)));
      letters.push({
        path: signedLetterPath(file.path),
        bytes: await signLetter(letter, signer, draft.sealedAt),
      });
    }
    return letters;
  }

  async function sealFiles(
    { id, supersedes }: PackDraft,
    statement: string,
    letters: readonly BagFile[],
    by: PackSigner,
    signal?: AbortSignal,
  ) {
    const bytes = new TextEncoder().encode(statement);
    const signature = await signed(bytes, by);
    const stamps = await stampStatement(authorities, stampedBytes(bytes, signature), signal);
    const proof = await recordSealing({ pack: id, statement: sha256(bytes), supersedes }, custody);
    const files: BagFile[] = [
      { path: 'seal/statement.txt', bytes },
      { path: 'seal/statement.p256.sig', bytes: signature },
      { path: 'seal/statement.tlog-proof', bytes: new TextEncoder().encode(proof) },
      { path: 'seal/signer.pem', bytes: new TextEncoder().encode(by.publicKeyPem) },
      ...letters,
      ...(by.certificatesPem ? [certificateFile(by.certificatesPem)] : []),
      ...stamps.map(({ name, token }) => ({ path: timestampPath(name), bytes: token })),
    ];
    const manifest = new TextEncoder().encode(
      formatManifest(files.map((file) => ({ path: file.path, sha256: sha256(file.bytes) }))),
    );
    files.push(
      { path: 'seal/manifest-sha256.txt', bytes: manifest },
      { path: 'seal/manifest.p256.sig', bytes: await signed(manifest, by) },
    );
    const stampedBy = stamps.map(({ name }) => name);
    return { files, signature: Buffer.from(signature).toString('base64'), stampedBy };
  }

  return async function sealPack(id, { onProgress, signal } = {}) {
    const draft = await packs.draft(id);
    await refuseOtherPapers(draft);
    const by = await signer();
    const signerSha256 = keyFingerprint(by.publicKeyPem);
    refuseUnreadable(by);
    if (draft.keySha256 !== undefined && draft.keySha256 !== signerSha256) {
      throw new PackError(
        'SIGNATURE_FAILED',
        'The letter names another signing key than the one that would seal it, so there is no pack. Make the pack anew.',
      );
    }
    const bag = bagFiles(draft, await openingsOf(draft), await verifyFiles());
    const total = draft.files.reduce((sum, file) => sum + file.sizeBytes, 0);
    let done = 0;
    const payload = draft.files.map(
      (file): SizedFile => ({
        path: file.path,
        sizeBytes: file.sizeBytes,
        open: () =>
          announcedBytes(file, blobs.read(file.blob), (bytes) => {
            signal?.throwIfAborted();
            done += bytes;
            onProgress?.(done, total);
          }),
      }),
    );
    // Before the letters are signed, each by itself: too many would never end.
    refuseTooMany(id, [...payload, ...bag.files.map(sized)]);
    const letters = await signedLetters(draft, by);
    const statement = formatStatement({
      pack: id,
      sealedAt: draft.sealedAt,
      tagmanifestSha256: bag.tagmanifestSha256,
      commitmentRoot: bag.commitmentRoot,
      supersedes: draft.supersedes,
      signerSha256,
    });
    refuseTooMany(id, [...payload, ...[...bag.files, ...letters].map(sized)]);
    const { files: ownFiles, ...seal } = await sealFiles(draft, statement, letters, by, signal);
    const texts = [...bag.files, ...ownFiles].map(sized);
    const files = [...payload, ...texts].sort((a, b) => compareEntries(a.path, b.path));
    const { id: blob, sizeBytes } = await blobs.put(writeArchive(id, files));
    const sealed: SealedPack = {
      id,
      blob,
      sizeBytes,
      statement,
      statementSha256: sha256(statement),
      signerSha256,
      seal,
    };
    await packs.saveSealed(sealed);
    return sealed;
  };
}

/** The certificates were imported when less was asked of them: verifiers would refuse the pack. */
function refuseUnreadable({ certificatesPem }: PackSigner): void {
  if (!certificatesPem || signerCertificates(certificatesPem) !== null) return;
  throw new PackError(
    'CERTIFICATE_UNREADABLE',
    'The certificates of the signing key are too many, or not of the form that every verifier reads, so there is no pack. Import the key again with others (dalil key import FILE.p12) and seal again, or make a new key (dalil key rotate) and the pack anew.',
  );
}

type SizedFile = ArchiveFile & { readonly sizeBytes: number };

function certificateFile(pem: string): BagFile {
  return { path: SIGNER_CERTIFICATE, bytes: new TextEncoder().encode(pem) };
}

function sized({ path, bytes }: BagFile): SizedFile {
  return {
    path,
    sizeBytes: bytes.length,
    open: async function* () {
      yield bytes;
    },
  };
}

/** What every verifier would refuse to open is not written, nor logged, in the first place. */
function refuseTooMany(id: string, files: readonly SizedFile[]): void {
  const seal = SEAL_FILES.map((path) => ({ path, sizeBytes: 0 }));
  const entries = [...files, ...seal].map(({ path, sizeBytes }) => ({
    name: `${id}/${path}`,
    sizeBytes,
  }));
  if (directoryBytes(entries) <= LARGEST_DIRECTORY_BYTES) return;
  throw new PackError(
    'PACK_TOO_LARGE',
    'The pack has more files than a pack can hold, so nothing was sealed. Make several smaller packs.',
  );
}
