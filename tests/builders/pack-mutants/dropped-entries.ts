import { putTogether, takeApart } from '../raw-zip.ts';
import type { SealedForTest } from '../sealed-pack.ts';
import { type ArchiveMutant, CASE } from './mutating-archives.ts';

const without = (belongs: (path: string) => boolean) => (pack: SealedForTest) =>
  putTogether(
    takeApart(pack.zip).filter((entry) => !belongs(entry.name.slice(pack.id.length + 1))),
  );

/** Archives that lack something. */
export const DROPPED_ENTRIES: readonly ArchiveMutant[] = [
  {
    name: 'a file of evidence dropped',
    make: without((path) => path === CASE),
    finds: ['bag-info-payload', 'payload-file-missing'],
  },
  {
    name: 'a file about the bag dropped',
    make: without((path) => path === 'evidence/openings.jsonl'),
    finds: ['openings-malformed', 'tags-file-missing'],
  },
  {
    name: 'the list of evidence dropped',
    make: without((path) => path === 'manifest-sha256.txt'),
    finds: ['file-extra', 'payload-list-missing', 'tags-file-missing'],
  },
  {
    name: 'the list of the bag dropped',
    make: without((path) => path === 'tagmanifest-sha256.txt'),
    finds: ['file-extra', 'statement-other-list', 'tags-file-missing', 'tags-list-missing'],
  },
  {
    name: 'the signature stripped',
    make: without((path) => path === 'seal/statement.p256.sig'),
    finds: ['seal-file-missing', 'signature-missing'],
  },
  {
    name: 'the signature of the seal’s list stripped',
    make: without((path) => path === 'seal/manifest.p256.sig'),
    finds: ['seal-file-missing', 'seal-signature-missing'],
  },
  {
    name: 'the signed letter stripped',
    make: without((path) => path === 'seal/letters/complaint.ky.pdf'),
    finds: ['seal-file-missing'],
  },
  {
    name: 'the key stripped',
    make: without((path) => path === 'seal/signer.pem'),
    finds: ['seal-file-missing', 'signature-key-unusable', 'statement-other-key'],
  },
  {
    name: 'the proof of the log stripped',
    make: without((path) => path === 'seal/statement.tlog-proof'),
    finds: ['log-proof-malformed', 'seal-file-missing'],
  },
  {
    name: 'the whole seal stripped',
    make: without((path) => path.startsWith('seal/')),
    finds: [
      'log-proof-malformed',
      'seal-file-missing',
      'seal-list-missing',
      'seal-signature-missing',
      'signature-key-unusable',
      'signature-missing',
      'statement-malformed',
    ],
  },
  {
    name: 'everything dropped',
    make: without(() => true),
    finds: ['archive-empty'],
  },
];
