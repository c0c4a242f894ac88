import type { NamesTakenOut } from '../cases/anonymise/names-taken-out.ts';
import { PackError } from './errors.ts';
import type { GatheredPack } from './gather-pack.ts';
import { mediaPath } from './media-path.ts';
import type { PackOrder } from './pack-order.ts';
import type { ReadText } from './ports.ts';
import type { RenderedFile } from './rendered-file.ts';

/** Searches the files of a pack, as they were made, for names that were taken out of narratives. */
export type ScanRendered = (
  files: readonly RenderedFile[],
  gathered: Pick<GatheredPack, 'cases' | 'media'>,
  order: PackOrder,
) => Promise<void>;

/**
 * Creates the last look at what leaves: the words of every PDF, table and case file, wherever they
 * came from, the lawyer's own included, and the titles of files and copies, which the description has.
 *
 * @throws {PackError} from the use case: `NAME_IN_FILE`, with the file's path in the pack.
 */
export function createScanRendered(deps: {
  namesTakenOut: NamesTakenOut;
  readText: ReadText;
}): ScanRendered {
  return async function scanRendered(files, { cases, media }, { letter }) {
    const { sender, addressee, signatory, executor } = letter;
    const isNamed = await deps.namesTakenOut({
      cases: cases.map(({ id, published }) => ({ id, texts: Object.values(published.text) })),
      allowed: JSON.stringify([sender, addressee, signatory, executor]),
    });
    for (const { path, mediaType, title, bytes } of files) {
      const words = [await deps.readText(bytes, mediaType), ...Object.values(title)].join('\n');
      if (isNamed(words)) throw named(path);
    }
    for (const { exhibit, copy, title } of media) {
      if (isNamed(Object.values(title).join('\n'))) {
        throw named(`The title of ${mediaPath(exhibit, copy.mediaType)}`);
      }
    }
  };
}

function named(what: string): PackError {
  return new PackError(
    'NAME_IN_FILE',
    `${what} would name somebody whose name was taken out of a narrative, so no pack was made. Look through what you wrote yourself.`,
  );
}
