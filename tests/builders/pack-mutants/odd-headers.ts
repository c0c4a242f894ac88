import { deflated, refilled, renamed, withExtra, withNumber } from '../raw-zip.ts';
import { type ArchiveMutant, CASE, changing } from './mutating-archives.ts';

const FIELD = Buffer.from([0xfe, 0xca, 2, 0, 1, 2]);
const bytes = (text: string) => Buffer.from(text);

/** Archives whose headers say something else, or say it otherwise. */
export const ODD_HEADERS: readonly ArchiveMutant[] = [
  {
    name: 'a link in the place of a file',
    make: changing(CASE, (entry) =>
      withNumber(refilled(entry, bytes('/etc/passwd')), 'central', 38, 0o120777 << 16, 4),
    ),
    finds: [
      'archive-directory-form',
      'archive-entry-form',
      'archive-entry-special',
      'bag-info-payload',
      'description-item-size',
      'payload-file-changed',
    ],
  },
  {
    name: 'another mode',
    make: changing(CASE, (entry) => withNumber(entry, 'central', 38, 0o100755 << 16, 4)),
    finds: ['archive-directory-form', 'archive-entry-form'],
  },
  {
    name: 'made by another system',
    make: changing(CASE, (entry) => withNumber(entry, 'central', 5, 0, 1)),
    finds: ['archive-directory-form', 'archive-entry-form'],
  },
  {
    name: 'another date',
    make: changing(CASE, (entry) => withNumber(entry, 'central', 14, 0x5d77)),
    finds: ['archive-directory-form', 'archive-entry-form'],
  },
  {
    name: 'another date in the local header alone',
    make: changing(CASE, (entry) => withNumber(entry, 'local', 12, 0x5d77)),
    finds: ['archive-header'],
  },
  {
    name: 'another name in the local header alone',
    make: changing(CASE, (entry) => ({
      ...entry,
      local: renamed(entry, entry.name.replace('C-01', 'C-09')).local,
    })),
    finds: ['archive-header'],
  },
  {
    name: 'sizes in the local header',
    make: changing(CASE, (entry) => withNumber(entry, 'local', 18, entry.data.length, 4)),
    finds: ['archive-header'],
  },
  {
    name: 'another checksum after the file',
    make: changing(CASE, (entry) => withNumber(entry, 'descriptor', 4, 0, 4)),
    finds: ['archive-checksum'],
  },
  {
    name: 'another checksum everywhere',
    make: changing(CASE, (entry) =>
      withNumber(withNumber(entry, 'descriptor', 4, 0, 4), 'central', 16, 0, 4),
    ),
    finds: ['archive-checksum'],
  },
  {
    name: 'a compressed file',
    make: changing('evidence/commitments.txt', deflated),
    finds: [
      'archive-directory-form',
      'archive-entry-form',
      'archive-entry-packed',
      'archive-gap',
      'commitments-malformed',
      'tags-file-unreadable',
    ],
  },
  {
    name: 'an encrypted file',
    make: changing(CASE, (entry) => withNumber(withNumber(entry, 'central', 8, 9), 'local', 6, 9)),
    finds: [
      'archive-directory-form',
      'archive-entry-form',
      'archive-entry-packed',
      'archive-gap',
      'payload-file-unreadable',
    ],
  },
  {
    name: 'the flag for names in UTF-8',
    make: changing(CASE, (entry) => withNumber(entry, 'central', 8, 0x808)),
    finds: ['archive-directory-form', 'archive-entry-form'],
  },
  {
    name: 'a field in a local header',
    make: changing(CASE, (entry) => withExtra(entry, 'local', FIELD)),
    finds: ['archive-checksum', 'archive-gap', 'archive-header', 'payload-file-changed'],
  },
  {
    name: 'a field in the directory',
    make: changing(CASE, (entry) => withExtra(entry, 'central', FIELD)),
    finds: ['archive-directory-form', 'archive-entry-form'],
  },
  {
    name: 'a comment on a file',
    make: changing(CASE, (entry) => {
      const central = Buffer.concat([entry.central, bytes('hello')]);
      central.writeUInt16LE(5, 32);
      return { ...entry, central };
    }),
    finds: ['archive-directory-form', 'archive-entry-form'],
  },
];
