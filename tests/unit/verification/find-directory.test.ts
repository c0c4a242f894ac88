import { execFileSync } from 'node:child_process';
import { ftruncateSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  canonicalDirectory,
  dataDescriptor,
  localHeader,
  type ZipEntry,
} from '../../../server/packs/manifest/canonical-zip.ts';
import type { PackBytes } from '../../../server/verification/ports.ts';
import { readDirectory } from '../../../server/verification/read-directory.ts';
import { aTemporaryFolder } from '../../builders/temporary-folder.ts';

const GIB = 2 ** 30;

interface Piece {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** An archive of which only headers exist; all else is zeros that nobody stored. */
interface HollowArchive {
  readonly entries: ZipEntry[];
  readonly pack: PackBytes;
  readonly bytes: (start: number, end: number) => Uint8Array;
  /** Writes it to a file, whose zeros take no room on the disk. */
  readonly write: (file: string) => void;
}

function hollow(sizes: readonly number[]): HollowArchive {
  const pieces: Piece[] = [];
  let at = 0;
  const entries = sizes.map((sizeBytes, i): ZipEntry => {
    const name = `EP-${'a'.repeat(26)}/data/media/V-${String(i).padStart(6, '0')}.mp4`;
    const entry = { name, sizeBytes, crc32: 0x1234_5678, offset: at };
    pieces.push({ at, bytes: localHeader(name) });
    at += localHeader(name).length + sizeBytes;
    pieces.push({ at, bytes: dataDescriptor(entry) });
    at += dataDescriptor(entry).length;
    return entry;
  });
  const directory = canonicalDirectory(entries, at);
  pieces.push({ at, bytes: directory });
  const joined = joinAdjacent(pieces);
  const bytes = (start: number, end: number) => {
    const range = new Uint8Array(end - start);
    for (const piece of joined) {
      const from = Math.max(start, piece.at);
      const to = Math.min(end, piece.at + piece.bytes.length);
      if (from < to) range.set(piece.bytes.subarray(from - piece.at, to - piece.at), from - start);
    }
    return range;
  };
  return {
    entries,
    bytes,
    write(file) {
      const descriptor = openSync(file, 'w');
      ftruncateSync(descriptor, at + directory.length);
      for (const piece of joined) writeSync(descriptor, piece.bytes, 0, undefined, piece.at);
    },
    pack: {
      sizeBytes: at + directory.length,
      async *read(start, end) {
        yield bytes(start, end);
      },
    },
  };
}

function joinAdjacent(pieces: readonly Piece[]): Piece[] {
  const runs: Array<{ at: number; end: number; parts: Uint8Array[] }> = [];
  for (const { at, bytes } of pieces) {
    const run = runs.at(-1);
    if (run?.end === at) {
      run.parts.push(bytes);
      run.end += bytes.length;
    } else runs.push({ at, end: at + bytes.length, parts: [bytes] });
  }
  return runs.map(({ at, parts }) => ({ at, bytes: new Uint8Array(Buffer.concat(parts)) }));
}

/** The entries as Info-ZIP sees them. */
function seenByOthers(archive: HollowArchive) {
  const file = path.join(aTemporaryFolder(), 'hollow.zip');
  archive.write(file);
  const said = execFileSync('zipinfo', ['-v', file], {
    encoding: 'utf8',
    maxBuffer: 512 * 1_048_576,
  });
  const values = (label: string) =>
    [...said.matchAll(new RegExp(`^ {2}${label}: +([0-9a-f]+)`, 'gm'))].map((match) => match[1]!);
  const sizes = values('uncompressed size');
  const offsets = values('offset of local header from start of archive');
  const checksums = values('32-bit CRC value \\(hex\\)');
  return sizes.map((size, i) => ({
    sizeBytes: Number(size),
    crc32: Number.parseInt(checksums[i]!, 16),
    offset: Number(offsets[i]),
  }));
}

describe('an archive in the canonical form', () => {
  test.each([
    ['of small files', [0, 1, 5_000_000]],
    ['with a file of one byte less than ZIP64 begins at', [0xffffffff - 1]],
    ['with a file of 4 GiB', [4 * GIB, 7]],
    ['whose later files begin past 4 GiB', [3 * GIB, 2 * GIB, 5, 6]],
    ['of 20 GiB', [10 * GIB, 10 * GIB]],
  ])('%s is read the same by us and by others', async (_name, sizes) => {
    const archive = hollow(sizes);
    const { entries, faults } = await readDirectory(archive.pack);
    expect(faults).toEqual([]);
    expect(entries.flatMap((entry) => entry.faults)).toEqual([]);
    expect(entries.every(({ stored }) => stored)).toBe(true);
    const ours = entries.map(({ sizeBytes, crc32, offset }) => ({ sizeBytes, crc32, offset }));
    expect(entries.map(({ name }) => name)).toEqual(archive.entries.map(({ name }) => name));
    expect(ours).toEqual(seenByOthers(archive));
  });
});

test('more files than an end record can count are counted by us and by others', async () => {
  const archive = hollow(new Array(65_536).fill(0));
  const { entries, faults } = await readDirectory(archive.pack);
  expect([entries.length, faults]).toEqual([65_536, []]);
  const file = path.join(aTemporaryFolder(), 'hollow.zip');
  archive.write(file);
  expect(execFileSync('zipinfo', ['-h', file], { encoding: 'utf8' })).toContain(': 65536\n');
});

describe('ZIP64 records that lie', () => {
  const large = hollow([5 * GIB]);
  const end = large.pack.sizeBytes;

  /** The same archive with some of its last bytes otherwise. */
  const lying = (at: number, change: (view: DataView) => void): PackBytes => ({
    sizeBytes: end,
    async *read(from, to) {
      const tail = large.bytes(end - 98, end);
      change(new DataView(tail.buffer, at));
      const range = large.bytes(from, to);
      const shared = Math.max(from, end - 98);
      if (shared < to)
        range.set(tail.subarray(shared - (end - 98), to - (end - 98)), shared - from);
      yield range;
    },
  });

  test.each<[string, number, (view: DataView) => void]>([
    ['a locator past the end', 56 + 8, (view) => view.setBigUint64(0, 2n ** 63n, true)],
    ['a locator to nowhere', 56 + 8, (view) => view.setBigUint64(0, 0n, true)],
    ['a directory past the end', 48, (view) => view.setBigUint64(0, 2n ** 64n - 1n, true)],
    ['a directory of all the archive', 48, (view) => view.setBigUint64(0, 0n, true)],
    ['a size past everything', 40, (view) => view.setBigUint64(0, 2n ** 64n - 1n, true)],
  ])('%s', async (_name, at, change) => {
    const { entries, faults } = await readDirectory(lying(at, change));
    expect(faults).toEqual(['archive-directory-nowhere']);
    expect(entries).toEqual([]);
  });

  test('a count that is another', async () => {
    const { faults } = await readDirectory(lying(24, (view) => view.setBigUint64(0, 2n, true)));
    expect(faults).toEqual(['archive-directory-form']);
  });
});
