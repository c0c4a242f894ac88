import { isCertificate, readCertificates } from '../adapters/keys/pkijs-certificates.ts';
import { formatCertificates } from '../packs/manifest/certificates.ts';
import { formatOpenings, type Opening, parseOpenings } from '../packs/manifest/commitments.ts';
import type { VerificationRequest } from '../verification/verify-pack.ts';

/** What can be brought besides the key: each file says itself what it is. */
export interface BroughtExtras
  extends Pick<VerificationRequest, 'revocations' | 'tsaRoots' | 'timestamps' | 'openings'> {
  /** Packs that the one in question replaces, or the texts of their statements. */
  readonly earlier: readonly (File | string)[];
}

/** Openings of a large pack have a few megabytes, everything else a few thousand bytes. */
const LARGEST_BYTES = 16 * 1_048_576;
const SEQUENCE = 0x30;
/** An archive begins with the header of its first file. */
const ARCHIVE = 'PK\u0003\u0004';

/**
 * Files that came with a pack or from elsewhere: notes that revoke keys, certificates of time stamp
 * authorities (PEM or DER), time stamps (DER), openings of withheld items (JSON lines), earlier packs
 * (ZIP, of any size) and statements.
 *
 * @returns null when one of them is none of these.
 */
export async function readExtras(files: readonly File[]): Promise<BroughtExtras | null> {
  const revocations: string[] = [];
  const tsaRoots: string[] = [];
  const timestamps: { name: string; bytes: Uint8Array }[] = [];
  const openings: Opening[] = [];
  const earlier: (File | string)[] = [];
  for (const file of files) {
    if ((await file.slice(0, ARCHIVE.length).text()) === ARCHIVE) {
      earlier.push(file);
      continue;
    }
    if (file.size > LARGEST_BYTES) return null;
    const bytes = new Uint8Array(await file.arrayBuffer());
    const text = new TextDecoder().decode(bytes);
    if (text.startsWith('dalil-key-revocation/')) revocations.push(text);
    else if (text.startsWith('dalil-evidence-pack/')) earlier.push(text);
    else if (text.includes('-----BEGIN CERTIFICATE-----')) {
      // Left out without a word, a root would be missed, and nobody would know why.
      if (readCertificates(text) === null) return null;
      tsaRoots.push(text);
    } else if (isCertificate(bytes)) tsaRoots.push(formatCertificates([bytes]));
    else if (bytes[0] === SEQUENCE) timestamps.push({ name: file.name, bytes });
    else {
      const opened = parseOpenings(text.replaceAll('\r\n', '\n'));
      if (opened === null || opened.length === 0) return null;
      openings.push(...opened);
    }
  }
  return {
    revocations,
    timestamps,
    earlier,
    ...(tsaRoots.length === 0 ? {} : { tsaRoots }),
    ...(openings.length === 0 ? {} : { openings: formatOpenings(openings) }),
  };
}
