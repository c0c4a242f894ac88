import { checkEd25519Signature } from '../../server/adapters/keys/ed25519-signatures.ts';
import { checkP256Signature } from '../../server/adapters/keys/p256-signatures.ts';
import { judgeCertificates } from '../../server/adapters/keys/pkijs-certificates.ts';
import { judgeTimestamp } from '../../server/adapters/keys/pkijs-timestamps.ts';
import { nodeDigests } from '../../server/adapters/pack-file.ts';
import { loadReportText } from '../../server/adapters/report-texts.ts';
import type { FindingCode } from '../../server/verification/findings.ts';
import type { PackBytes } from '../../server/verification/ports.ts';
import type { FileStatus, Report } from '../../server/verification/report.ts';
import { type ReportInWords, reportInWords } from '../../server/verification/report-in-words.ts';
import { createVerifyPack } from '../../server/verification/verify-pack.ts';
import { TEMPLATES_FOLDER } from './letter.ts';

/** The verifier with the machine's own digests and signatures. */
export const verifyPack = createVerifyPack({
  digests: nodeDigests,
  checkSignature: checkP256Signature,
  checkLogSignature: checkEd25519Signature,
  judgeTimestamp,
  judgeCertificates,
});

/** A pack that lies in memory. */
export function packInMemory(bytes: Uint8Array): PackBytes {
  return {
    sizeBytes: bytes.length,
    async *read(start, end) {
      yield bytes.subarray(start, end);
    },
  };
}

/** Judges bytes by a key. */
export async function judge(bytes: Uint8Array, publicKeyPem?: string): Promise<Report> {
  return await verifyPack({
    pack: packInMemory(bytes),
    ...(publicKeyPem === undefined ? {} : { publicKeyPem }),
  });
}

/** A report as it is printed and saved, with its words in English. */
export async function inEnglish(report: Promise<Report>): Promise<ReportInWords> {
  return reportInWords(await report, await loadReportText(TEMPLATES_FOLDER, 'en'));
}

/** The codes of a report's findings, each once, in order of the alphabet. */
export function codesOf(report: Pick<Report, 'findings'>): FindingCode[] {
  return [...new Set(report.findings.map(({ code }) => code))].sort();
}

/** The files of a report that are not as they should be. */
export function oddFiles(report: Report): Array<[string, FileStatus]> {
  return report.files
    .filter(({ status }) => status !== 'OK')
    .map(({ path, status }) => [path, status]);
}

/** The outcome of one step. */
export function stepOf(report: Pick<Report, 'steps'>, id: string): string | undefined {
  return report.steps.find((step) => step.id === id)?.result;
}
