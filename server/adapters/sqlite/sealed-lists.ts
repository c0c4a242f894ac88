import type { BlobStore } from '../../kernel/blobs.ts';
import { type Sha256, sha256 } from '../../kernel/digest.ts';
import { parseManifest } from '../../packs/manifest/bag-manifest.ts';
import { localHeader } from '../../packs/manifest/canonical-zip.ts';
import { TAGMANIFEST } from '../../packs/manifest/pack-files.ts';
import { VerificationError } from '../../verification/errors.ts';
import type { PackBytes } from '../../verification/ports.ts';
import { readDirectory } from '../../verification/read-directory.ts';
import { readRange } from '../../verification/read-range.ts';

/**
 * The digests that the lists of a sealed archive have of everything but `seal/`, the list of the bag
 * among them.
 *
 * @throws {VerificationError} `PACK_UNREADABLE` when the archive has no such lists.
 */
export async function listsOfSealed(
  blobs: BlobStore,
  blob: string,
): Promise<ReadonlyMap<string, Sha256>> {
  const pack: PackBytes = {
    sizeBytes: await blobs.sizeOf(blob),
    read: (start, end) => blobs.read(blob, { start, end }),
  };
  const { entries } = await readDirectory(pack);
  const listed = new Map<string, Sha256>();
  for (const list of ['manifest-sha256.txt', TAGMANIFEST]) {
    const entry = entries.find(({ name }) => name.slice(name.indexOf('/') + 1) === list);
    if (entry === undefined) throw noLists();
    const start = entry.offset + localHeader(entry.name).length;
    const bytes = await readRange(pack, start, start + entry.sizeBytes);
    const parsed = parseManifest(new TextDecoder().decode(bytes));
    if ('faults' in parsed) throw noLists();
    for (const { path, sha256: digest } of parsed.entries) listed.set(path, digest);
    if (list === TAGMANIFEST) listed.set(TAGMANIFEST, sha256(bytes));
  }
  return listed;
}

function noLists(): VerificationError {
  return new VerificationError(
    'PACK_UNREADABLE',
    'The sealed archive has no lists that can be read. Restore it from a backup.',
  );
}
