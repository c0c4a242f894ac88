import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { withPackFile } from '../../server/adapters/pack-file.ts';
import { packOfFile } from '../../server/browser/file-bytes.ts';
import type { PackBytes } from '../../server/verification/ports.ts';
import { packInMemory } from '../builders/judged-pack.ts';
import { seededBytes } from '../builders/sealed-pack.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';

// What every source of a pack's bytes does: on the disk, in memory, chosen in a browser.

const BYTES = Uint8Array.from(seededBytes(3)(2_500_000));

const SOURCES: Record<
  string,
  <Result>(use: (pack: PackBytes) => Promise<Result>) => Promise<Result>
> = {
  'in memory': (use) => use(packInMemory(BYTES)),
  'in a file': (use) => {
    const file = path.join(aTemporaryFolder(), 'pack.zip');
    writeFileSync(file, BYTES);
    return withPackFile(file, use);
  },
  'in a browser': (use) => use(packOfFile(new Blob([BYTES]))),
  'in a browser whose files are no streams of bytes': (use) => use(packOfFile(anOldBlob())),
};

/** A blob that is read as browsers did until 2022: part by part, into new memory each time. */
function anOldBlob(content = new Blob([BYTES])): Blob {
  return Object.assign(content, {
    slice: (start: number, end: number) => {
      const part = Blob.prototype.slice.call(content, start, end);
      const parts = part.stream().getReader();
      const stream = () =>
        new ReadableStream({
          async pull(controller) {
            const { done, value } = await parts.read();
            if (done) controller.close();
            else controller.enqueue(value);
          },
        });
      return Object.assign(part, { stream });
    },
  });
}

async function collect(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const kept: Uint8Array[] = [];
  for await (const part of parts) kept.push(Uint8Array.from(part));
  return Buffer.concat(kept);
}

describe.each(Object.entries(SOURCES))('the bytes of a pack %s', (_name, withSource) => {
  test('are as many as there are', async () => {
    expect(await withSource(async ({ sizeBytes }) => sizeBytes)).toBe(BYTES.length);
  });

  test.each([
    ['all of them', 0, BYTES.length],
    ['none', 700, 700],
    ['one', 1_048_575, 1_048_576],
    ['over the parts of a reader', 1_048_000, 2_200_001],
    ['up to the end and not past it', BYTES.length - 10, BYTES.length + 10],
    ['nothing past the end', BYTES.length + 5, BYTES.length + 10],
  ])('%s', async (_range, start, end) => {
    const read = await withSource((pack) => collect(pack.read(start, end)));
    expect(Buffer.compare(read, BYTES.subarray(start, end))).toBe(0);
  });

  test('can be left before their end, and read twice at once', async () => {
    await withSource(async (pack) => {
      for await (const part of pack.read(0, BYTES.length)) {
        expect(part.length).toBeGreaterThan(0);
        break;
      }
      const both = [pack.read(0, 2_000_000), pack.read(500, 2_000_500)].map(collect);
      const [a, b] = await Promise.all(both);
      expect(Buffer.compare(a!.subarray(500), b!.subarray(0, 1_999_500))).toBe(0);
    });
  });
});

describe('a file that is no pack to be read', () => {
  test('a folder, and a file that is not there', async () => {
    const folder = aTemporaryFolder();
    mkdirSync(path.join(folder, 'pack.zip'));
    for (const name of ['pack.zip', 'none.zip']) {
      await expect(withPackFile(path.join(folder, name), async () => 'used')).rejects.toMatchObject(
        { code: 'PACK_UNREADABLE' },
      );
    }
  });
});
