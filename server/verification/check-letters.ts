import { baseOfSignedLetter } from '../packs/manifest/pack-files.ts';
import type { PackContents } from './pack-contents.ts';
import type { CheckSignature } from './ports.ts';
import { readLetterSignature } from './read-letter-signature.ts';

/**
 * Checks every letter with an electronic signature: it begins with the letter of the payload byte for
 * byte, and what follows is one revision whose signature, by the pack's key, covers all of it.
 *
 * @param publicKeyPem - the pack's own key; null when there is none that could be read.
 */
export async function checkLetters(
  contents: PackContents,
  publicKeyPem: string | null,
  checkSignature: CheckSignature,
): Promise<void> {
  const { find, files } = contents;
  for (const [path, { revision }] of files) {
    const base = baseOfSignedLetter(path);
    if (base === null) continue;
    const letter = files.get(base);
    if (letter === undefined) find('letter-without-base', path);
    else if (revision === undefined || revision.baseSha256 !== letter.sha256) {
      find('letter-other-base', path);
    } else {
      const signature = readLetterSignature(revision);
      if (signature === null) find('letter-revision', path);
      else if (publicKeyPem !== null && !(await checkSignature({ publicKeyPem, ...signature }))) {
        find('letter-signature', path);
      }
    }
  }
}
