import { putTogether, refilled, renamed, takeApart, withNumber } from '../raw-zip.ts';
import { type ArchiveMutant, adding, CASE, changing } from './mutating-archives.ts';

const COPY = 'data/media/V-01.mp4';
const bytes = (text: string) => Buffer.from(text);

/** Archives with more entries, or other names or another order of them. */
export const ADDED_ENTRIES: readonly ArchiveMutant[] = [
  {
    name: 'a file of evidence added',
    make: adding(CASE, (entry, { id }) => renamed(entry, `${id}/data/cases/C-02.json`)),
    finds: ['bag-info-payload', 'file-extra'],
  },
  {
    name: 'a file added to the seal',
    make: adding('seal/statement.txt', (entry, { id }) => renamed(entry, `${id}/seal/zz.tsr`)),
    finds: ['file-extra', 'timestamp-malformed'],
  },
  {
    name: 'a signed letter added',
    make: adding('seal/letters/complaint.ky.pdf', (entry, { id }) =>
      renamed(entry, `${id}/seal/letters/complaint.ru.pdf`),
    ),
    finds: ['file-extra'],
  },
  {
    name: 'a receipt added',
    make: adding('evidence/receipts/V-01.json', (entry, { id }) =>
      renamed(entry, `${id}/evidence/receipts/V-02.json`),
    ),
    finds: ['file-extra', 'receipt-foreign'],
  },
  {
    name: 'a folder added',
    make: adding(CASE, (entry, { id }) =>
      withNumber(
        refilled(renamed(entry, `${id}/data/cases/D/`), bytes('')),
        'central',
        38,
        (0o40755 << 16) | 0x10,
        4,
      ),
    ),
    finds: [
      'archive-directory-form',
      'archive-entry-form',
      'archive-entry-special',
      'archive-name',
      'bag-info-payload',
      'file-extra',
    ],
  },
  {
    name: 'a file of evidence renamed',
    make: changing(CASE, (entry) => renamed(entry, entry.name.replace('C-01', 'C-02'))),
    finds: ['file-extra', 'payload-file-missing'],
  },
  {
    name: 'two files swapped by name',
    make: ({ id, zip }) => {
      const entries = takeApart(zip);
      const find = (path: string) => entries.find(({ name }) => name === `${id}/${path}`)!;
      const [a, b] = [find(CASE), find(COPY)];
      return putTogether(
        entries.map((entry) => {
          if (entry === a) return renamed(b, a.name);
          return entry === b ? renamed(a, b.name) : entry;
        }),
      );
    },
    finds: ['payload-file-changed'],
  },
  {
    name: 'two entries in another order',
    make: ({ zip }) => {
      const [first, second, ...rest] = takeApart(zip);
      return putTogether([second!, first!, ...rest]);
    },
    finds: ['archive-order'],
  },
  {
    name: 'the directory in another order than the files',
    make: ({ zip }) => {
      const apart = takeApart(zip);
      const [first, second, ...rest] = apart.map(({ central }) => central);
      return putTogether(
        apart.map((entry, i) => ({ ...entry, central: [second!, first!, ...rest][i]! })),
        { keepOffsets: true },
      );
    },
    finds: [
      'archive-entry-nowhere',
      'archive-gap',
      'archive-order',
      'bag-info-malformed',
      'tags-file-unreadable',
    ],
  },
  {
    name: 'a file twice, the same',
    make: adding(CASE, (entry) => entry),
    finds: ['archive-name-twice', 'payload-file-unreadable'],
  },
  {
    name: 'a file twice, the second another',
    make: adding(CASE, (entry) => refilled(entry, bytes('{"text":"lie!"}'))),
    finds: ['archive-name-twice', 'payload-file-unreadable'],
  },
  {
    name: 'a file whose name differs in its case only',
    make: adding('data/cases/C-01.json', (entry) =>
      renamed(entry, entry.name.replace('C-01', 'c-01')),
    ),
    finds: ['archive-name-twice', 'bag-info-payload', 'file-extra'],
  },
  {
    name: 'a file outside of the folder',
    make: ({ zip }) => {
      const apart = takeApart(zip);
      return putTogether([renamed(apart[0]!, 'EP-other/evil.txt'), ...apart]);
    },
    finds: ['archive-outside', 'file-extra'],
  },
  {
    name: 'a file above the folder',
    make: adding(CASE, (entry, { id }) => renamed(entry, `${id}/data/../../evil.txt`)),
    finds: ['archive-name', 'archive-order', 'bag-info-payload', 'file-extra'],
  },
  {
    name: 'a name that steers terminals',
    make: adding(CASE, (entry, { id }) => renamed(entry, `${id}/data/cases/D\u001b[2J\n.json`)),
    finds: ['archive-name', 'bag-info-payload', 'file-extra'],
  },
  {
    name: 'a folder that is no pack’s, for all',
    make: ({ id, zip }) =>
      putTogether(takeApart(zip).map((entry) => renamed(entry, entry.name.replace(id, 'pack')))),
    finds: [
      'archive-folder',
      'bag-declaration',
      'bag-info-malformed',
      'commitments-malformed',
      'custody-malformed',
      'description-malformed',
      'file-extra',
      'log-proof-malformed',
      'openings-malformed',
      'payload-list-missing',
      'seal-file-missing',
      'seal-list-missing',
      'seal-signature-missing',
      'signature-key-unusable',
      'signature-missing',
      'statement-malformed',
      'tags-file-missing',
      'tags-list-missing',
    ],
  },
  {
    name: 'another folder name for all',
    make: ({ id, zip }) =>
      putTogether(
        takeApart(zip).map((entry) =>
          renamed(entry, entry.name.replace(id, `EP-${'a'.repeat(26)}`)),
        ),
      ),
    finds: ['bag-info-other-pack', 'description-other-pack', 'statement-other-pack'],
  },
];
