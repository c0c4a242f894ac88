import { readAll } from '../kernel/blobs.ts';
import { type Sha256, sha256 } from '../kernel/digest.ts';
import type { Language } from '../letters/writing/language.ts';
import { announcedBytes } from './announced-bytes.ts';
import { PackError } from './errors.ts';
import { KIT_FOLDERS, kitFiles } from './kit-files.ts';
import { parseManifest } from './manifest/bag-manifest.ts';
import { comparePaths } from './manifest/pack-path.ts';
import type { ArchiveFile, OpenedPack } from './ports.ts';

/** A delivery kit: a folder of files that are all in the pack, and lists of them. */
export interface Kit {
  /** Name of its folder. */
  readonly folder: string;
  /** In order of their paths. A file that is not what the pack lists breaks off while it is read. */
  readonly files: readonly ArchiveFile[];
  /** Digest of every file but the lists. */
  readonly digests: ReadonlyMap<string, Sha256>;
}

/** Lists as `sha256sum -c` reads them: one of the whole kit, one of the disc alone. */
const LIST = 'SHA256SUMS.txt';

/**
 * Makes a delivery kit out of a sealed pack. Nothing is in it that is not in the pack, and every file
 * is listed, with the digest that the pack's own lists give it.
 *
 * @throws {PackError} `KIT_IMPOSSIBLE` as `kitFiles`, or when the pack has no lists.
 */
export async function makeKit(pack: OpenedPack, languages: readonly Language[]): Promise<Kit> {
  const listed = new Map([
    ...(await listOf(pack, 'manifest-sha256.txt')),
    ...(await listOf(pack, 'seal/manifest-sha256.txt')),
  ]);
  const wanted = kitFiles([...pack.files.keys()], languages);
  const digests = new Map<string, Sha256>();
  const files = wanted.map(({ path, from }): ArchiveFile => {
    const file = pack.files.get(from)!;
    const digest = listed.get(from);
    if (digest === undefined) throw unlisted();
    digests.set(path, digest);
    return {
      path,
      open: () => announcedBytes({ sha256: digest, sizeBytes: file.sizeBytes }, file.open()),
    };
  });
  const disc = `${KIT_FOLDERS.disc}/`;
  const ofDisc = [...digests].filter(([path]) => path.startsWith(disc));
  const discList = sumsOf(ofDisc.map(([path, digest]) => [path.slice(disc.length), digest]));
  const list = sumsOf([...digests, [`${disc}${LIST}`, sha256(discList)]]);
  return {
    folder: `${pack.id}-kit`,
    files: [...files, text(`${disc}${LIST}`, discList), text(LIST, list)].sort((a, b) =>
      comparePaths(a.path, b.path),
    ),
    digests,
  };
}

async function listOf({ files }: OpenedPack, path: string): Promise<Array<[string, Sha256]>> {
  const file = files.get(path);
  const parsed =
    file === undefined ? null : parseManifest(new TextDecoder().decode(await readAll(file.open())));
  if (parsed === null || 'faults' in parsed) throw unlisted();
  return parsed.entries.map((entry) => [entry.path, entry.sha256]);
}

function sumsOf(entries: ReadonlyArray<readonly [string, Sha256]>): string {
  const sorted = [...entries].sort(([a], [b]) => comparePaths(a, b));
  return sorted.map(([path, digest]) => `${digest}  ${path}\n`).join('');
}

function text(path: string, content: string): ArchiveFile {
  return {
    path,
    async *open() {
      yield new TextEncoder().encode(content);
    },
  };
}

function unlisted(): PackError {
  return new PackError(
    'KIT_IMPOSSIBLE',
    'The pack does not list its files, so no kit can be made of it. Verify the pack.',
  );
}
