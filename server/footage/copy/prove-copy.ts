import type { PendingCopy } from '../ports.ts';
import { parameterSetsDigest } from './coded-frames.ts';
import type { CoveredChunk } from './cover-chunks.ts';
import { judgeCopy } from './judge-copy.ts';
import { joinFindings } from './judge-frames.ts';
import type { ProofRecord } from './proof-record.ts';

/**
 * Proves a written copy. Its frames were decoded and judged chunk by chunk; here the file is read as a
 * stranger reads it, and every coded frame in it must be one of those, in their order.
 *
 * @returns the checks and the coverage figures of the proof record.
 */
export async function proveCopy(options: {
  copy: Pick<PendingCopy, 'inspect'>;
  chunks: readonly CoveredChunk[];
  durations: readonly number[];
  timeBase: readonly [number, number];
}): Promise<Pick<ProofRecord, 'checks' | 'coverage'>> {
  const { copy, chunks, durations, timeBase } = options;
  const findings = joinFindings(chunks.map((chunk) => chunk.findings));
  const { coveredShare, whollyCovered, nothingCovered, frames } = findings;
  return {
    checks: judgeCopy(await copy.inspect(), {
      durations,
      timeBase,
      findings,
      frameDigests: Buffer.concat(chunks.map(({ coded }) => coded.frameDigests)),
      parameterSets: parameterSetsDigest(chunks[0]!.coded),
    }),
    coverage: {
      meanShare: frames === 0 ? 0 : Number((coveredShare / frames).toFixed(4)),
      framesWhollyCovered: whollyCovered,
      framesWithNothingCovered: nothingCovered,
    },
  };
}
