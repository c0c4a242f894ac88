import { checkBag } from './check-bag.ts';
import { checkEvidence } from './check-evidence.ts';
import { type BroughtOrigin, checkSeal } from './check-seal.ts';
import { packContents } from './pack-contents.ts';
import type { CheckSignature, Digests, PackBytes } from './ports.ts';
import { readDirectory } from './read-directory.ts';
import { readFiles } from './read-files.ts';
import { type Finding, type Report, STEPS, type StepId, type StepResult } from './report.ts';

/** What to judge, and by what. */
export interface VerificationRequest extends BroughtOrigin {
  readonly pack: PackBytes;
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
  readonly signal?: AbortSignal;
}

/** Judges a pack. */
export type VerifyPack = (request: VerificationRequest) => Promise<Report>;

const ALWAYS_UNPROVED = [
  'That the footage shows what happened, or when it was recorded.',
  'That what the texts report is true.',
  'That nothing is missing that was never put in.',
  'When it was sealed: no time stamp of somebody else was checked.',
];

/**
 * Creates the judging of packs: closed-world, from the bytes and what the auditor brought alone. It
 * collects every finding and never stops at the first.
 *
 * @throws {VerificationError} from the use case: `NOT_AN_ARCHIVE`. A failed verification is a report.
 */
export function createVerifyPack(deps: {
  digests: Digests;
  checkSignature: CheckSignature;
}): VerifyPack {
  const { digests, checkSignature } = deps;
  return async function verifyPack({ pack, onProgress, signal, ...brought }) {
    const directory = await readDirectory(pack);
    let done = 0;
    const { folder, files, faults } = await readFiles({
      pack,
      directory,
      digests,
      signal,
      onBytes(count) {
        done += count;
        onProgress?.(done, pack.sizeBytes);
      },
    });
    onProgress?.(pack.sizeBytes, pack.sizeBytes);
    const findings: Finding[] = faults.map(({ path, message }) => ({
      step: 'archive',
      path,
      message,
    }));
    const contents = packContents({ folder, files, findings });
    const seal = await checkSeal(contents, brought, checkSignature);
    const bag = checkBag(contents, seal.statement);
    checkEvidence(contents, bag, seal.statement);
    return {
      verdict: findings.length > 0 ? 'invalid' : seal.originGiven ? 'valid' : 'consistent',
      pack: seal.statement?.pack ?? null,
      sealedAt: seal.statement?.sealedAt ?? null,
      supersedes: seal.statement?.supersedes ?? null,
      statementSha256: seal.statementSha256,
      signerSha256: seal.signerSha256,
      sample: bag.info?.sample ?? false,
      steps: stepsOf(findings, seal.originGiven),
      files: bag.files,
      findings,
      notProved: [
        ...ALWAYS_UNPROVED,
        ...(seal.originGiven
          ? []
          : [
              'Where the pack is from: its key came with it. Compare the key with one from elsewhere.',
            ]),
      ],
    };
  };
}

function stepsOf(findings: readonly Finding[], originGiven: boolean): Report['steps'] {
  const failed = new Set(findings.map(({ step }) => step));
  const resultOf = (id: StepId): StepResult => {
    if (failed.has(id)) return 'FAIL';
    if (id === 'timestamp' || (id === 'origin' && !originGiven)) return 'NOT CHECKED';
    return 'PASS';
  };
  return (Object.keys(STEPS) as StepId[]).map((id) => ({
    id,
    title: STEPS[id],
    result: resultOf(id),
  }));
}
