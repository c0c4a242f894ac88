import { derOutline } from '../../kernel/der-outline.ts';
import { sha256, toHex } from '../../kernel/digest.ts';

const ECDSA_WITH_SHA256 = '30(06:2a8648ce3d040302;)';
const COMMON_NAME = '06:550403;';
/** Begins in 2020 and has no well-defined end (RFC 5280, 4.1.2.5): the key says nothing of its age. */
const VALIDITY = '30(17:3230303130313030303030305a;18:39393939313233313233353935395a;)';
/** No authority, critical; digitalSignature and nonRepudiation, critical. */
const CONSTRAINTS = '30(06:551d13;01:ff;04:3000;)';
const USAGE = '30(06:551d0f;01:ff;04:030206c0;)';

/**
 * What a key says of itself in the certificate that it makes, where the organisation has none from
 * elsewhere: all but the signature follows from the key, and nothing else may stand there. It says that it
 * confirms nobody: readers have to know the key's digest.
 *
 * @param spki - SubjectPublicKeyInfo in DER.
 * @returns the outline of what is signed (TBSCertificate).
 * @see RFC 5280, 4.1
 */
export function selfSignedForm(spki: Uint8Array): string {
  const digest = sha256(spki);
  // Positive, and not zero: the first bit is taken away, the next is set.
  const first = (Number.parseInt(digest.slice(0, 2), 16) & 0x3f) | 0x40;
  const serial = `02:${first.toString(16)}${digest.slice(2, 32)};`;
  const said = toHex(new TextEncoder().encode(`Self-signed key ${digest.slice(0, 32)}`));
  const name = `30(31(30(${COMMON_NAME}0c:${said};)))`;
  const keyIdentifier = `30(06:551d0e;04:0414${digest.slice(0, 40)};)`;
  const extensions = `a3(30(${CONSTRAINTS}${USAGE}${keyIdentifier}))`;
  const key = derOutline(spki);
  return `30(a0(02:02;)${serial}${ECDSA_WITH_SHA256}${name}${VALIDITY}${name}${key}${extensions})`;
}

/** The outline of the whole certificate, up to its signature, which is random. */
export function selfSignedStart(spki: Uint8Array): string {
  return `30(${selfSignedForm(spki)}${ECDSA_WITH_SHA256}03:00`;
}
