import { availableParallelism } from 'node:os';
import { createServiceLog } from './adapters/service-log.ts';
import { openDatabase } from './adapters/sqlite/sqlite-database.ts';
import { vaultOf } from './adapters/vault/vault.ts';
import { obeyOwner } from './adapters/worker-process.ts';
import { composeOpen } from './composition/compose-open.ts';
import { composeTools } from './composition/compose-tools.ts';
import type { Config } from './config.ts';
import { startRecurring } from './jobs/recurring.ts';
import { startJobWorker } from './jobs/worker.ts';
import { systemRandom } from './kernel/ids.ts';
import { systemClock } from './kernel/time.ts';

/**
 * Jobs at the same time: each uses several cores now and then, so more than there are cores would
 * only wait for each other, and with fewer than two short work would wait for long work.
 */
export const JOBS_AT_ONCE = Math.min(4, Math.max(2, availableParallelism()));

/** An authority that gave no time stamp is asked again so often. */
const TIMESTAMP_RETRY_MS = 15 * 60_000;

/** What the service sends to it, once. */
export interface JobsOrder {
  readonly config: Config;
  readonly vaultKey: Uint8Array;
}

/** Does the jobs of a service until it says that it is enough, or is gone. */
export async function doJobs(): Promise<void> {
  await obeyOwner<JobsOrder>(async ({ config, vaultKey }) => {
    const { dataDir } = config;
    const log = createServiceLog(process.stderr);
    const database = await openDatabase({ dataDir });
    const tools = composeTools(config);
    const vault = vaultOf({ dataDir, database, vaultKey });
    const parts = { clock: systemClock, random: systemRandom, log };
    const house = await composeOpen({ config, database, vault, tools, ...parts });
    const stopping = new AbortController();
    const leave = (err: unknown) => log.warn({ err }, 'work of other versions is still there');
    // Its names go before any job begins; its bytes, which may be many, beside the jobs.
    const destroyOld = await house.forgetOldWork().catch(leave);
    const destroying = destroyOld?.(stopping.signal).catch(leave);
    const worker = startJobWorker({
      jobs: house.jobs,
      atOnce: JOBS_AT_ONCE,
      onCrash: (err) => log.error({ err }, 'job worker failed'),
    });
    const stopRetries = startRecurring({
      everyMs: TIMESTAMP_RETRY_MS,
      async run() {
        await house.retryTimestamps();
        worker.wake();
      },
      onCrash: (err) => log.error({ err }, 'asking for time stamps failed'),
    });
    return {
      wake: worker.wake,
      async stop() {
        stopRetries();
        stopping.abort();
        await worker.stop();
        await destroying;
        await house.close();
        await tools.close();
        await database.destroy();
      },
    };
  });
}
