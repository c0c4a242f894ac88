import './no-eval.ts';
import { judgeCertificates } from '../adapters/keys/pkijs-certificates.ts';
import { judgeTimestamp } from '../adapters/keys/pkijs-timestamps.ts';
import type { Report } from '../verification/report.ts';
import { createVerifyPack, type VerificationRequest } from '../verification/verify-pack.ts';
import { packOfFile } from './file-bytes.ts';
import { checkSubtleLogSignature } from './subtle-log-signatures.ts';
import { checkSubtleSignature } from './subtle-signatures.ts';
import { prepareDigests } from './wasm-digests.ts';

/**
 * Judges a file that somebody chose, by the code of the command `dalil verify`.
 *
 * @throws {VerificationError} as the command does, and the reason of `signal`.
 */
export async function verifyFile(
  file: Blob,
  how: Omit<VerificationRequest, 'pack'>,
): Promise<Report> {
  const digests = await prepareDigests();
  const verifyPack = createVerifyPack({
    digests,
    checkSignature: checkSubtleSignature,
    checkLogSignature: checkSubtleLogSignature,
    judgeTimestamp,
    judgeCertificates,
  });
  return await verifyPack({ pack: packOfFile(file), ...how });
}
