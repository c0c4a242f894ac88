import { createHash } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { readCertificate } from '../keys/signer-certificate.ts';

/** What signs: a P-256 key behind a function, and the certificates of its public half. */
export interface CadesSigner {
  /** ECDSA P-256 over SHA-256, DER. */
  sign(bytes: Uint8Array): Uint8Array;
  /** The key's certificate first, then those above it, DER. */
  readonly certificates: readonly Uint8Array[];
}

/** A time-stamp token (RFC 3161) over bytes; null where no authority answered. */
export type TokenOver = (bytes: Uint8Array) => Promise<Uint8Array | null>;

const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  signatureTimeStamp: '1.2.840.113549.1.9.16.2.14',
  sha256: '2.16.840.1.101.3.4.2.1',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
} as const;

/**
 * A detached CMS signature as PAdES baseline demands it: content type, message digest and
 * signing-certificate-v2 are signed, the time of signing is not (it stands in the PDF as /M). With a
 * token it is B-T, without B-B.
 *
 * @param digest - SHA-256 of what is signed.
 * @returns DER of a ContentInfo.
 * @see ETSI EN 319 142-1 V1.1.1, 6.3; RFC 5652; RFC 5035 (signing-certificate-v2)
 */
export async function cadesSignature(
  digest: Uint8Array,
  { sign, certificates }: CadesSigner,
  tokenOver?: TokenOver,
): Promise<Uint8Array> {
  const own = readCertificate(certificates[0]!);
  const signedAttrs = new pkijs.SignedAndUnsignedAttributes({
    type: 0,
    attributes: [
      attribute(OID.contentType, new asn1js.ObjectIdentifier({ value: OID.data })),
      attribute(OID.messageDigest, octets(digest)),
      attribute(OID.signingCertificateV2, essCertificate(certificates[0]!)),
    ],
  });
  // What is signed is the set itself, not the implicit tag it is stored under (RFC 5652, 5.4).
  const signed = new Uint8Array(signedAttrs.toSchema().toBER());
  signed[0] = 0x31;
  const signature = sign(signed);
  const token = (await tokenOver?.(signature)) ?? null;
  const signer = new pkijs.SignerInfo({
    version: 1,
    sid: new pkijs.IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
    digestAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: OID.sha256 }),
    signedAttrs,
    signatureAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: OID.ecdsaWithSha256 }),
    signature: octets(signature),
    ...(token === null
      ? {}
      : {
          unsignedAttrs: new pkijs.SignedAndUnsignedAttributes({
            type: 1,
            attributes: [attribute(OID.signatureTimeStamp, parsed(token))],
          }),
        }),
  });
  const content = new pkijs.SignedData({
    version: 1,
    digestAlgorithms: [new pkijs.AlgorithmIdentifier({ algorithmId: OID.sha256 })],
    encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: OID.data }),
    certificates: certificates.map(readCertificate),
    signerInfos: [signer],
  });
  const info = new pkijs.ContentInfo({
    contentType: OID.signedData,
    content: content.toSchema(true),
  });
  return new Uint8Array(info.toSchema().toBER());
}

function attribute(type: string, value: asn1js.BaseBlock): pkijs.Attribute {
  return new pkijs.Attribute({ type, values: [value] });
}

/** SigningCertificateV2 with one ESSCertIDv2; SHA-256 is its default and so is not written. */
function essCertificate(certificate: Uint8Array): asn1js.Sequence {
  const hash = createHash('sha256').update(certificate).digest();
  const id = new asn1js.Sequence({ value: [octets(hash)] });
  return new asn1js.Sequence({ value: [new asn1js.Sequence({ value: [id] })] });
}

function octets(bytes: Uint8Array): asn1js.OctetString {
  return new asn1js.OctetString({ valueHex: Uint8Array.from(bytes).buffer });
}

function parsed(der: Uint8Array): asn1js.BaseBlock {
  return asn1js.fromBER(Uint8Array.from(der).buffer).result;
}
