import { generateKeyPairSync, sign } from 'node:crypto';
import { writeArchive } from '../../server/adapters/archiver-packs.ts';
import { checkP256Signature } from '../../server/adapters/keys/p256-signatures.ts';
import { createPadesLetters } from '../../server/adapters/pdf/pades-letters.ts';
import type { CustodySigner } from '../../server/custody/ports.ts';
import { canonicalJson } from '../../server/kernel/canonical-json.ts';
import { type Sha256, sha256 } from '../../server/kernel/digest.ts';
import { base32, type RandomBytes } from '../../server/kernel/ids.ts';
import { type BagFile, bagFiles } from '../../server/packs/bag-files.ts';
import { commitItems } from '../../server/packs/commit-items.ts';
import { drawDecoys } from '../../server/packs/manifest/commitments.ts';
import { lowSignature } from '../../server/packs/manifest/p256-signature.ts';
import type { PackItem } from '../../server/packs/manifest/pack-description.ts';
import { compareEntries } from '../../server/packs/manifest/pack-path.ts';
import type { PackDraft, SealedPack } from '../../server/packs/pack-draft.ts';
import type { PackSigner, TimestampAuthority } from '../../server/packs/ports.ts';
import { createSealPack } from '../../server/packs/seal-pack.ts';
import { createMemoryBlobs } from '../fakes/memory-blobs.ts';
import { aLogOf } from './custody-log.ts';
import { aSmallPdf } from './small-pdf.ts';

/** A pack as it leaves the sealer, with what a test needs to break it or to seal it anew. */
export interface SealedForTest {
  readonly id: string;
  readonly zip: Uint8Array;
  /** Everything but `seal/`, by path inside the pack. */
  readonly bag: ReadonlyMap<string, Uint8Array>;
  readonly signer: PackSigner;
  /** Signs the checkpoints of the custody log. */
  readonly logSigner: CustodySigner;
  readonly sealed: SealedPack;
  readonly draft: PackDraft;
}

/** What a test may want otherwise than usual. */
export interface SealedPackOptions {
  readonly seed?: number;
  /** What it says of itself, UTC to the second. */
  readonly sealedAt?: string;
  readonly signer?: PackSigner;
  readonly verifyFiles?: readonly BagFile[];
  readonly authorities?: readonly TimestampAuthority[];
  readonly payload?: Readonly<Record<string, Uint8Array>>;
  /** How many events its log has before it is sealed, and which of them go along. */
  readonly events?: { readonly logged: number; readonly shown: readonly number[] };
}

/** A fresh P-256 signer. */
export function aPackSigner(): PackSigner {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }) as string,
    // The lower of the two, for packs that tests sign without the sealer.
    sign: (bytes) => lowSignature(sign('sha256', bytes, { key: privateKey, dsaEncoding: 'der' }))!,
  };
}

/** Random bytes that are the same for the same seed. */
export function seededBytes(seed: number): RandomBytes {
  let state = seed >>> 0 || 1;
  return (length) =>
    Uint8Array.from({ length }, () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      state >>>= 0;
      return state & 0xff;
    });
}

const text = (content: string) => new TextEncoder().encode(content);

/** One file of every role; small, so that every byte of the pack can be flipped in turn. */
const PAYLOAD: Readonly<Record<string, Uint8Array>> = {
  'data/annex/statistics.en.pdf': text('%PDF-1.7 figures'),
  'data/cases/C-01.json': text('{"text":"told"}'),
  'data/letter/complaint.ky.pdf': aSmallPdf('letter'),
  'data/media/V-01.mp4': text('a redacted copy'),
  'data/statistics/act.csv': text('act,count\n'),
};
const ROLES: Record<string, [PackItem['role'], string]> = {
  annex: ['annex', 'application/pdf'],
  cases: ['case', 'application/json'],
  letter: ['letter', 'application/pdf'],
  media: ['media', 'video/mp4'],
  statistics: ['statistics', 'text/csv'],
};
const PLAIN_VERIFY_FILES: readonly BagFile[] = [
  { path: 'verify/VERIFY.txt', bytes: text('how to check\n') },
  { path: 'verify/verify.html', bytes: text('<!doctype html>\n') },
  { path: 'verify/verify.sh', bytes: text('#!/bin/sh\n') },
];

/** Seals a small pack with the sealer itself: payload, commitments, receipt, events of a real log. */
export async function aSealedPack(options: SealedPackOptions = {}): Promise<SealedForTest> {
  const random = seededBytes(options.seed ?? 7);
  const signer = options.signer ?? aPackSigner();
  const verifyFiles = options.verifyFiles ?? PLAIN_VERIFY_FILES;
  const blobs = createMemoryBlobs();
  const id = `EP-${base32(random(16))}`;
  const files: PackDraft['files'] = await Promise.all(
    Object.entries(options.payload ?? PAYLOAD).map(async ([path, bytes]) => {
      const [role, mediaType] = ROLES[path.split('/')[1]!]!;
      const { id: blob, sizeBytes } = await blobs.put([bytes]);
      const title = { ky: path, ru: path, en: path };
      return { path, role, mediaType, title, sha256: sha256(bytes), sizeBytes, blob };
    }),
  );
  const { salted, commitments } = commitItems(
    [
      {
        source: 'recording',
        item: { class: 'original-media', sha256: sha256('original'), bytes: 8 },
        path: null,
      },
      ...files
        .filter(({ role }) => role === 'case' || role === 'media')
        .map(({ path, sha256: digest, sizeBytes }) => ({
          source: path,
          item: { class: 'exhibit' as const, sha256: digest, bytes: sizeBytes },
          path,
        })),
    ],
    random,
  );
  const { logged, shown } = options.events ?? { logged: 5, shown: [1, 4] };
  const { log, signer: logSigner } = await aLogOf(logged);
  const excerpt = await log.excerpt([...shown]);
  const draft: PackDraft = {
    id,
    sealedAt: options.sealedAt ?? '2026-11-23T10:15:00Z',
    sample: true,
    supersedes: null,
    generator: '0.1.0',
    files,
    receipts: files
      .filter(({ role }) => role === 'media')
      .map(({ path, sha256: digest, sizeBytes }) => ({
        exhibit: path.replace(/^.*\/|\.[^.]*$/g, ''),
        text: receiptText({ path, sha256: digest, sizeBytes }, commitments[0]!.leaf),
      })),
    custody: {
      checkpoint: excerpt.checkpoint,
      lines: excerpt.entries.map(({ event, index, proof }) => ({
        event: { ...event, detail: event.detail as Sha256 },
        index,
        proof: proof.map((hash) => hash as Sha256),
      })),
    },
    commitments,
    decoys: drawDecoys(commitments.length, random),
    withheldReason: { ky: 'коопсуздук', ru: 'безопасность', en: 'safety' },
    notes: { warnings: [], leftOut: [] },
  };
  let sealed: SealedPack | null = null;
  const openings = salted.filter(({ path }) => path !== null);
  const sealPack = createSealPack({
    packs: {
      draftFor: async () => null,
      addDraft: async () => {},
      draft: async () => draft,
      opening: async (_id, leaf) => salted.find((_one, i) => commitments[i]!.leaf === leaf) ?? null,
      destroyOpening: async () => {},
      saveSealed: async (made) => {
        sealed = made;
      },
      sealed: async () => sealed,
      isSuperseded: async () => false,
      papersOfPacks: async () => [],
      list: async () => [],
    },
    blobs,
    custody: log,
    currentPapers: async () => [],
    signer: async () => signer,
    checkSignature: checkP256Signature,
    writeArchive,
    authorities: options.authorities ?? [],
    signLetter: createPadesLetters(),
    verifyFiles: async () => verifyFiles,
  });
  const made = await sealPack(id);
  const bag = new Map<string, Uint8Array>(
    bagFiles(draft, openings, verifyFiles).files.map(({ path, bytes }) => [path, bytes]),
  );
  for (const [path, bytes] of Object.entries(options.payload ?? PAYLOAD)) bag.set(path, bytes);
  const zip = await bytesOf(blobs.read(made.blob));
  return { id, zip, bag, signer, logSigner, sealed: made, draft };
}

/** A receipt over a copy, as the pack has it. */
export function receiptText(
  output: { path: string; sha256: string; sizeBytes: number },
  inputCommitment: string,
  checks: ReadonlyArray<{ name: string; passed: boolean }> = [
    { name: 'covered-tiles-constant', passed: true },
  ],
): string {
  return `${canonicalJson({
    version: 1,
    kind: 'dalil-redaction-receipt',
    output,
    inputCommitment,
    checks: checks.map(({ name, passed }) => ({ name, passed })),
  })}\n`;
}

/** Writes files into the canonical archive of a pack. */
export async function archiveOf(
  folder: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Uint8Array> {
  const ordered = [...files].sort(([a], [b]) => compareEntries(a, b));
  return await bytesOf(
    writeArchive(
      folder,
      ordered.map(([path, bytes]) => ({
        path,
        open: async function* () {
          yield bytes;
        },
      })),
    ),
  );
}

async function bytesOf(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const kept: Uint8Array[] = [];
  for await (const part of parts) kept.push(Uint8Array.from(part));
  return new Uint8Array(Buffer.concat(kept));
}
