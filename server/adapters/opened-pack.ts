import type { BlobStore } from '../kernel/blobs.ts';
import { localHeader } from '../packs/manifest/canonical-zip.ts';
import type { OpenedPack, ReadSealedPack } from '../packs/ports.ts';
import type { PackBytes } from '../verification/ports.ts';
import { readDirectory } from '../verification/read-directory.ts';

/**
 * The files of an archive that was judged, or that we sealed: every entry is stored, so that its bytes
 * are a range of the archive's.
 *
 * @throws {VerificationError} for what is no archive.
 */
export async function openPack(pack: PackBytes): Promise<OpenedPack> {
  const { entries } = await readDirectory(pack);
  const id = entries[0]?.name.split('/')[0] ?? '';
  return {
    id,
    files: new Map(
      entries.map(({ name, offset, sizeBytes }) => {
        const start = offset + localHeader(name).length;
        const open = () => pack.read(start, start + sizeBytes);
        return [name.slice(id.length + 1), { sizeBytes, open }];
      }),
    ),
  };
}

/** Opens packs that lie in the vault. */
export function createSealedPackReader({ blobs }: { blobs: BlobStore }): ReadSealedPack {
  return async (blob) =>
    openPack({
      sizeBytes: await blobs.sizeOf(blob),
      read: (start, end) => blobs.read(blob, { start, end }),
    });
}
