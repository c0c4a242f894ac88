import { sha256 } from '../kernel/digest.ts';
import { certificateForm } from '../packs/manifest/certificate-form.ts';
import { parseCertificates, SIGNER_CERTIFICATE } from '../packs/manifest/certificates.ts';
import { baseOfSignedLetter } from '../packs/manifest/pack-files.ts';
import type { JudgedSeal } from './check-seal.ts';
import { type PackContents, statusOf } from './pack-contents.ts';
import type { CheckSignature } from './ports.ts';
import { readLetterSignature } from './read-letter-signature.ts';

/**
 * Checks every letter with an electronic signature: it begins with the letter of the payload byte for
 * byte, and what follows is one revision whose signature, by the pack's key and with its certificates,
 * covers all of it; a certificate that the key made for itself is signed by it. One that is not the listed file is found where files are judged, and nothing is read out of it.
 */
export async function checkLetters(
  contents: PackContents,
  { signer, listed }: Pick<JudgedSeal, 'signer' | 'listed'>,
  checkSignature: CheckSignature,
): Promise<void> {
  const { find, files } = contents;
  const certificates = certificatesOf(contents);
  for (const [path, file] of files) {
    const base = baseOfSignedLetter(path);
    if (base === null || statusOf(file, listed?.get(path) ?? null) !== 'OK') continue;
    const { revision } = file;
    const letter = files.get(base);
    if (letter === undefined) find('letter-without-base', path);
    else if (revision === undefined || revision.baseSha256 !== letter.sha256) {
      find('letter-other-base', path);
    } else if (certificates !== 'malformed') {
      const signature = readLetterSignature(revision, certificates);
      if (signature === null) find('letter-revision', path);
      else if (signer !== null) {
        const { publicKeyPem } = signer;
        const { signerKey, certificate, ...claim } = signature;
        const claims = certificate === null ? [claim] : [claim, certificate];
        const checked = claims.map((one) => checkSignature({ publicKeyPem, ...one }));
        const isGenuine = (await Promise.all(checked)).every(Boolean);
        if (!isGenuine || sha256(signerKey) !== signer.sha256) find('letter-signature', path);
      }
    }
  }
}

/** The certificates of the pack's key, null where it has none. Malformed ones are found by themselves. */
function certificatesOf({ files, text }: PackContents) {
  if (!files.has(SIGNER_CERTIFICATE)) return null;
  const read = parseCertificates(text(SIGNER_CERTIFICATE) ?? '')?.map(certificateForm) ?? [null];
  const forms = read.filter((one) => one !== null);
  return forms.length === read.length ? forms : 'malformed';
}
