import path from 'node:path';
import { type Logger, pino } from 'pino';
import manifest from '../package.json' with { type: 'json' };
import { type AddUser, createAddUser } from './accounts/add-user.ts';
import { createAttemptLimit } from './accounts/attempt-limit.ts';
import { createSessions } from './accounts/sessions.ts';
import { createSignIn } from './accounts/sign-in.ts';
import { createArgon2Passwords } from './adapters/argon2-passwords.ts';
import { freeBytes, LEAST_FREE_BYTES } from './adapters/disk-space.ts';
import { toolVersion } from './adapters/installed-tools.ts';
import { fillPage } from './adapters/page-templates.ts';
import { createSqliteAccounts } from './adapters/sqlite/sqlite-accounts.ts';
import { type Database, openDatabase, pingDatabase } from './adapters/sqlite/sqlite-database.ts';
import { createSqliteIdempotency } from './adapters/sqlite/sqlite-idempotency.ts';
import { isVaultMade, openVault, type Vault } from './adapters/vault/vault.ts';
import { startWorkerProcess } from './adapters/worker-process.ts';
import { createApp } from './app.ts';
import { composeOpen, type OpenHouse } from './composition/compose-open.ts';
import { composeRoutes } from './composition/compose-routes.ts';
import { composeTools, type Tools } from './composition/compose-tools.ts';
import { type Config, TEMPLATES_DIR } from './config.ts';
import { JOBS_AT_ONCE } from './do-jobs.ts';
import { createOncePerKey } from './http/idempotency.ts';
import { describeService } from './http/openapi.ts';
import examples from './http/openapi-examples.json' with { type: 'json' };
import { presentReference } from './http/present-reference.ts';
import type { Route } from './http/route.ts';
import { IDLE_WORKER, type JobWorker, startJobWorker } from './jobs/worker.ts';
import { type RandomBytes, systemRandom } from './kernel/ids.ts';
import { type Clock, systemClock } from './kernel/time.ts';
import { createVaultDoor } from './vault-door.ts';

const JOBS_PROGRAM = path.resolve(import.meta.dirname, 'jobs-program.ts');

/** Everything, built once. */
export interface House {
  readonly app: ReturnType<typeof createApp>;
  readonly addUser: AddUser;
  /** Every route of `/api/v1`. */
  readonly routes: readonly Route[];
  readonly tools: Tools;
  /** Null while the vault is locked. */
  readonly open: OpenHouse | null;
  /** Refuses new requests and tells those who follow a job; jobs go back to the queue. */
  beginClosing(): void;
  close(): Promise<void>;
}

/**
 * Opens the database, and the vault if its secret is configured, and builds every adapter and use
 * case once.
 *
 * @param parts.works - where waiting jobs are done: in this process, or in one of their own, so that
 *   whoever waits for an answer does not wait for them. Without it they wait.
 * @throws {VaultError} when database or vault cannot be opened; a vault without a secret stays
 *   locked.
 */
export async function compose(
  config: Config,
  parts: { clock?: Clock; random?: RandomBytes; log?: Logger; works?: 'here' | 'apart' } = {},
): Promise<House> {
  const { clock = systemClock, random = systemRandom, log = pino({ enabled: false }) } = parts;
  const { dataDir } = config;
  const database = await openDatabase({ dataDir });
  const tools = composeTools(config);
  const onCrash = (err: unknown) => log.error({ err }, 'job worker failed');
  const startWorker = ({ jobs, vaultKey }: OpenHouse): JobWorker => {
    if (parts.works === undefined) return IDLE_WORKER;
    if (parts.works === 'here') return startJobWorker({ jobs, atOnce: JOBS_AT_ONCE, onCrash });
    return startWorkerProcess({ program: JOBS_PROGRAM, order: { config, vaultKey }, onCrash });
  };
  const behind = (vault: Vault) =>
    composeOpen({ config, database, vault, tools, clock, random, log });
  try {
    const vault = await openVault({
      dataDir,
      database,
      passphrase: config.vaultPassphrase,
      keyFile: config.vaultKeyFile,
      random,
      clock,
    });
    const door = createVaultDoor<OpenHouse>({
      house: vault === null ? null : await behind(vault),
      unlock: async (secret) => {
        const opened = await openVault({ dataDir, database, random, clock, ...secret });
        // Not null: a secret is given.
        return await behind(opened!);
      },
      startWorker,
    });
    const accounts = createSqliteAccounts({ database });
    const passwords = createArgon2Passwords({ random });
    const sessions = createSessions({ sessions: accounts, users: accounts, clock, random });
    const closing = new AbortController();
    const limit = createAttemptLimit({ attempts: accounts, clock });
    const routes = composeRoutes({
      door,
      isVaultMade: () => isVaultMade(database),
      tools,
      limit,
      signIn: createSignIn({ users: accounts, limit, passwords, sessions }),
      sessions,
      secureCookies: config.publicUrl?.startsWith('https:') ?? false,
      clock,
      random,
    });
    const description = describeService(routes, manifest.version, examples);
    return {
      app: createApp({
        readiness: readinessOf(config, database),
        routes,
        ground: {
          sessions,
          isLocked: () => door.house === null,
          oncePerKey: createOncePerKey({ store: createSqliteIdempotency({ database }) }),
          closing: closing.signal,
        },
        description,
        reference: await fillPage(TEMPLATES_DIR, 'reference', presentReference(description)),
        verifyPage: tools.verifyPage,
        log,
      }),
      routes,
      addUser: createAddUser({ users: accounts, passwords, random }),
      tools,
      get open() {
        return door.house;
      },
      beginClosing() {
        closing.abort();
        void door.rest();
      },
      async close() {
        closing.abort();
        await door.lock();
        await tools.close();
        await database.destroy();
      },
    };
  } catch (error) {
    await tools.close();
    await database.destroy();
    throw error;
  }
}

function readinessOf(config: Config, database: Database) {
  const tool = (name: Parameters<typeof toolVersion>[0]) => async () => {
    if ((await toolVersion(name, config)) === null) throw new Error('missing');
  };
  return [
    { name: 'database', check: () => pingDatabase(database) },
    {
      name: 'disk',
      check: async () => {
        if ((await freeBytes(config.dataDir)) < LEAST_FREE_BYTES) throw new Error('full');
      },
    },
    { name: 'ffmpeg', check: tool('ffmpeg') },
    { name: 'chromium', check: tool('Chromium') },
  ];
}
