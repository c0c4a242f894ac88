import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import type { ZipArchive } from 'archiver';
import checksums from 'crc-32';
import type { WriteArchive } from '../packs/ports.ts';

/** The first moment that a ZIP knows. In UTC, which is how it is written: no time zone matters. */
const FIRST_MOMENT = new Date(Date.UTC(1980, 0, 1));
const MODE = 0o644;

// archiver counts checksums by crc-32, in JavaScript, which takes an eighth of all sealing; Node has
// the same in C. Where archiver would come to use another package, it is only as slow as before.
Object.assign(checksums, {
  buf: (bytes: number[] | Uint8Array, sum?: unknown) =>
    // With a sign, as that package gives them.
    crc32(
      bytes instanceof Uint8Array ? bytes : Uint8Array.from(bytes),
      typeof sum === 'number' ? sum >>> 0 : 0,
    ) | 0,
});

/**
 * Writes packs with archiver. Every entry is a stream, even the small ones: then all have one form,
 * with flag 8 and a descriptor, the one that the manifest's canonical ZIP describes.
 */
export const writeArchive: WriteArchive = async function* writeArchive(folder, files) {
  // Read when a pack is written: most of what is done writes none.
  const archiver = await import('archiver');
  const archive = new archiver.ZipArchive({ store: true });
  const failed = new Promise<never>((_resolve, reject) => archive.once('error', reject));
  failed.catch(() => {});
  const append = async () => {
    for (const { path, open } of files) {
      const source = Readable.from(open(), { objectMode: false });
      archive.append(source, { name: `${folder}/${path}`, date: FIRST_MOMENT, mode: MODE });
      // One at a time: an open file that waits for its turn would hold its place in memory.
      await Promise.race([entryWritten(archive), broken(source), failed]);
    }
    await archive.finalize();
  };
  const appended = append().catch((error: unknown) => {
    archive.destroy(error as Error);
    throw error;
  });
  appended.catch(() => {});
  yield* archive as AsyncIterable<Uint8Array>;
  await appended;
};

function entryWritten(archive: ZipArchive): Promise<unknown> {
  return new Promise((resolve) => archive.once('entry', resolve));
}

function broken(source: Readable): Promise<never> {
  return new Promise((_resolve, reject) => source.once('error', reject));
}
