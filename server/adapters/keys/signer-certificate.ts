import { createHash, createPublicKey } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';

const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';
const OID = {
  commonName: '2.5.4.3',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  subjectKeyIdentifier: '2.5.29.14',
} as const;
/** digitalSignature and nonRepudiation. */
const SIGNS = 0xc0;
/** "No well-defined end" (RFC 5280, 4.1.2.5); the key says nothing of its age. */
const FROM = new Date('2020-01-01T00:00:00Z');
const FOR_EVER = new Date('9999-12-31T23:59:59Z');

/**
 * A certificate that a key makes for itself, where the organisation has none from elsewhere. It says
 * of itself that it confirms nobody: readers have to know the key's digest.
 *
 * @param key.publicKeyPem - P-256, SPKI.
 * @param key.sign - ECDSA over SHA-256, DER.
 * @returns DER. Its signature is random; everything else follows from the key.
 * @see RFC 5280
 */
export function selfSignedCertificate(key: {
  readonly publicKeyPem: string;
  sign(bytes: Uint8Array): Uint8Array;
}): Uint8Array {
  const spki = createPublicKey(key.publicKeyPem).export({ type: 'spki', format: 'der' });
  const digest = createHash('sha256').update(spki).digest();
  const name = new pkijs.RelativeDistinguishedNames({
    typesAndValues: [
      new pkijs.AttributeTypeAndValue({
        type: OID.commonName,
        value: new asn1js.Utf8String({
          value: `Self-signed key ${digest.toString('hex').slice(0, 32)}`,
        }),
      }),
    ],
  });
  const certificate = new pkijs.Certificate({
    version: 2,
    // Positive, and not zero: the first bit is taken away, the next is set.
    serialNumber: new asn1js.Integer({
      valueHex: Uint8Array.from(digest.subarray(0, 16), (byte, i) =>
        i === 0 ? (byte & 0x3f) | 0x40 : byte,
      ).buffer,
    }),
    signature: new pkijs.AlgorithmIdentifier({ algorithmId: ECDSA_WITH_SHA256 }),
    signatureAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: ECDSA_WITH_SHA256 }),
    issuer: name,
    subject: name,
    notBefore: new pkijs.Time({ type: 0, value: FROM }),
    notAfter: new pkijs.Time({ type: 1, value: FOR_EVER }),
    subjectPublicKeyInfo: pkijs.PublicKeyInfo.fromBER(Uint8Array.from(spki).buffer),
    extensions: [
      extension(OID.basicConstraints, true, new pkijs.BasicConstraints({ cA: false }).toSchema()),
      extension(
        OID.keyUsage,
        true,
        new asn1js.BitString({ valueHex: Uint8Array.of(SIGNS).buffer, unusedBits: 6 }),
      ),
      extension(
        OID.subjectKeyIdentifier,
        false,
        new asn1js.OctetString({ valueHex: Uint8Array.from(digest.subarray(0, 20)).buffer }),
      ),
    ],
  });
  const signed = certificate.encodeTBS().toBER();
  certificate.tbsView = new Uint8Array(signed);
  certificate.signatureValue = new asn1js.BitString({
    valueHex: Uint8Array.from(key.sign(new Uint8Array(signed))).buffer,
  });
  return new Uint8Array(certificate.toSchema(true).toBER());
}

/** Reads a certificate in DER. Throws for anything else. */
export function readCertificate(der: Uint8Array): pkijs.Certificate {
  return pkijs.Certificate.fromBER(Uint8Array.from(der).buffer);
}

function extension(extnID: string, critical: boolean, value: asn1js.BaseBlock): pkijs.Extension {
  return new pkijs.Extension({ extnID, critical, extnValue: value.toBER() });
}
