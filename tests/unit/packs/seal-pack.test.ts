import { describe, expect, test } from 'vitest';
import { writeArchive } from '../../../server/adapters/archiver-packs.ts';
import { checkP256Signature } from '../../../server/adapters/keys/p256-signatures.ts';
import { selfSignedCertificate } from '../../../server/adapters/keys/signer-certificate.ts';
import { createPadesLetters } from '../../../server/adapters/pdf/pades-letters.ts';
import { derOfOutline, derOutline } from '../../../server/kernel/der-outline.ts';
import {
  centralHeader,
  directoryBytes,
  LARGEST_DIRECTORY_BYTES,
} from '../../../server/packs/manifest/canonical-zip.ts';
import { formatCertificates } from '../../../server/packs/manifest/certificates.ts';
import type { PackDraft } from '../../../server/packs/pack-draft.ts';
import type { PackSigner } from '../../../server/packs/ports.ts';
import { createSealPack } from '../../../server/packs/seal-pack.ts';
import { aLogOf } from '../../builders/custody-log.ts';
import { aPackSigner, aSealedPack } from '../../builders/sealed-pack.ts';
import { aSmallPdf } from '../../builders/small-pdf.ts';
import { createMemoryBlobs } from '../../fakes/memory-blobs.ts';

/** The sealing of one file, with a record of what it keeps. */
async function aSealing(
  options: {
    signer?: PackSigner;
    stored?: string;
    papers?: string[];
    draft?: (draft: PackDraft) => PackDraft;
  } = {},
) {
  const { draft: whole } = await aSealedPack();
  const memory = createMemoryBlobs();
  const { id: blob } = await memory.put([Buffer.from(options.stored ?? aSmallPdf('letter'))]);
  const letter = whole.files.find(({ role }) => role === 'letter')!;
  const plain = { ...whole, files: [{ ...letter, blob }], receipts: [], commitments: [] };
  const draft = options.draft?.(plain) ?? plain;
  const before = structuredClone(draft);
  const kept: string[] = [];
  let asked = 0;
  const { log } = await aLogOf(3);
  const sealPack = createSealPack({
    packs: {
      addDraft: async () => {},
      draftFor: async () => null,
      draft: async () => draft,
      opening: async () => null,
      destroyOpening: async () => {},
      saveSealed: async ({ id }) => void kept.push(`sealed ${id}`),
      isSuperseded: async () => false,
      papersOfPacks: async () => [],
      list: async () => [],
      sealed: async () => null,
    },
    blobs: {
      ...memory,
      put: async (source) => {
        asked += 1;
        const put = await memory.put(source);
        kept.push('blob');
        return put;
      },
    },
    custody: log,
    currentPapers: async () => options.papers ?? [],
    signer: async () => options.signer ?? aPackSigner(),
    checkSignature: checkP256Signature,
    authorities: [],
    writeArchive,
    signLetter: createPadesLetters(),
    verifyFiles: async () => [
      { path: 'verify/VERIFY.txt', bytes: Buffer.from('how\n') },
      { path: 'verify/verify.html', bytes: Buffer.from('<!doctype html>\n') },
      { path: 'verify/verify.sh', bytes: Buffer.from('#!/bin/sh\n') },
    ],
  });
  return { seal: () => sealPack(draft.id), kept, asked: () => asked, draft, before };
}

describe('sealing', () => {
  test('keeps one archive and its seal', async () => {
    const { seal, kept, draft } = await aSealing();
    await seal();
    expect(kept).toEqual(['blob', `sealed ${draft.id}`]);
  });

  const bound = (papers: string[]) => (draft: PackDraft) => ({
    ...draft,
    recipe: { papers } as unknown as NonNullable<PackDraft['recipe']>,
  });

  test.each([
    ['destroyed', ['paper-1', 'paper-2'], ['paper-1']],
    ['replaced', ['paper-1'], ['paper-2']],
    ['added', [], ['paper-1']],
  ])('writes and logs nothing once a paper of the letter was %s', async (_how, then, now) => {
    const { seal, kept } = await aSealing({ draft: bound(then), papers: now });
    await expect(seal()).rejects.toMatchObject({ code: 'PAPERS_CHANGED' });
    expect(kept).toEqual([]);
  });

  test('takes papers that are those of today, in whatever order', async () => {
    const { seal, kept } = await aSealing({ draft: bound(['a', 'b']), papers: ['b', 'a'] });
    await seal();
    expect(kept).toHaveLength(2);
  });

  test.each([
    ['another key', () => aPackSigner().sign(Buffer.from('seal'))],
    ['no signature at all', () => new Uint8Array(70)],
  ])('a signature by %s is refused before anything is written', async (_name, sign) => {
    const { publicKeyPem } = aPackSigner();
    const { seal, kept, asked, draft, before } = await aSealing({ signer: { publicKeyPem, sign } });
    await expect(seal()).rejects.toMatchObject({ code: 'SIGNATURE_FAILED' });
    expect([kept, asked()]).toEqual([[], 0]);
    expect(draft).toEqual(before);
  });

  test.each([
    ['a number below zero', 1, (outline: string) => outline.replace(/02:[4-7]/, '02:c')],
    ['a form that nobody reads', 1, (outline: string) => outline.replace('03:00', '03:01')],
    ['a chain of seventeen', 17, (outline: string) => outline],
  ])(
    'certificates with %s are refused before anything is written',
    async (_name, count, change) => {
      const own = aPackSigner();
      const outline = change(derOutline(selfSignedCertificate(own))!);
      const certificates = Array.from({ length: count }, () => derOfOutline(outline));
      const signer = { ...own, certificatesPem: formatCertificates(certificates) };
      const { seal, kept, asked } = await aSealing({ signer });
      await expect(seal()).rejects.toMatchObject({
        code: 'CERTIFICATE_UNREADABLE',
        message: expect.stringContaining('dalil key import'),
      });
      expect([kept, asked()]).toEqual([[], 0]);
    },
  );

  test('certificates that every verifier reads are taken, sixteen at most', async () => {
    const own = aPackSigner();
    const certificates = Array.from({ length: 16 }, () => selfSignedCertificate(own));
    const signer = { ...own, certificatesPem: formatCertificates(certificates) };
    const { seal, kept } = await aSealing({ signer });
    await seal();
    expect(kept).toHaveLength(2);
  });

  test.each(['%PDF-1.7 lettex', '%PDF-1.7 lette', '%PDF-1.7 letters'])(
    'a file that became "%s" since the draft leaves no archive and no seal',
    async (stored) => {
      const { seal, kept, draft, before } = await aSealing({ stored });
      await expect(seal()).rejects.toMatchObject({ code: 'CONTENT_CHANGED' });
      expect(kept).toEqual([]);
      expect(draft).toEqual(before);
    },
  );

  test('more files than a verifier reads are refused before anything is written', async () => {
    const { seal, kept, asked } = await aSealing({
      draft: (draft) => ({
        ...draft,
        files: Array.from({ length: 45_000 }, (_, i) => ({
          ...draft.files[0]!,
          path: `data/letter/${'x'.repeat(100)}${i}.pdf`,
        })),
      }),
    });
    await expect(seal()).rejects.toMatchObject({ code: 'PACK_TOO_LARGE' });
    expect([kept, asked()]).toEqual([[], 0]);
  });
});

test('the size of a directory is known before it is written, ZIP64 fields included', () => {
  const plain = { name: 'a', sizeBytes: 1 };
  expect(directoryBytes([plain, { name: 'bc', sizeBytes: 2 }])).toBe(46 + 1 + 46 + 2);
  // What stands after 4 GiB needs 28 bytes more.
  const large = { name: 'a', sizeBytes: 2 ** 32 };
  expect(directoryBytes([large, plain])).toBe(2 * (46 + 1 + 28));
  expect(centralHeader({ ...large, crc32: 0, offset: 0 })).toHaveLength(46 + 1 + 28);
  expect(LARGEST_DIRECTORY_BYTES).toBe(8_388_608);
});
