import { type CertificateForm, certificateForm } from './certificate-form.ts';
import { parseCertificates } from './certificates.ts';

/** Of certificates that come along: more than any authority sends, and quickly tried one by one. */
export const MOST_CERTIFICATES = 16;
/** Together in DER: a letter's signature shows them all beside a time stamp, within 65,535 bytes. */
const MOST_BYTES = 49_152;

/**
 * Certificates (PEM) that a pack can show of its key, its own first: few enough, not too long, and each
 * of the form that every verifier reads. Null for any others: a pack with them would be found malformed.
 */
export function signerCertificates(pem: string): readonly CertificateForm[] | null {
  const certificates = parseCertificates(pem) ?? [];
  const size = certificates.reduce((sum, { length }) => sum + length, 0);
  if (certificates.length > MOST_CERTIFICATES || size > MOST_BYTES) return null;
  const forms = certificates.map(certificateForm).filter((form) => form !== null);
  return forms.length > 0 && forms.length === certificates.length ? forms : null;
}
