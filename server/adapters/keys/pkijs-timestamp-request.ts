import { Integer, OctetString } from 'asn1js';
import { AlgorithmIdentifier, MessageImprint, TimeStampReq } from 'pkijs';
import { sha256Bytes } from '../../kernel/digest.ts';

const SHA256 = '2.16.840.1.101.3.4.2.1';

/**
 * What a time stamp authority is asked: for a token over the SHA-256 of bytes, with its certificates.
 *
 * @param nonce - a positive number, which the answer must repeat.
 * @returns DER of a TimeStampReq.
 * @see RFC 3161, 2.4.1
 */
export function timestampRequest(stamped: Uint8Array, nonce: Uint8Array): ArrayBuffer {
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA256 }),
      hashedMessage: new OctetString({ valueHex: Uint8Array.from(sha256Bytes(stamped)).buffer }),
    }),
    nonce: new Integer({ valueHex: Uint8Array.from(nonce).buffer }),
    certReq: true,
  });
  return request.toSchema().toBER();
}
