import { Null, OctetString, Sequence } from 'asn1js';
import {
  type Attribute,
  Certificate,
  ContentInfo,
  IssuerAndSerialNumber,
  SignedData,
  type SignerInfo,
  TimeStampResp,
  TSTInfo,
} from 'pkijs';
import { isDer } from '../../kernel/strict-der.ts';
import type { JudgedTimestamp, JudgeTimestamp } from '../../verification/ports.ts';
import {
  certificateBytes,
  isForTimestamps,
  isStrictSignature,
  leadsToRoot,
  readCertificates,
} from './pkijs-certificates.ts';

// Time stamps of RFC 3161, judged as `openssl ts -verify -attime` judges them: the token's own
// certificates lead to a root at the moment that it names. It runs in browsers as well.

const OID = {
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const;
const DIGESTS: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
};
const SHA256 = '2.16.840.1.101.3.4.2.1';
const GRANTED = [0, 1];
const NULL = new Null();
/** A token with its certificates has a few thousand bytes. */
export const LARGEST_TIMESTAMP_BYTES = 65_536;

/** What an answer of an authority holds. */
export interface Timestamp {
  readonly signed: SignedData;
  readonly info: TSTInfo;
}

/** Reads the answer of an authority (TimeStampResp, DER); null when it holds no time stamp. */
export function readTimestamp(bytes: Uint8Array): Timestamp | null {
  try {
    if (bytes.length > LARGEST_TIMESTAMP_BYTES || !isDer(bytes)) return null;
    const answer = TimeStampResp.fromBER(new Uint8Array(bytes));
    const token = answer.timeStampToken;
    if (token === undefined || !GRANTED.includes(answer.status.status)) return null;
    if (token.contentType !== ContentInfo.SIGNED_DATA) return null;
    const signed = new SignedData({ schema: token.content });
    if (signed.encapContentInfo.eContentType !== OID.tstInfo || signed.signerInfos.length !== 1) {
      return null;
    }
    const info = TSTInfo.fromBER(signed.encapContentInfo.eContent!.getValue());
    return Number.isNaN(info.genTime.getTime()) ? null : { signed, info };
  } catch {
    return null;
  }
}

/** {@link JudgeTimestamp} by pkijs and WebCrypto. */
export const judgeTimestamp: JudgeTimestamp = async ({ token, stamped, roots }) => {
  const read = readTimestamp(token);
  if (read === null) return null;
  const { signed, info } = read;
  const genTime = info.genTime;
  const said = (standing: JudgedTimestamp['standing']): JudgedTimestamp => ({ genTime, standing });
  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  if (hashAlgorithm.algorithmId !== SHA256) return said('other-imprint');
  const imprint = await digest('SHA-256', stamped);
  if (!equal(imprint, hashedMessage.valueBlock.valueHexView)) return said('other-imprint');
  if (roots === null) return said('unchecked');
  const trusted = roots.flatMap((pem) => readCertificates(pem) ?? []);
  const signer = await signerOf(signed);
  if (signer === null || !(await isSigned(signed, stamped, signer))) return said('wrong');
  const pool = (signed.certificates ?? []).filter((one) => one instanceof Certificate);
  const leads = await leadsToRoot(signer, { pool, roots: trusted, at: genTime });
  return said(leads ? 'trusted' : 'untrusted');
};

/**
 * Whether the token is signed by the certificate that it names and carries, which is for time stamps
 * only. Who that is, only a root can say.
 */
export async function isWholeTimestamp(
  { signed }: Timestamp,
  stamped: Uint8Array,
): Promise<boolean> {
  const signer = await signerOf(signed);
  return signer !== null && (await isSigned(signed, stamped, signer));
}

async function signerOf(signed: SignedData): Promise<Certificate | null> {
  const [{ sid }] = signed.signerInfos as [SignerInfo];
  // RFC 3161 tokens name their signer by issuer and number; other ways are not in use.
  if (!(sid instanceof IssuerAndSerialNumber)) return null;
  const named = (signed.certificates ?? []).filter(
    (one) =>
      one instanceof Certificate &&
      one.issuer.isEqual(sid.issuer) &&
      one.serialNumber.isEqual(sid.serialNumber),
  );
  return named.length === 1 ? (named[0] as Certificate) : null;
}

async function isSigned(
  signed: SignedData,
  stamped: Uint8Array,
  signer: Certificate,
): Promise<boolean> {
  const attributes = (signed.signerInfos[0]!.signedAttrs?.attributes ?? []) as Attribute[];
  const one = (type: string) => {
    const found = attributes.filter((attribute) => attribute.type === type);
    return found.length === 1 && found[0]!.values.length === 1 ? found[0]!.values[0] : null;
  };
  const contentType = one(OID.contentType);
  if (contentType?.valueBlock.toString() !== OID.tstInfo) return false;
  if (one(OID.messageDigest) === null || !isForTimestamps(signer)) return false;
  const { digestAlgorithm: by, signature } = signed.signerInfos[0]!;
  const digests = signed.digestAlgorithms;
  if (!digests.some(({ algorithmId }) => algorithmId === by.algorithmId)) return false;
  // A digest has no parameters, or NULL (RFC 5754, 2); nobody signs these bytes, and openssl reads no others.
  if (![...digests, by].every(({ algorithmParams: one }) => (one ?? NULL) instanceof Null)) {
    return false;
  }
  if (!isStrictSignature(signer, signature.valueBlock.valueHexView)) return false;
  if (!(await namesSigner(one(OID.signingCertificateV2), 'SHA-256', signer))) {
    if (!(await namesSigner(one(OID.signingCertificate), 'SHA-1', signer))) return false;
  }
  try {
    const data = Uint8Array.from(stamped).buffer;
    return await signed.verify({ signer: 0, data });
  } catch {
    return false;
  }
}

/** Whether a signing-certificate attribute begins with the signer's digest (RFC 5035, 5816). */
async function namesSigner(
  attribute: unknown,
  usual: string,
  signer: Certificate,
): Promise<boolean> {
  if (!(attribute instanceof Sequence)) return false;
  const list = attribute.valueBlock.value[0];
  const first = list instanceof Sequence ? list.valueBlock.value[0] : undefined;
  if (!(first instanceof Sequence)) return false;
  const [head, next] = first.valueBlock.value;
  const named = head instanceof Sequence ? head.valueBlock.value[0] : undefined;
  const algorithm = named === undefined ? usual : DIGESTS[named.valueBlock.toString()];
  const hash = head instanceof OctetString ? head : next;
  if (algorithm === undefined || !(hash instanceof OctetString)) return false;
  return equal(await digest(algorithm, certificateBytes(signer)), hash.valueBlock.valueHexView);
}

async function digest(algorithm: string, bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await globalThis.crypto.subtle.digest(algorithm, Uint8Array.from(bytes)));
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
