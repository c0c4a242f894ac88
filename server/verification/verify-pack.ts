import { checkBag } from './check-bag.ts';
import { checkCertificate } from './check-certificate.ts';
import { checkCommitments, checkOpenings } from './check-commitments.ts';
import { checkCustody } from './check-custody.ts';
import { checkDescription } from './check-description.ts';
import { checkFiles } from './check-files.ts';
import { checkLetters } from './check-letters.ts';
import { checkLog } from './check-log.ts';
import { checkReceipts } from './check-receipts.ts';
import { checkRevocation } from './check-revocation.ts';
import { type BroughtOrigin, checkSeal } from './check-seal.ts';
import { type BroughtTimestamps, checkTimestamps } from './check-timestamps.ts';
import { STEPS, type StepId } from './findings.ts';
import { judgeOpenings } from './judge-openings.ts';
import { packContents } from './pack-contents.ts';
import type {
  CheckLogSignature,
  CheckSignature,
  Digests,
  JudgeCertificates,
  JudgeTimestamp,
  PackBytes,
} from './ports.ts';
import { readDirectory } from './read-directory.ts';
import { readFiles } from './read-files.ts';
import type { Report } from './report.ts';
import { isMomentProved, notProvedBy, stepsOf, verdictOf } from './verdict.ts';

/** What must hold for a commitment to be one that was signed. */
const COMMITMENT_STEPS: readonly StepId[] = ['signature', 'statement', 'commitments'];

/** What to judge, and by what. */
export interface VerificationRequest extends BroughtOrigin, BroughtTimestamps {
  readonly pack: PackBytes;
  /** The public key of the custody log, Ed25519, SPKI in PEM; from elsewhere than the pack. */
  readonly logKeyPem?: string;
  /** Openings that were given beside the pack, as `dalil open` writes them. */
  readonly openings?: string;
  /** Certificates of authorities that the auditor trusts to vouch for signers, in PEM. */
  readonly signerRoots?: readonly string[];
  /** Notes that revoke keys, as texts. */
  readonly revocations?: readonly string[];
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
  readonly signal?: AbortSignal;
}

/** Judges a pack. */
export type VerifyPack = (request: VerificationRequest) => Promise<Report>;

/**
 * Creates the judging of packs: closed-world, from the bytes and what the auditor brought alone. It
 * collects every finding and never stops at the first.
 *
 * @throws {VerificationError} from the use case: `NOT_AN_ARCHIVE` when there is nothing to judge,
 *   `PACK_UNREADABLE` when not even the directory can be read, `OPENING_UNREADABLE`. A failed
 *   verification is a report.
 */
export function createVerifyPack(deps: {
  digests: Digests;
  checkSignature: CheckSignature;
  checkLogSignature: CheckLogSignature;
  judgeTimestamp: JudgeTimestamp;
  judgeCertificates: JudgeCertificates;
}): VerifyPack {
  const { digests, checkSignature, checkLogSignature, judgeTimestamp, judgeCertificates } = deps;
  return async function verifyPack(request) {
    const { pack, logKeyPem, openings, onProgress, signal, revocations = [], ...brought } = request;
    const directory = await readDirectory(pack);
    let done = 0;
    const onBytes = (count: number) => {
      done += count;
      onProgress?.(done, pack.sizeBytes);
    };
    const read = await readFiles({ pack, directory, digests, signal, onBytes });
    onProgress?.(pack.sizeBytes, pack.sizeBytes);

    if (read.files.size === 0) return nothingJudged(read.findings);
    const findings = [...read.findings];
    const notChecked = new Set<StepId>();
    const { folder, files } = read;
    const contents = packContents({ folder, files, findings, notChecked });
    const seal = await checkSeal(contents, brought, checkSignature);
    const { statement, originGiven } = seal;
    const bag = checkBag(contents, statement);
    const statuses = checkFiles(contents, bag, seal);
    await checkLetters(contents, seal, checkSignature);
    const description = checkDescription(contents, bag, statement);
    const leaves = checkCommitments(contents, description, statement);
    const opened = checkOpenings(contents, description, leaves);
    checkReceipts(contents, description, { leaves, opened });
    checkCustody(contents, description);
    await checkLog(contents, seal, logKeyPem, checkLogSignature);
    const { provenAt, timestamps } = await checkTimestamps(contents, brought, judgeTimestamp);
    const held = { signer: seal.signer, provenAt };
    await checkRevocation(contents, revocations, held, checkSignature);
    const trusting = { roots: request.signerRoots, provenAt };
    const certificate = await checkCertificate(contents, seal, trusting, judgeCertificates);
    const steps = stepsOf(findings, notChecked);
    // By the chain alone: that a file elsewhere was changed says nothing of the commitments.
    const sound = steps.every(
      ({ id, result }) => !COMMITMENT_STEPS.includes(id) || result === 'PASS',
    );
    return {
      verdict: verdictOf(findings, originGiven),
      pack: statement?.pack ?? null,
      sealedAt: statement?.sealedAt ?? null,
      supersedes: statement?.supersedes ?? null,
      statementSha256: seal.statementSha256,
      signerSha256: seal.signerSha256,
      sample: bag.info?.sample ?? false,
      steps,
      files: statuses,
      certificate,
      timestamps,
      findings,
      openings: openings === undefined ? [] : judgeOpenings(openings, contents, sound),
      notProved: notProvedBy({
        originGiven,
        momentProved: isMomentProved(statement?.sealedAt ?? null, provenAt),
      }),
    };
  };
}

/** The report on an archive that shows no file: what was not seen was not checked. */
function nothingJudged(findings: Report['findings']): Report {
  const notChecked = (Object.keys(STEPS) as StepId[]).filter((id) => id !== 'archive');
  return {
    verdict: verdictOf(findings, false),
    pack: null,
    sealedAt: null,
    supersedes: null,
    statementSha256: null,
    signerSha256: null,
    sample: false,
    steps: stepsOf(findings, new Set(notChecked)),
    files: [],
    certificate: null,
    timestamps: [],
    findings,
    openings: [],
    notProved: notProvedBy({ originGiven: false, momentProved: false }),
  };
}
