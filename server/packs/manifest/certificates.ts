import { fromBase64, toBase64 } from '../../kernel/base64.ts';
import { isBoundedText } from '../../kernel/bounded-text.ts';

/** Where the certificate of the key lies, and those that vouch for it, in packs that have one. */
export const SIGNER_CERTIFICATE = 'seal/signer.crt';

const BEGIN = '-----BEGIN CERTIFICATE-----';
const END = '-----END CERTIFICATE-----';
/** A certificate has two thousand, and few come along. */
const MOST_BYTES = 1_048_576;

/** Certificates (DER) as PEM (RFC 7468), one after the other. */
export function formatCertificates(certificates: readonly Uint8Array[]): string {
  return certificates
    .map((der) => {
      const lines = toBase64(der).match(/.{1,64}/g) ?? [];
      return `${BEGIN}\n${lines.join('\n')}\n${END}\n`;
    })
    .join('');
}

/**
 * The DER bytes of certificates in PEM, which may come from anybody.
 *
 * @returns null unless {@link formatCertificates} wrote the text: nothing lies beside the certificates.
 */
export function parseCertificates(pem: string): Uint8Array[] | null {
  if (!isBoundedText(pem, MOST_BYTES)) return null;
  const blocks = pem.split(`${END}\n`).slice(0, -1);
  const certificates = blocks.map((block) =>
    fromBase64(block.replace(`${BEGIN}\n`, '').replaceAll('\n', '')),
  );
  if (certificates.length === 0 || certificates.some((der) => der === null)) return null;
  const read = certificates as Uint8Array[];
  return formatCertificates(read) === pem ? read : null;
}
