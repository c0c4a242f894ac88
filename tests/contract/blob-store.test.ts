import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type BlobStore, readAll } from '../../server/kernel/blobs.ts';
import { aVault } from '../builders/open-vault.ts';
import { createMemoryBlobs } from '../fakes/memory-blobs.ts';

const STORES: Record<string, () => Promise<BlobStore>> = {
  memory: async () => createMemoryBlobs(),
  vault: async () => (await aVault()).vault.blobs,
};

const KIB = 1024;
const CHUNK = 64 * KIB;
const BATCH = 16 * CHUNK;

/** Bytes in parts of the given sizes, over and over. */
function* inParts(bytes: Uint8Array, ...sizes: number[]): Generator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

describe.each(Object.keys(STORES))('a blob store: %s', (name) => {
  const open = () => STORES[name]!();

  test.each([
    0,
    1,
    CHUNK - 1,
    CHUNK,
    CHUNK + 1,
    2 * CHUNK,
    BATCH - 1,
    BATCH,
    BATCH + 1,
    2 * BATCH,
    2 * BATCH + CHUNK,
    3 * BATCH + 7,
    16 * BATCH,
    16 * BATCH + 1,
    17 * BATCH,
    20 * BATCH + CHUNK + 1,
  ])('gives back %i bytes as they were', async (sizeBytes) => {
    const blobs = await open();
    const bytes = randomBytes(sizeBytes);
    const blob = await blobs.put(inParts(bytes, 1, 70_001, 0, 300_000));
    expect(blob.sizeBytes).toBe(sizeBytes);
    expect(blob.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(await blobs.sizeOf(blob.id)).toBe(sizeBytes);
    expect(Buffer.compare(await readAll(blobs.read(blob.id)), bytes)).toBe(0);
  });

  test('gives any part', async () => {
    const blobs = await open();
    const bytes = randomBytes(2 * BATCH + 5 * CHUNK + 123);
    const { id } = await blobs.put([bytes]);
    const edges = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, BATCH, BATCH + 1, 2 * BATCH, bytes.length];
    for (const start of edges) {
      for (const end of edges.filter((edge) => edge >= start)) {
        const part = await readAll(blobs.read(id, { start, end }));
        expect(Buffer.compare(part, bytes.subarray(start, end))).toBe(0);
      }
    }
  });

  test('keeps what was put, not the buffer that the source uses again', async () => {
    const blobs = await open();
    const buffer = new Uint8Array(100_000);
    async function* source() {
      for (let i = 1; i <= 30; i++) yield buffer.fill(i);
    }
    const { id } = await blobs.put(source());
    const bytes = await readAll(blobs.read(id));
    expect(bytes.length).toBe(3_000_000);
    expect(bytes.every((byte, at) => byte === Math.floor(at / 100_000) + 1)).toBe(true);
  });

  test.each([
    [-1, 5],
    [5, 4],
    [0, 11],
    [11, 11],
    [0.5, 2],
    [0, Number.NaN],
  ])('refuses the part [%d, %d) of ten bytes', async (start, end) => {
    const blobs = await open();
    const { id } = await blobs.put([new Uint8Array(10)]);
    const reading = readAll(blobs.read(id, { start, end }));
    await expect(reading).rejects.toMatchObject({ code: 'RANGE_INVALID' });
  });

  test.each([3, 20])(
    'passes on what a source throws after %i batches, and keeps nothing of it',
    async (batches) => {
      const blobs = await open();
      async function* source() {
        yield randomBytes(batches * BATCH);
        throw new RangeError('the upload broke off');
      }
      await expect(blobs.put(source())).rejects.toThrow(RangeError);
    },
  );

  test('ids are random: equal bytes lie in two blobs', async () => {
    const blobs = await open();
    const [a, b] = [await blobs.put([Buffer.of(1)]), await blobs.put([Buffer.of(1)])];
    expect(a.id).not.toBe(b.id);
    expect(a.sha256).toBe(b.sha256);
  });

  test('destroys one blob, for good', async () => {
    const blobs = await open();
    const [gone, stays] = [await blobs.put([Buffer.of(1)]), await blobs.put([Buffer.of(2)])];
    await blobs.destroy(gone.id);
    const unknown = { code: 'BLOB_UNKNOWN' };
    await expect(blobs.sizeOf(gone.id)).rejects.toMatchObject(unknown);
    await expect(readAll(blobs.read(gone.id))).rejects.toMatchObject(unknown);
    await blobs.destroy(gone.id);
    expect(await readAll(blobs.read(stays.id))).toEqual(Uint8Array.of(2));
  });

  test.each(['', '..', '../../etc/passwd', 'aaaaaaaaaaaaaaaaaaaaaaaaaa', 'x\0y'])(
    'knows no blob %j',
    async (id) => {
      const blobs = await open();
      await expect(blobs.sizeOf(id)).rejects.toMatchObject({
        code: 'BLOB_UNKNOWN',
      });
      await blobs.destroy(id);
    },
  );

  test.each([
    [12, 40_000],
    // More than there are threads for, each of a length that takes one.
    [4, 6 * BATCH],
  ])('takes and gives many at once: %i, of %i bytes more each', async (count, more) => {
    const blobs = await open();
    const contents = Array.from({ length: count }, (_, i) => randomBytes(i * more));
    const stored = await Promise.all(contents.map((bytes) => blobs.put([bytes])));
    const read = await Promise.all(stored.map(({ id }) => readAll(blobs.read(id))));
    expect(read.map((bytes, i) => Buffer.compare(bytes, contents[i]!))).toEqual(
      contents.map(() => 0),
    );
  });

  test('a reader may stop early', async () => {
    const blobs = await open();
    const bytes = randomBytes(3 * BATCH);
    const { id } = await blobs.put([bytes]);
    for await (const part of blobs.read(id)) {
      expect(Buffer.compare(part, bytes.subarray(0, part.length))).toBe(0);
      break;
    }
    await blobs.destroy(id);
  });
});
