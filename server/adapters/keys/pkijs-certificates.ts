import { BasicConstraints, Certificate, ExtKeyUsage } from 'pkijs';
import { readEcdsaSignature } from '../../kernel/ecdsa-signature.ts';
import { isDer } from '../../kernel/strict-der.ts';
import { certificateForm } from '../../packs/manifest/certificate-form.ts';
import { MOST_CERTIFICATES } from '../../packs/manifest/signer-certificates.ts';
import type { JudgeCertificates } from '../../verification/ports.ts';

// Certificates of X.509 (RFC 5280), as far as time stamps and signers need them. It runs in browsers
// as well, so it takes nothing of Node's own.

const OID = {
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  policies: '2.5.29.32',
  extendedUsage: '2.5.29.37',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  ecPublicKey: '1.2.840.10045.2.1',
} as const;
/** Critical extensions that are understood here; a certificate with any other is not relied on. */
const UNDERSTOOD: readonly string[] = [
  OID.keyUsage,
  OID.basicConstraints,
  OID.policies,
  OID.extendedUsage,
];
/** Bytes of a number in signatures on P-256, P-384 and P-521: of a longer one pkijs drops some now and then. */
const NUMBER_BYTES: Readonly<Record<string, number>> = {
  '1.2.840.10045.3.1.7': 32,
  '1.3.132.0.34': 48,
  '1.3.132.0.35': 66,
};
const LONGEST_CHAIN = 8;
/** Bits of the key usage, from the left (RFC 5280, 4.2.1.3). */
const USAGE = { digitalSignature: 0x80, nonRepudiation: 0x40, certificateSign: 0x04 } as const;

/** Every certificate of a text in PEM, in its order; null when one cannot be read, or there is none. */
export function readCertificates(pem: string): Certificate[] | null {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  try {
    const read = blocks.map((block) => {
      const base64 = block.replaceAll(/-----[A-Z ]+-----|\s/g, '');
      return Certificate.fromBER(
        Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)),
      );
    });
    return read.length === 0 ? null : read;
  } catch {
    return null;
  }
}

/** Whether bytes are one certificate in DER, such as that of a root: whoever brings it answers for it. */
export function isCertificate(der: Uint8Array): boolean {
  return isDer(der) && parsed(der) !== null;
}

/** The public key of a certificate, SPKI in DER. */
export function publicKeyBytes(certificate: Certificate): Uint8Array {
  return new Uint8Array(certificate.subjectPublicKeyInfo.toSchema().toBER());
}

/** {@link JudgeCertificates} by pkijs and WebCrypto. */
export const judgeCertificates: JudgeCertificates = async ({ certificates, at, roots }) => {
  if (certificates.length > MOST_CERTIFICATES) return null;
  const read = certificates.map((der) => (certificateForm(der) === null ? null : parsed(der)));
  const [leaf, ...pool] = read;
  if (leaf === undefined || leaf === null || pool.includes(null)) return null;
  const facts = {
    publicKey: publicKeyBytes(leaf),
    subject: nameOf(leaf.subject),
    issuer: nameOf(leaf.issuer),
  };
  if (roots === null) return { ...facts, standing: 'unchecked' };
  const trusted = roots.flatMap((pem) => readCertificates(pem) ?? []);
  const others = pool.filter((one) => one !== null);
  const leads = await leadsToRoot(leaf, { pool: others, roots: trusted, at });
  return { ...facts, standing: leads ? 'trusted' : 'untrusted' };
};

function parsed(der: Uint8Array): Certificate | null {
  try {
    return Certificate.fromBER(new Uint8Array(der));
  } catch {
    return null;
  }
}

const SHORT_NAMES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
};

/** A name for people: its common parts, in their order. */
function nameOf({ typesAndValues }: Certificate['subject']): string {
  return typesAndValues
    .filter(({ type }) => type in SHORT_NAMES)
    .map(({ type, value }) => `${SHORT_NAMES[type]}=${value.valueBlock.value}`)
    .join(', ');
}

/** The DER bytes of a certificate. */
export function certificateBytes(certificate: Certificate): Uint8Array<ArrayBuffer> {
  return new Uint8Array(certificate.toSchema(false).toBER());
}

/**
 * Whether a certificate was valid at a moment and leads to one of the roots, each link by an authority
 * that was valid then. What was brought as a root is trusted as it is, whoever signed it.
 *
 * Breadth first, each certificate once: certificates from anybody may sign each other in circles. What
 * is reached first is reached by the shortest way, and rules on the length of a way forbid longer ones.
 *
 * @param pool - certificates on the way, from anybody; too many lead nowhere.
 */
export async function leadsToRoot(
  certificate: Certificate,
  { pool, roots, at }: { pool: readonly Certificate[]; roots: readonly Certificate[]; at: Date },
): Promise<boolean> {
  if (pool.length > MOST_CERTIFICATES) return false;
  const isGood = (one: Certificate) => isValidAt(one, at) && isUnderstood(one);
  const unseen = new Set([...roots, ...pool].filter(isGood));
  let level = isGood(certificate) ? [certificate] : [];
  for (let below = 0; level.length > 0 && below <= LONGEST_CHAIN; below += 1) {
    if (level.some((one) => roots.some((root) => isSame(root, one)))) return true;
    const next: Certificate[] = [];
    for (const issuer of unseen) {
      if (!maySign(issuer, below) || !(await signsOneOf(issuer, level))) continue;
      unseen.delete(issuer);
      next.push(issuer);
    }
    level = next;
  }
  return false;
}

async function signsOneOf(issuer: Certificate, level: readonly Certificate[]): Promise<boolean> {
  for (const one of level) {
    if (issuer.subject.isEqual(one.issuer) && (await isSignedBy(one, issuer))) return true;
  }
  return false;
}

/** Whether a certificate is for time stamps and for nothing else (RFC 3161, 2.3). */
export function isForTimestamps(certificate: Certificate): boolean {
  const extended = extension(certificate, OID.extendedUsage);
  const usage = extended?.parsedValue as ExtKeyUsage | undefined;
  const purposes = usage instanceof ExtKeyUsage ? usage.keyPurposes : [];
  const alone = purposes.length === 1 && purposes[0] === OID.timeStamping;
  const allowed = USAGE.digitalSignature | USAGE.nonRepudiation;
  const bits = usageBits(certificate);
  return (
    alone &&
    extended?.critical === true &&
    (bits === null || ((bits & allowed) !== 0 && (bits & ~allowed) === 0))
  );
}

function isValidAt(certificate: Certificate, at: Date): boolean {
  return certificate.notBefore.value <= at && at <= certificate.notAfter.value;
}

function isUnderstood(certificate: Certificate): boolean {
  const { extensions = [] } = certificate;
  return extensions.every(({ critical, extnID }) => !critical || UNDERSTOOD.includes(extnID));
}

function maySign(issuer: Certificate, below: number): boolean {
  const constraints = extension(issuer, OID.basicConstraints)?.parsedValue;
  if (!(constraints instanceof BasicConstraints) || !constraints.cA) return false;
  const longest = constraints.pathLenConstraint;
  if (typeof longest === 'number' && below > longest) return false;
  const bits = usageBits(issuer);
  return bits === null || (bits & USAGE.certificateSign) !== 0;
}

/** The first byte of the key usage; null without that extension. */
function usageBits(certificate: Certificate): number | null {
  const usage = extension(certificate, OID.keyUsage)?.parsedValue;
  if (usage === undefined) return null;
  return new Uint8Array(usage.valueBlock.valueHexView)[0] ?? 0;
}

/**
 * Whether a signature of this key is written as its kind must be. An ECDSA signature has one spelling;
 * pkijs reads more of them than OpenSSL, and nobody signs how a signature is written.
 */
export function isStrictSignature(by: Certificate, signature: Uint8Array): boolean {
  const { algorithmId, algorithmParams } = by.subjectPublicKeyInfo.algorithm;
  if (algorithmId !== OID.ecPublicKey) return true;
  const longest = NUMBER_BYTES[String(algorithmParams?.valueBlock)] ?? 0;
  const numbers = readEcdsaSignature(signature);
  return numbers?.every(({ length }) => length <= longest) ?? false;
}

async function isSignedBy(certificate: Certificate, issuer: Certificate): Promise<boolean> {
  const { valueHexView: signature, unusedBits } = certificate.signatureValue.valueBlock;
  try {
    return (
      unusedBits === 0 &&
      namesOneAlgorithm(certificate) &&
      isStrictSignature(issuer, signature) &&
      (await certificate.verify(issuer))
    );
  } catch {
    return false;
  }
}

/** Whether the algorithm beside the signature is the one that was signed (RFC 5280, 4.1.1.2). */
function namesOneAlgorithm({ signature, signatureAlgorithm }: Certificate): boolean {
  const [within, beside] = [signature, signatureAlgorithm].map(
    (algorithm) => new Uint8Array(algorithm.toSchema().toBER()),
  );
  return areEqual(within!, beside!);
}

/** Whether two certificates are the same, byte by byte. */
export function isSame(a: Certificate, b: Certificate): boolean {
  return areEqual(certificateBytes(a), certificateBytes(b));
}

function areEqual(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, i) => byte === right[i]);
}

function extension(certificate: Certificate, id: string) {
  return certificate.extensions?.find(({ extnID }) => extnID === id);
}
