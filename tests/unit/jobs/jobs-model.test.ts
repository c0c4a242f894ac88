import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSqliteJobs } from '../../../server/adapters/sqlite/sqlite-jobs.ts';
import type { Job } from '../../../server/jobs/job.ts';
import type { JobHandler } from '../../../server/jobs/job-handler.ts';
import type { JobStore } from '../../../server/jobs/ports.ts';
import type { JsonValue } from '../../../server/kernel/canonical-json.ts';
import { aJobEngine, LEASE_MS } from '../../builders/job-engine.ts';
import { aVault } from '../../builders/open-vault.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { createMemoryJobs } from '../../fakes/memory-jobs.ts';

// Two processes submit, run, finish, fail, die, cancel and let time pass in any order. The model
// is what a person would note on paper; after every step the store must say the same.

interface ModelJob {
  input: number;
  state: Job['state'];
  attempts: number;
  output: JsonValue;
  /** The run that holds the job, and until when. */
  holder: number | null;
  leaseUntilMs: number;
}

interface Run {
  end: PromiseWithResolvers<JsonValue>;
  finished: Promise<unknown>;
  engine: 0 | 1;
  id: string;
}

interface Model {
  nowMs: number;
  jobs: Map<string, ModelJob>;
}

interface Real {
  engines: ReturnType<typeof aJobEngine>[];
  /** All runs ever, also those whose process is dead as far as the others know. */
  runs: Run[];
  clock: ReturnType<typeof createManualClock>;
}

/** What time alone does to the notes: a claim finds the expired ones and parks the worn ones. */
function parkWorn(model: Model): void {
  for (const job of model.jobs.values()) {
    if (isExpired(model, job) && job.attempts >= 3) Object.assign(job, { state: 'failed' });
  }
}
const isExpired = (model: Model, job: ModelJob) =>
  job.state === 'running' && job.leaseUntilMs <= model.nowMs;

async function agree(model: Model, real: Real): Promise<void> {
  for (let i = 0; i < 12; i++) await turn();
  const found = await real.engines[0]!.jobs.list({ limit: 1000 });
  const told = found.map(({ id, input, state, attempts, output }) => [
    id,
    { input, state, attempts, output },
  ]);
  const noted = [...model.jobs].map(([id, { input, state, attempts, output }]) => [
    id,
    { input, state, attempts, output },
  ]);
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(noted));
}

type Command = fc.AsyncCommand<Model, Real>;

/** `run` changes both sides, and then they must agree. */
function command(text: string, run: (model: Model, real: Real) => Promise<void>): Command {
  return {
    check: () => true,
    async run(model, real) {
      await run(model, real);
      await agree(model, real);
    },
    toString: () => text,
  };
}

const submit = (input: number) =>
  command(`submit ${input}`, async (model, real) => {
    const standing = [...model.jobs].find(
      ([, job]) => job.input === input && !['failed', 'cancelled'].includes(job.state),
    );
    const { id } = await real.engines[0]!.jobs.submit('work', input);
    if (standing !== undefined) return expect(id).toBe(standing[0]);
    expect(model.jobs.has(id)).toBe(false);
    const fresh = {
      input,
      attempts: 0,
      output: null,
      holder: null,
      leaseUntilMs: 0,
    };
    model.jobs.set(id, { ...fresh, state: 'queued' });
  });

const start = (engine: 0 | 1, pick: number) =>
  command(`start ${engine} ${pick}`, async (model, real) => {
    const id = [...model.jobs.keys()][pick % Math.max(1, model.jobs.size)];
    if (id === undefined) return;
    parkWorn(model);
    const job = model.jobs.get(id)!;
    const free = job.state === 'queued' || isExpired(model, job);
    const before = real.runs.length;
    const finished = real.engines[engine]!.jobs.run(id).catch((error: unknown) => error);
    for (let i = 0; i < 12; i++) await turn();
    if (!free) return expect(real.runs).toHaveLength(before);
    expect(real.runs).toHaveLength(before + 1);
    Object.assign(real.runs[before]!, { finished, engine, id });
    job.state = 'running';
    job.attempts += 1;
    job.holder = before;
    job.leaseUntilMs = model.nowMs + LEASE_MS;
  });

const finish = (pick: number, ok: boolean) =>
  command(`${ok ? 'finish' : 'fail'} ${pick}`, async (model, real) => {
    if (real.runs.length === 0) return;
    const number = pick % real.runs.length;
    const { end, finished, id } = real.runs[number]!;
    const job = model.jobs.get(id)!;
    if (ok) end.resolve(`output of run ${number}`);
    else end.reject(new Error('no'));
    await finished;
    // Only the holder's word counts, however late he says it, as long as nobody took the job over.
    if (job.state !== 'running' || job.holder !== number) return;
    job.state = ok ? 'done' : 'failed';
    if (ok) job.output = `output of run ${number}`;
    job.holder = null;
  });

const cancel = (engine: 0 | 1, pick: number) =>
  command(`cancel ${engine} ${pick}`, async (model, real) => {
    const id = [...model.jobs.keys()][pick % Math.max(1, model.jobs.size)];
    if (id === undefined) return;
    const job = model.jobs.get(id)!;
    const open = job.state === 'queued' || job.state === 'running';
    expect(await real.engines[engine]!.jobs.cancel(id)).toBe(open);
    if (open) Object.assign(job, { state: 'cancelled', holder: null });
  });

const beat = (engine: 0 | 1) =>
  command(`beat ${engine}`, async (model, real) => {
    real.engines[engine]!.beat();
    for (const job of model.jobs.values()) {
      const run = job.holder === null ? undefined : real.runs[job.holder];
      if (job.state === 'running' && run?.engine === engine) {
        job.leaseUntilMs = model.nowMs + LEASE_MS;
      }
    }
  });

const pass = (byMs: number) =>
  command(`pass ${byMs}`, async (model, real) => {
    real.clock.advance(byMs);
    model.nowMs += byMs;
  });

const side = fc.constantFrom(0 as const, 1 as const);
const commands = fc.commands(
  [
    fc.nat(3).map(submit),
    fc.tuple(side, fc.nat(9)).map(([engine, pick]) => start(engine, pick)),
    fc.tuple(side, fc.nat(9)).map(([engine, pick]) => start(engine, pick)),
    fc.tuple(fc.nat(9), fc.boolean()).map(([pick, ok]) => finish(pick, ok)),
    fc.tuple(side, fc.nat(9)).map(([engine, pick]) => cancel(engine, pick)),
    side.map(beat),
    fc.constantFrom(1, LEASE_MS / 2, LEASE_MS - 1, LEASE_MS).map(pass),
  ],
  { maxCommands: 40 },
);

function aWorld(store: JobStore): { model: Model; real: Real } {
  const clock = createManualClock();
  const runs: Run[] = [];
  const handler: JobHandler = () => {
    const end = Promise.withResolvers<JsonValue>();
    runs.push({ end, finished: Promise.resolve(), engine: 0, id: '' });
    return end.promise;
  };
  const handlers = new Map([['work', handler]]);
  const engines = [0, 1].map(() => aJobEngine({ store, clock, handlers }));
  const model = { nowMs: clock.now().getTime(), jobs: new Map() };
  return { model, real: { engines, runs, clock } };
}

test('in memory, the engine does what the model says', async () => {
  await fc.assert(
    fc.asyncProperty(commands, (some) => fc.asyncModelRun(() => aWorld(createMemoryJobs()), some)),
    { numRuns: 300 },
  );
});

test('in the database, the engine does what the model says', async () => {
  const { database, vault } = await aVault();
  await fc.assert(
    fc.asyncProperty(commands, async (some) => {
      await database.deleteFrom('jobs').execute();
      const store = createSqliteJobs({ database, sealer: vault.sealer });
      await fc.asyncModelRun(() => aWorld(store), some);
    }),
    { numRuns: 60 },
  );
});
