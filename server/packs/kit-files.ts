import type { Language } from '../letters/writing/language.ts';
import { PackError } from './errors.ts';
import { baseOfSignedLetter } from './manifest/pack-files.ts';

/** A file of a delivery kit: where it lies there, and where in the pack. */
export interface KitFile {
  readonly path: string;
  readonly from: string;
}

/** To be printed and signed in ink; printed again and stamped on receipt; burnt on a disc. */
export const KIT_FOLDERS = {
  letter: '1-letter',
  secondCopy: '2-second-copy',
  disc: '3-disc',
} as const;

/**
 * What goes into a delivery kit for a chancery that opens no archives: the letter twice, in the
 * languages it is handed over in, and a disc with every file of the payload and the letters with their
 * electronic signatures, under plain names.
 *
 * @param paths - all files of a sealed pack.
 * @throws {PackError} `KIT_IMPOSSIBLE` when the pack has no letter in a language, or when two of its
 *   files would have one name on the disc.
 */
export function kitFiles(paths: readonly string[], languages: readonly Language[]): KitFile[] {
  const letters = languages.map((lang) => `data/letter/complaint.${lang}.pdf`);
  if (languages.length === 0 || letters.some((letter) => !paths.includes(letter))) {
    throw new PackError(
      'KIT_IMPOSSIBLE',
      'The pack has no letter in a language that the kit should have. Choose among the languages of the pack.',
    );
  }
  const printed = (folder: string) =>
    letters.map((from) => ({ path: `${folder}/${nameOf(from)}`, from }));
  const disc = paths.flatMap((from): KitFile[] => {
    if (from.startsWith('data/')) return [{ path: `${KIT_FOLDERS.disc}/${nameOf(from)}`, from }];
    if (baseOfSignedLetter(from) === null) return [];
    return [{ path: `${KIT_FOLDERS.disc}/${nameOf(from).replace(/\.pdf$/, '.signed.pdf')}`, from }];
  });
  const names = disc.map(({ path }) => path.toLowerCase());
  if (new Set(names).size < names.length) {
    throw new PackError(
      'KIT_IMPOSSIBLE',
      'Two files of the pack would have one name on the disc, so there is no kit. Hand over the pack itself.',
    );
  }
  return [...printed(KIT_FOLDERS.letter), ...printed(KIT_FOLDERS.secondCopy), ...disc];
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
