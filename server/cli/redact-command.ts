import path from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import { fileMediaSource } from '../adapters/ffmpeg/ffmpeg-file-source.ts';
import type { RecordingsKey } from '../adapters/recordings-key.ts';
import {
  analysisBeside,
  forgetUnreadable,
  type RedactionFolder,
  withRedactionFolder,
} from '../adapters/redaction-folder.ts';
import type { FootageAnalysis } from '../footage/analysis/analysis.ts';
import { findAnalysis } from '../footage/analysis/kept-analysis.ts';
import { parseClipTime } from '../footage/clip-time.ts';
import type { ProofRecord } from '../footage/copy/proof-record.ts';
import type { RedactionPlanInput } from '../footage/plan/redaction-plan.ts';
import type { RedactedStill } from '../footage/stills/redact-still.ts';
import { StillError } from '../footage/stills/still-error.ts';
import { STILL_BYTE_LIMIT, type StillFormat, sniffStill } from '../footage/stills/still-format.ts';
import type { StillProof } from '../footage/stills/still-proof.ts';
import type { CommandContext } from './command-context.ts';
import { UsageError } from './exit-codes.ts';
import { readInput, readJson, readStart, refuseSameFile, writeOutput } from './files.ts';
import { keyOfRecordings } from './key-of-recordings.ts';
import { SAME_CAMERA, sameCamera } from './same-camera.ts';

interface RedactOptions {
  at?: string;
  out: string;
  mode?: RedactionPlanInput['mode'];
  plan?: string;
  proof?: string;
  sameCamera?: string[];
}

/** What the name of a picture asks for. */
const FORMATS: Readonly<Record<string, StillFormat>> = {
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.png': 'png',
  '.webp': 'webp',
};

const STEPS = {
  scene: 'Looking for the empty scene',
  foreground: 'Looking for what is not in it',
  kept: 'Following what is kept',
  render: 'Covering and proving',
} as const;

/** `dalil redact`: covers a clip or a still and proves the copy. Needs no vault. */
export function addRedactCommand(program: Command, context: CommandContext): void {
  program
    .command('redact')
    .description('cover everybody in a clip or a still, and prove it')
    .argument('<file>', 'the recording; it is not changed')
    .requiredOption('--out <file>', 'where the covered copy goes')
    .addOption(new Option('--mode <mode>', 'what to cover').choices(['moving', 'all', 'marked']))
    .option('--plan <file.json>', 'a plan that a person has looked at')
    .option('--at <time>', 'make a still of the frame shown at that time, 00:01:23.400')
    .option(...SAME_CAMERA)
    .option('--proof <file.json>', 'where the record of the proof goes, passed or failed')
    .action(async (file: string, options: RedactOptions) => {
      for (const input of [file, ...(options.sameCamera ?? [])]) {
        await refuseSameFile(input, options.out, options.proof);
      }
      const still = sniffStill(await readStart(file, 16)) !== null;
      if (still && options.at !== undefined) {
        throw new UsageError('The file is a still, which has no times. Leave out --at.');
      }
      if (still && options.sameCamera !== undefined) {
        throw new UsageError('The file is a still, which has no scene. Leave out --same-camera.');
      }
      const redact = still ? redactStill : options.at === undefined ? redactClip : redactFrame;
      const proof = await redact(file, options, context);
      if (options.proof !== undefined) {
        await writeOutput(options.proof, `${JSON.stringify(proof, null, 2)}\n`);
      }
      report(proof, options, context);
    });
}

async function redactClip(file: string, options: RedactOptions, context: CommandContext) {
  const { terminal, signal } = context;
  const tools = await context.tools();
  const { out, mode } = options;
  const key = keyOfRecordings([file, ...(options.sameCamera ?? [])], context);
  const planned = await plannedBy(options, key, context);
  const outPath = path.resolve(out);
  const redact = (folder: RedactionFolder) =>
    tools.redactFootage({
      source: fileMediaSource(file),
      outPath,
      ...folder,
      ...sameCamera(file, options.sameCamera),
      ...planned,
      ...(mode === undefined ? {} : { mode }),
      onProgress: ({ step, done, total, unit }) =>
        terminal.progress(STEPS[step], done, total, unit),
      signal,
    });
  const { proof } = await withRedactionFolder(outPath, key, redact, {
    onLeft: () =>
      terminal.say('What was done until now is kept: the same command goes on from there.'),
  });
  return proof;
}

/** The plan that was given, and the analysis that was kept when it was proposed, if there is one. */
async function plannedBy(
  { plan }: RedactOptions,
  key: RecordingsKey,
  context: CommandContext,
): Promise<{ plan?: unknown; analysis?: FootageAnalysis }> {
  if (plan === undefined) return {};
  const given = await readJson(plan);
  await forgetUnreadable(path.resolve(plan));
  const store = analysisBeside(path.resolve(plan), key);
  const { media } = await context.tools();
  const analysis = await findAnalysis(store, await media.toolVersions());
  return { plan: given, ...(analysis === null ? {} : { analysis }) };
}

async function redactFrame(file: string, options: RedactOptions, context: CommandContext) {
  const { terminal, signal } = context;
  const tools = await context.tools();
  const { out, mode } = options;
  const at = parseClipTime(options.at!);
  if (at === null) {
    throw new UsageError('--at takes a time in the clip, for example 00:01:23.400 or 83.4.');
  }
  const as = FORMATS[path.extname(out).toLowerCase()];
  if (as === undefined) {
    throw new UsageError('With --at the copy is a picture: name it .jpg, .png or .webp.');
  }
  const key = keyOfRecordings([file, ...(options.sameCamera ?? [])], context);
  const planned = await plannedBy(options, key, context);
  return await proofOf(options, () =>
    tools.redactFrame({
      source: fileMediaSource(file),
      at,
      as,
      ...sameCamera(file, options.sameCamera),
      ...planned,
      ...(mode === undefined ? {} : { mode }),
      onProgress: ({ step, done, total, unit }) =>
        terminal.progress(STEPS[step], done, total, unit),
      signal,
    }),
  );
}

async function redactStill(file: string, options: RedactOptions, context: CommandContext) {
  const bytes = await readInput(file, STILL_BYTE_LIMIT);
  const given = options.plan === undefined ? undefined : await readJson(options.plan);
  // Without a plan only one mode decides for itself what is shown: the one that shows nothing.
  const plan = given ?? (options.mode === 'all' ? { version: 1, mode: 'all' } : undefined);
  if (given !== undefined && options.mode !== undefined && modeOf(given) !== options.mode) {
    throw new StillError(
      'STILL_PLAN_INVALID',
      'The plan has another mode than was asked for. Leave the mode out, or change it in the plan.',
    );
  }
  const as = FORMATS[path.extname(options.out).toLowerCase()];
  const tools = await context.tools();
  return await proofOf(options, () =>
    tools.redactStill({ bytes, plan, ...(as === undefined ? {} : { as }) }),
  );
}

/** Writes a copy that passed its proof; the record of one that did not is all there is of it. */
async function proofOf(
  { out }: RedactOptions,
  make: () => Promise<RedactedStill>,
): Promise<StillProof> {
  try {
    const copy = await make();
    await writeOutput(out, copy.bytes);
    return copy.proof;
  } catch (error) {
    const failed = error instanceof StillError && error.code === 'STILL_PROOF_FAILED';
    if (failed) return error.cause as StillProof;
    throw error;
  }
}

function modeOf(plan: unknown): unknown {
  return typeof plan === 'object' && plan !== null && 'mode' in plan ? plan.mode : undefined;
}

function report(
  proof: ProofRecord | StillProof,
  { out }: RedactOptions,
  { terminal, end }: CommandContext,
): void {
  terminal.result(proof);
  if (proof.result === 'failed') {
    const failed = proof.checks.filter((check) => !check.passed).map((check) => check.name);
    terminal.fail(`The copy did not pass its proof (${failed.join(', ')}), so there is none.`);
    end('no');
    return;
  }
  terminal.data(out);
  terminal.say(`Proof passed: ${proof.checks.length} of ${proof.checks.length} checks.`);
  if ('undecodedFrames' in proof && proof.undecodedFrames > 0) {
    terminal.warn(
      `Damaged pictures of the recording that the copy leaves out: ${proof.undecodedFrames}. The one before each is shown for as long.`,
    );
  }
  if ('emptyScene' in proof && proof.emptyScene === 'not approved' && proof.mode === 'moving') {
    terminal.warn(
      'Nobody has approved the empty scene. Whoever never moves in it may be seen: look at the copy. It cannot be sealed into a pack before that (dalil analyse).',
    );
  }
}
