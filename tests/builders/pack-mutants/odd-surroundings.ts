import { putTogether, renamed, takeApart, withNumber } from '../raw-zip.ts';
import { type ArchiveMutant, CASE, changing } from './mutating-archives.ts';

const bytes = (text: string) => Buffer.from(text);

/** Archives with bytes, claims or damage around the entries. */
export const ODD_SURROUNDINGS: readonly ArchiveMutant[] = [
  {
    name: 'a comment on the archive',
    make: ({ zip }) => putTogether(takeApart(zip), { comment: bytes('hello') }),
    finds: ['archive-directory-form'],
  },
  {
    name: 'bytes before the first file, offsets fitting',
    make: ({ zip }) => putTogether(takeApart(zip), { before: bytes('#!/bin/sh\n') }),
    finds: ['archive-gap'],
  },
  {
    name: 'bytes before the first file, offsets as they were',
    make: ({ zip }) => Buffer.concat([bytes('#!/bin/sh\n'), zip]),
    finds: ['archive-directory-damaged', 'archive-directory-form'],
  },
  {
    name: 'bytes between two files',
    make: ({ zip }) => putTogether(takeApart(zip), { between: bytes('hidden') }),
    finds: ['archive-gap'],
  },
  {
    name: 'bytes before the directory',
    make: ({ zip }) => putTogether(takeApart(zip), { beforeDirectory: bytes('hidden') }),
    finds: ['archive-gap'],
  },
  {
    name: 'bytes after the end',
    make: ({ zip }) => putTogether(takeApart(zip), { after: bytes('\n') }),
    finds: ['archive-directory-form'],
  },
  {
    name: 'a second archive after the end',
    make: ({ zip }) => Buffer.concat([zip, putTogether(takeApart(zip).slice(0, 1))]),
    finds: ['archive-directory-damaged', 'archive-directory-form'],
  },
  {
    name: 'a count that claims more files',
    make: ({ zip }) => putTogether(takeApart(zip), { end: (end) => end.writeUInt16LE(0xffff, 10) }),
    finds: ['archive-directory-form'],
  },
  {
    name: 'a directory that claims four gigabytes',
    make: ({ zip }) =>
      putTogether(takeApart(zip), { end: (end) => end.writeUInt32LE(0xfffffffe, 12) }),
    finds: ['archive-directory-nowhere'],
  },
  {
    name: 'a disk number',
    make: ({ zip }) => putTogether(takeApart(zip), { end: (end) => end.writeUInt16LE(1, 4) }),
    finds: ['archive-directory-form'],
  },
  {
    name: 'a thousand entries over the same bytes',
    make: ({ id, zip }) => {
      const entries = takeApart(zip);
      const many = Array.from({ length: 1_000 }, (_, i) => ({
        ...renamed(entries[0]!, `${id}/bomb/${String(i).padStart(4, '0')}`),
        local: Buffer.alloc(0),
        data: Buffer.alloc(0),
        descriptor: Buffer.alloc(0),
      }));
      return putTogether([...entries, ...many], { keepOffsets: true });
    },
    finds: ['archive-entry-nowhere', 'archive-gap', 'archive-order', 'file-extra'],
  },
  {
    name: 'a size that claims four gigabytes',
    make: changing(CASE, (entry) =>
      withNumber(withNumber(entry, 'central', 20, 0xfffffffe, 4), 'central', 24, 0xfffffffe, 4),
    ),
    finds: [
      'archive-entry-nowhere',
      'archive-gap',
      'bag-info-payload',
      'description-item-size',
      'payload-file-unreadable',
    ],
  },
  {
    name: 'cut off within the directory',
    make: ({ zip }) => zip.subarray(0, zip.length - 40),
    finds: ['archive-end-missing'],
  },
  {
    name: 'cut off within a file',
    make: ({ zip }) => zip.subarray(0, 2_000),
    finds: ['archive-end-missing'],
  },
];
