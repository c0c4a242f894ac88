import { z } from 'zod';
import type { AnalyseRecording } from '../footage/analysis/analyse-recording.ts';
import type { RedactRecording } from '../footage/copy/redact-recording.ts';
import { FootageError } from '../footage/errors.ts';
import type { MakeProxy } from '../footage/make-proxy.ts';
import type { OnProgress, Progress } from '../footage/progress.ts';
import type { RedactRecordedFrame } from '../footage/stills/redact-recorded-frame.ts';
import type { RedactRecordedStill } from '../footage/stills/redact-recorded-still.ts';
import type { JobContext, JobHandler, JobHandlers } from '../jobs/job-handler.ts';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { sha256 } from '../kernel/digest.ts';
import type { BuildPack } from '../packs/build-pack.ts';
import type { PackOrder } from '../packs/pack-order.ts';
import type { StampLater } from '../packs/stamp-later.ts';

const RECORDING = z.strictObject({ recording: z.string() });
const ANALYSIS = RECORDING.extend({ sameCamera: z.array(z.string()).default([]) });
/** An order is checked where it comes in; `request` makes two packs of two equal orders. */
const ORDERED = z.strictObject({ order: z.json(), request: z.string().min(1).max(100) });
/** Who is to be asked names the job: asked again after a failure it is new, and done it stays done. */
const STAMPING = z.strictObject({ pack: z.string(), authorities: z.array(z.string()) });
const REDACTION = z.strictObject({ recording: z.string(), plan: z.unknown(), role: z.string() });
const FRAME_REDACTION = REDACTION.extend({
  at: z.string(),
  as: z.enum(['jpeg', 'png', 'webp']),
});

/** The long work there is, by kind: each a use case behind a JSON input and output. */
export function createJobHandlers(useCases: {
  analyseRecording: AnalyseRecording;
  makeProxy: MakeProxy;
  redactRecording: RedactRecording;
  redactRecordedFrame: RedactRecordedFrame;
  redactRecordedStill: RedactRecordedStill;
  buildPack: BuildPack;
  stampLater: StampLater;
}): JobHandlers {
  const { analyseRecording, makeProxy, redactRecording, redactRecordedFrame } = useCases;
  const { redactRecordedStill, buildPack, stampLater } = useCases;
  return new Map<string, JobHandler>([
    [
      'analyse-recording',
      async (input, context) => {
        const { recording, sameCamera } = ANALYSIS.parse(input);
        const analysis = await analyseRecording(recording, {
          sameCamera,
          ...watching(context, ['scene', 'foreground']),
        });
        return { frames: analysis.index.ticks.length, objects: analysis.objects.length };
      },
    ],
    [
      'make-proxy',
      async (input, { signal }) => {
        const { recording } = RECORDING.parse(input);
        await makeProxy(recording, signal);
        return { recording };
      },
    ],
    [
      'redact-recording',
      async (input, context) => {
        const outcome = await redactRecording({
          ...REDACTION.parse(input),
          ...watching(context, ['kept', 'render']),
        });
        if (outcome.passed) return { copy: outcome.copy.id };
        const failed = outcome.proof.checks.filter((check) => !check.passed);
        throw new FootageError(
          'PROOF_FAILED',
          `The covered copy did not pass its proof (${failed.map((check) => check.name).join(', ')}), so there is none. Try again with a wider margin, or report the recording.`,
        );
      },
    ],
    [
      'redact-frame',
      async (input, context) => {
        const { id } = await redactRecordedFrame({
          ...FRAME_REDACTION.parse(input),
          ...watching(context, ['kept']),
        });
        return { copy: id };
      },
    ],
    [
      'redact-still',
      async (input) => ({ copy: (await redactRecordedStill(REDACTION.parse(input))).id }),
    ],
    [
      'build-pack',
      async (input, { progress, signal }) => {
        const { order } = ORDERED.parse(input);
        const { id, notes } = await buildPack(order as unknown as PackOrder, {
          // A job that was broken off and begins again goes on with the draft it had made.
          request: sha256(canonicalJson(input)),
          signal,
          onProgress: ({ done, total, unit }) => progress(done, total, unit),
        });
        const leftOut = notes.leftOut.map(({ reason, count }) => ({ reason, count }));
        return { pack: id, warnings: notes.warnings, leftOut };
      },
    ],
    [
      'stamp-pack',
      async (input, { signal }) => {
        const { pack } = STAMPING.parse(input);
        await stampLater.stamp(pack, signal);
        return { pack };
      },
    ],
  ]);
}

/** One bar for all steps: each takes as long a part of it as the others. */
function watching(
  { progress, signal }: JobContext,
  steps: readonly Progress['step'][],
): { onProgress: OnProgress; signal: AbortSignal } {
  return {
    onProgress: ({ step, done, total, unit }) =>
      progress(Math.max(0, steps.indexOf(step)) * total + done, steps.length * total, unit),
    signal,
  };
}
