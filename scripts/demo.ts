import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withPackFile } from '../server/adapters/pack-file.ts';
import { loadReportText } from '../server/adapters/report-texts.ts';
import { createCsvTable } from '../server/adapters/tables/csv-table.ts';
import { EXIT, type ExitCode } from '../server/cli/exit-codes.ts';
import { readJson } from '../server/cli/files.ts';
import type { Terminal } from '../server/cli/terminal.ts';
import { compose } from '../server/compose.ts';
import type { OpenHouse } from '../server/composition/compose-open.ts';
import { composeVerify } from '../server/composition/compose-verify.ts';
import { type Config, TEMPLATES_DIR } from '../server/config.ts';
import { decodeAnalysis } from '../server/footage/analysis/analysis-bytes.ts';
import { proposePlan } from '../server/footage/plan/propose-plan.ts';
import { importPresence } from '../server/footage/presence/presence-import.ts';
import type { Job } from '../server/jobs/job.ts';
import { readAll } from '../server/kernel/blobs.ts';
import type { JsonValue } from '../server/kernel/canonical-json.ts';
import { CodedError } from '../server/kernel/errors.ts';
import { bishkekDate } from '../server/kernel/time.ts';
import type { PackDraft } from '../server/packs/pack-draft.ts';
import type { PackOrder } from '../server/packs/pack-order.ts';
import { isApproved } from '../server/packs/refuse-unapproved.ts';
import { presentReport } from '../server/verification/present-report.ts';
import { bytesOf, type DemoClip, type DemoMaterial, makeMaterial } from './demo/material.ts';
import { keepSamplePseudonyms } from './sample/cases.ts';
import { CLIP_TITLE, SAMPLE_CLIP_TITLE, sampleLetter } from './sample/pack-order.ts';
import { planSampleRedaction } from './sample/redaction-plan.ts';

/** A job of the demonstration failed; the code is the job's. */
class DemoError extends CodedError {}

/** What to demonstrate on, and where the results go. */
export interface DemoOptions {
  readonly out: string;
  readonly cases?: string;
  readonly footage: readonly string[];
  /** Plans for the given footage, in its order. */
  readonly plans: readonly string[];
  /** Whether the owners of the given cameras agreed to their pictures being used. */
  readonly ownerAgreed: boolean;
}

/**
 * The main job from end to end, through the same use cases as the service: sample (or given) cases
 * and clips in, a sealed and verified pack with its letters out.
 */
export async function runDemo(
  options: DemoOptions,
  context: { config: Config; terminal: Terminal; signal: AbortSignal },
): Promise<ExitCode> {
  const { terminal, signal } = context;
  await mkdir(options.out, { recursive: true });
  const dataDir = await mkdtemp(path.join(tmpdir(), 'dalil-demo-'));
  try {
    // A vault of its own, wiped at the end: a demonstration never touches real data. Its secret is
    // nowhere but in memory, so that of one that is killed nothing can be read.
    const house = await compose({
      ...context.config,
      dataDir,
      vaultKeyFile: undefined,
      vaultPassphrase: randomBytes(32).toString('hex'),
    });
    try {
      return await demonstrate(options, { ...context, house: house.open! });
    } finally {
      await house.close();
    }
  } finally {
    terminal.settle();
    await rm(dataDir, { recursive: true, force: true });
    signal.throwIfAborted();
  }
}

interface Demonstration {
  readonly config: Config;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly house: OpenHouse;
}

async function demonstrate(options: DemoOptions, demo: Demonstration): Promise<ExitCode> {
  const { config, terminal, house } = demo;
  const { cases, footage, plans, out } = options;
  terminal.say('1 of 6  Material');
  const material = await makeMaterial({
    folder: path.join(out, 'sample'),
    ...(cases === undefined ? {} : { cases }),
    footage,
    plans,
    ffmpegPath: config.ffmpegPath,
    terminal,
  });

  terminal.say('2 of 6  Cases');
  const report = await house.imports.run({ bytes: bytesOf(material.casesPath), dryRun: false });
  if (!report.accepted) {
    for (const { row, column, message } of report.problems) {
      terminal.data(
        [row === null ? null : `row ${row}`, column, message].filter(Boolean).join(', '),
      );
    }
    terminal.fail(`Nothing was imported: ${report.problemCount} problems. Mend the table.`);
    return EXIT.no;
  }
  terminal.say(`        ${report.importedCount} cases imported`);

  terminal.say('3 of 6  Footage');
  const copies = await redactClips(material.clips, options, demo);

  terminal.say('4 of 6  Presence of police vehicles');
  const order = await orderOf(material, copies, demo);

  terminal.say('5 of 6  Letter, annexes and seal');
  const { output } = await runJob(
    'build-pack',
    { order: order as unknown as JsonValue, request: 'the demonstration' },
    (unit) => (unit === 'documents' ? 'Printing' : 'Sealing'),
    demo,
  );
  const built = output as unknown as PackDraft['notes'] & { pack: string };
  for (const { reason, count } of built.leftOut) {
    terminal.say(`        ${count} cases left out (${reason})`);
  }
  for (const warning of built.warnings) terminal.warn(`        For the lawyer: ${warning.en}`);
  await writePack(built.pack, out, house);

  terminal.say('6 of 6  Verification, with the key that the auditor has from elsewhere');
  return await verify(out, demo);
}

/** Runs a job to its end and shows how far it is. Throws what it failed with. */
async function runJob(
  kind: string,
  input: JsonValue,
  title: (unit: string) => string,
  { house, terminal, signal }: Demonstration,
): Promise<Job> {
  const { id } = await house.jobs.submit(kind, input);
  const job = await house.jobs.run(id, {
    signal,
    onProgress: ({ done, total, unit }) => terminal.progress(title(unit), done, total, unit),
  });
  if (job.failure !== null) throw new DemoError(job.failure.code, job.failure.message);
  return job;
}

/** Covers every clip; those that nobody has approved are written out for a person to look at. */
async function redactClips(
  clips: readonly DemoClip[],
  { out, ownerAgreed }: DemoOptions,
  demo: Demonstration,
): Promise<PackOrder['copies'][number][]> {
  const { house, terminal } = demo;
  const copies: PackOrder['copies'][number][] = [];
  for (const [i, clip] of clips.entries()) {
    const name = `clip ${i + 1} of ${clips.length}`;
    const agreed = clip.truth !== null || ownerAgreed;
    const { id: recording } = await house.ingestRecording({
      kind: 'clip',
      bytes: bytesOf(clip.path),
      fileName: path.basename(clip.path),
      ownerConsent: agreed
        ? { takenBy: 'lawyer', takenOn: bishkekDate(new Date()), expiresOn: null }
        : null,
      role: 'lawyer',
    });
    await runJob('analyse-recording', { recording }, () => `Analysing ${name}`, demo);
    const plan = await planOf(clip, recording, house);
    const redacted = await runJob(
      'redact-recording',
      { recording, plan: plan as JsonValue, role: 'lawyer' },
      () => `Redacting ${name}`,
      demo,
    );
    const copy = await house.recordings.copy((redacted.output as { copy: string }).copy);
    const file = path.join(out, clips.length === 1 ? 'redacted.mp4' : `redacted-${i + 1}.mp4`);
    await writeFile(file, house.blobs.read(copy.blob), { mode: 0o600 });
    if (!isApproved(copy.proof)) {
      terminal.warn(
        `        Nobody has approved the empty scene of ${name}, so it stays out of the pack. Look at ${file}, make a plan (dalil analyse) and give it with --plan.`,
      );
    } else if (!agreed) {
      terminal.warn(
        `        Nobody said that the owner of ${name} agreed, so it stays out of the pack. Say it with --owner-agreed.`,
      );
    } else {
      const title = clip.truth === null ? CLIP_TITLE : SAMPLE_CLIP_TITLE;
      // Clips of a demonstration belong to no case of the registry.
      copies.push({ copy: copy.id, title, shows: [] });
    }
  }
  return copies;
}

async function planOf(clip: DemoClip, recording: string, house: OpenHouse): Promise<unknown> {
  if (clip.planPath !== null) return await readJson(clip.planPath);
  const { analysisBlob } = await house.recordings.recording(recording);
  const analysis = decodeAnalysis(await readAll(house.blobs.read(analysisBlob!)));
  return clip.truth === null ? proposePlan(analysis) : planSampleRedaction(analysis, clip.truth);
}

/** What the lawyer of the demonstration decides. */
async function orderOf(
  material: DemoMaterial,
  copies: PackOrder['copies'],
  { house, terminal }: Demonstration,
): Promise<PackOrder> {
  const now = new Date();
  const filter = {};
  const recipient = 'ministry';
  const use = 'complaint';
  const presence = await importPresence(
    () => createCsvTable()(bytesOf(material.presencePath)),
    'k1',
  );
  const log = await house.presence.addLog(presence.log!);
  const { letter, place } = await sampleLetter(now);
  const picked = await house.selectCases({ filter, purpose: 'narrative', recipient, use, at: now });
  // Only the sample's own narratives are decided here: others are a person's to read, one by one.
  const narratives = material.sampleCases ? picked.selected : [];
  for (const { id, narrative } of narratives) {
    const decidedAt = `${now.toISOString().slice(0, 19)}Z`;
    await house.cases.saveDecisions(id, keepSamplePseudonyms(narrative, decidedAt));
  }
  terminal.say(`        ${presence.rowCount} rows; ${narratives.length} narratives picked`);
  return {
    sample: true,
    filter,
    recipient,
    use,
    letter,
    narratives: narratives.map(({ id }) => ({ case: id, attributes: ['act', 'place'] })),
    copies,
    presence: { log, place },
    supersedes: null,
  };
}

/** Gives out the pack, its letters and the key that an auditor is given by other ways. */
async function writePack(id: string, out: string, house: OpenHouse): Promise<void> {
  const { blob } = (await house.packs.sealed(id))!;
  await writeFile(path.join(out, 'pack.zip'), house.blobs.read(blob));
  const { files } = await house.packs.draft(id);
  for (const file of files.filter(({ role }) => role === 'letter')) {
    await writeFile(path.join(out, path.posix.basename(file.path)), house.blobs.read(file.blob));
  }
  const { publicKeyPem } = await house.keys.signer('pack');
  await writeFile(path.join(out, 'signer.pem'), publicKeyPem);
}

async function verify(out: string, { terminal, signal }: Demonstration): Promise<ExitCode> {
  const verifyPack = composeVerify();
  const publicKeyPem = await readFile(path.join(out, 'signer.pem'), 'utf8');
  const report = await withPackFile(path.join(out, 'pack.zip'), (pack) =>
    verifyPack({
      pack,
      publicKeyPem,
      signal,
      onProgress: (done, total) => terminal.progress('Verifying', done, total, 'bytes'),
    }),
  );
  const text = presentReport(report, await loadReportText(TEMPLATES_DIR, 'en'));
  await writeFile(path.join(out, 'verification.txt'), text);
  await writeFile(path.join(out, 'verification.json'), `${JSON.stringify(report, null, 2)}\n`);
  terminal.data(text.trimEnd());
  terminal.result({ out, verdict: report.verdict });
  terminal.say(`\nThe pack, its letters and the report are in ${out}.`);
  return report.verdict === 'valid' ? EXIT.ok : EXIT.no;
}
