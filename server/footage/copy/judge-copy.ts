import type { Sha256 } from '../../kernel/digest.ts';
import type { CopyFacts } from '../ports.ts';
import type { FrameFindings } from './judge-frames.ts';
import type { ProofCheck, ProofCheckName } from './proof-record.ts';

const DIGEST_BYTES = 32;

/** What a copy must be. */
export interface ExpectedCopy {
  /** Ticks of `timeBase` for which each frame is shown. */
  readonly durations: readonly number[];
  readonly timeBase: readonly [number, number];
  /** What was found in the frames when they were decoded, all chunks together. */
  readonly findings: FrameFindings;
  /** SHA-256 of each coded frame that was decoded and judged, 32 bytes each, in their order. */
  readonly frameDigests: Uint8Array;
  /** The parameter sets that they were decoded with. */
  readonly parameterSets: Sha256;
}

/** All checks of a delivered copy, passed or not, with counts. Knows no tool. */
export function judgeCopy(facts: CopyFacts, expected: ExpectedCopy): ProofCheck[] {
  const { durations, findings } = expected;
  const frames = durations.length;
  const coded = facts.frameDigests.length / DIGEST_BYTES;
  const missing =
    Math.abs(coded - frames) +
    Math.abs(facts.ticks.length - frames) +
    Math.abs(findings.frames - frames);
  const streams = facts.streams.length === 1 && facts.streams[0] === 'video' ? 0 : 1;
  return [
    check(
      'frames-equal-index',
      frames,
      missing,
      `${findings.frames} frames decoded, ${coded} in the file`,
    ),
    check(
      'original-as-analysed',
      findings.frames,
      findings.otherOriginals,
      'each frame of the original as it was when it was covered',
    ),
    check(
      'covered-tiles-constant',
      findings.tiles,
      findings.faultyTiles,
      `farthest from black: ${findings.worstInside} levels inside, ${findings.worstAtEdge} at edges`,
    ),
    check(
      'shown-area-similar',
      findings.frames,
      findings.unlikeFrames,
      `least similarity ${findings.leastSimilarity.toFixed(3)}, greatest shift ${findings.worstShift.toFixed(1)} levels`,
    ),
    check(
      'frames-as-proved',
      coded,
      otherFrames(facts, expected),
      'each coded frame of the file is one that was decoded and looked at',
    ),
    check('one-video-stream', facts.streams.length, streams, facts.streams.join(', ')),
    check('nothing-foreign', coded, facts.foreign.length, facts.foreign.join(', ')),
    check(
      'intervals-equal',
      frames,
      oddIntervals(facts, expected),
      'each frame shown as long as in the original',
    ),
  ];
}

function otherFrames(facts: CopyFacts, expected: ExpectedCopy): number {
  const found = Buffer.from(facts.frameDigests);
  const known = Buffer.from(expected.frameDigests);
  const most = Math.max(found.length, known.length);
  // With other parameter sets the same coded frames are other pictures.
  if (facts.parameterSets !== expected.parameterSets) return Math.max(1, most / DIGEST_BYTES);
  let others = 0;
  for (let at = 0; at < most; at += DIGEST_BYTES) {
    const end = at + DIGEST_BYTES;
    if (!found.subarray(at, end).equals(known.subarray(at, end))) others++;
  }
  return others;
}

function oddIntervals(facts: CopyFacts, { durations, timeBase }: ExpectedCopy): number {
  const expectedTick = timeBase[0] / timeBase[1];
  const tick = facts.timeBase[0] / facts.timeBase[1];
  let odd = facts.ticks[0] === 0 ? 0 : 1;
  const known = Math.min(durations.length, facts.ticks.length);
  for (let frame = 0; frame + 1 < known; frame++) {
    const seconds = (facts.ticks[frame + 1]! - facts.ticks[frame]!) * tick;
    if (Math.abs(seconds - durations[frame]! * expectedTick) > tick) odd++;
  }
  return odd;
}

function check(name: ProofCheckName, looked: number, faults: number, note: string): ProofCheck {
  return { name, passed: faults === 0, looked, faults, note: note === '' ? 'none' : note };
}
