import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAll } from '../../server/kernel/blobs.ts';
import { aVault } from '../builders/open-vault.ts';

const CHUNK = 64 * 1024;
const SEALED_CHUNK = CHUNK + 16;
const damaged = { code: 'BLOB_DAMAGED' };

async function twoBlobs() {
  const { dataDir, database, vault } = await aVault();
  const bytes = randomBytes(3 * CHUNK + 1000);
  const blob = await vault.blobs.put([bytes]);
  const other = await vault.blobs.put([randomBytes(bytes.length)]);
  const fileOf = (id: string) => path.join(dataDir, 'blobs', id.slice(0, 2), id);
  const read = (range?: { start: number; end: number }) =>
    readAll(vault.blobs.read(blob.id, range));
  return { dataDir, database, vault, bytes, blob, other, fileOf, read };
}

describe('a blob file that was tampered with is refused', () => {
  test.each<[string, (file: Buffer, other: Buffer) => Buffer]>([
    ['a bit flipped in the first chunk', (file) => flip(file, 5)],
    ['a bit flipped in a tag', (file) => flip(file, SEALED_CHUNK - 1)],
    ['a bit flipped in the last byte', (file) => flip(file, file.length - 1)],
    ['cut by one byte', (file) => file.subarray(0, -1)],
    ['cut after a chunk', (file) => file.subarray(0, 2 * SEALED_CHUNK)],
    ['cut to the last chunk', (file) => file.subarray(3 * SEALED_CHUNK)],
    ['emptied', () => Buffer.alloc(0)],
    ['longer by one byte', (file) => Buffer.concat([file, Buffer.of(0)])],
    ['longer by a chunk', (file) => Buffer.concat([file, file.subarray(0, SEALED_CHUNK)])],
    [
      'two chunks swapped',
      (file) =>
        Buffer.concat([
          file.subarray(SEALED_CHUNK, 2 * SEALED_CHUNK),
          file.subarray(0, SEALED_CHUNK),
          file.subarray(2 * SEALED_CHUNK),
        ]),
    ],
    [
      'a chunk repeated over the next',
      (file) => {
        const copy = Buffer.from(file);
        file.copy(copy, SEALED_CHUNK, 0, SEALED_CHUNK);
        return copy;
      },
    ],
    [
      'a chunk of another blob',
      (file, other) => {
        const copy = Buffer.from(file);
        other.copy(copy, 0, 0, SEALED_CHUNK);
        return copy;
      },
    ],
    ['the whole file of another blob', (_, other) => other],
  ])('%s', async (_, tamper) => {
    const { blob, other, fileOf, read, bytes } = await twoBlobs();
    expect(Buffer.compare(await read(), bytes)).toBe(0);
    const file = readFileSync(fileOf(blob.id));
    writeFileSync(fileOf(blob.id), tamper(file, readFileSync(fileOf(other.id))));
    await expect(read()).rejects.toMatchObject(damaged);
  });

  test('every bit counts, and only the chunks of a range are judged', async () => {
    const { blob, fileOf, read } = await twoBlobs();
    const file = readFileSync(fileOf(blob.id));
    for (let i = 0; i < 64; i++) {
      const at = Math.floor((file.length / 64) * i);
      writeFileSync(fileOf(blob.id), flip(file, at, i % 8));
      const start = Math.floor(at / SEALED_CHUNK) * CHUNK;
      await expect(read({ start, end: start + 1 })).rejects.toMatchObject(damaged);
      const elsewhere = (start + CHUNK) % (4 * CHUNK);
      expect(await read({ start: elsewhere, end: elsewhere + 1 })).toHaveLength(1);
    }
  });

  test('a missing file', async () => {
    const { blob, fileOf, read } = await twoBlobs();
    rmSync(fileOf(blob.id));
    await expect(read()).rejects.toMatchObject(damaged);
  });

  test('file and row of another blob under this id', async () => {
    const { database, blob, other, fileOf, read } = await twoBlobs();
    writeFileSync(fileOf(blob.id), readFileSync(fileOf(other.id)));
    const row = await database
      .selectFrom('blobs')
      .selectAll()
      .where('id', '=', other.id)
      .executeTakeFirstOrThrow();
    await database
      .updateTable('blobs')
      .set({ wrapped_key: row.wrapped_key, sealed: row.sealed })
      .where('id', '=', blob.id)
      .execute();
    await expect(read()).rejects.toMatchObject(damaged);
  });

  test('a row whose sealed size was replaced', async () => {
    const { database, blob, other, read } = await twoBlobs();
    const { sealed } = await database
      .selectFrom('blobs')
      .select('sealed')
      .where('id', '=', other.id)
      .executeTakeFirstOrThrow();
    await database.updateTable('blobs').set({ sealed }).where('id', '=', blob.id).execute();
    await expect(read()).rejects.toMatchObject({ code: 'SEALED_TEXT_DAMAGED' });
  });

  test('a tag cut to four bytes', async () => {
    const { dataDir, vault } = await aVault();
    const { id } = await vault.blobs.put([Buffer.from('short')]);
    const file = path.join(dataDir, 'blobs', id.slice(0, 2), id);
    writeFileSync(file, readFileSync(file).subarray(0, 5 + 4));
    await expect(readAll(vault.blobs.read(id))).rejects.toMatchObject(damaged);
  });
});

test('what a blob leaves on the disk', async () => {
  const { dataDir, blob, other } = await twoBlobs();
  const names = readdirSync(path.join(dataDir, 'blobs'), {
    recursive: true,
    encoding: 'utf8',
  });
  const files = names.filter((name) => name.includes(path.sep));
  expect(files.map((name) => path.basename(name)).sort()).toEqual([blob.id, other.id].sort());
});

function flip(file: Buffer, at: number, bit = 0): Buffer {
  const copy = Buffer.from(file);
  copy[at] = copy[at]! ^ (1 << bit);
  return copy;
}
