import { type Logger, pino } from 'pino';
import manifest from '../package.json' with { type: 'json' };
import { type AddUser, createAddUser } from './accounts/add-user.ts';
import { createSessions } from './accounts/sessions.ts';
import { createSignIn } from './accounts/sign-in.ts';
import { writeArchive } from './adapters/archiver-packs.ts';
import { createArgon2Passwords } from './adapters/argon2-passwords.ts';
import { blobMediaSource } from './adapters/blob-media-source.ts';
import { createCsvTable } from './adapters/csv-table.ts';
import { freeBytes, LEAST_FREE_BYTES } from './adapters/disk-space.ts';
import { inspectTools } from './adapters/installed-tools.ts';
import { createLoopbackBlobs } from './adapters/loopback-blobs.ts';
import { checkP256Signature } from './adapters/p256-signatures.ts';
import { loadVerifyFiles } from './adapters/pack-verify-files.ts';
import { openPrivateFolders } from './adapters/private-folder.ts';
import { createProofFolders } from './adapters/proof-folders.ts';
import { createSqliteAccounts } from './adapters/sqlite-accounts.ts';
import { createSqliteCases } from './adapters/sqlite-cases.ts';
import { createSqliteCustody } from './adapters/sqlite-custody.ts';
import { type Database, openDatabase, pingDatabase } from './adapters/sqlite-database.ts';
import { createSqliteIdempotency } from './adapters/sqlite-idempotency.ts';
import { createSqliteJobs } from './adapters/sqlite-jobs.ts';
import { createSqlitePacks } from './adapters/sqlite-packs.ts';
import { createSqlitePlans } from './adapters/sqlite-plans.ts';
import { createSqlitePresence } from './adapters/sqlite-presence.ts';
import { createSqliteRecordings } from './adapters/sqlite-recordings.ts';
import { openVault, type Vault } from './adapters/vault.ts';
import { createApp } from './app.ts';
import { DEFAULT_CODE_LISTS } from './cases/code-lists.ts';
import { createImportCases } from './cases/import-cases.ts';
import { approveNarrative } from './cases/narrative-review.ts';
import { presentCase } from './cases/present.ts';
import { createRecordedImport } from './cases/record-import.ts';
import { createSelectCases } from './cases/select-cases.ts';
import { summariseCases } from './cases/summarise-cases.ts';
import { composeRoutes } from './compose-routes.ts';
import { composeTools, TEMPLATES_DIR, type Tools } from './compose-tools.ts';
import type { Config } from './config.ts';
import { createCustodyLog } from './custody/custody-log.ts';
import { createAnalyseRecording } from './footage/analyse-recording.ts';
import { createIngestRecording } from './footage/ingest-recording.ts';
import { createKeepCopy } from './footage/keep-copy.ts';
import { vehiclesOnly } from './footage/presence-log.ts';
import { publishPresence } from './footage/presence-published.ts';
import { presenceStates } from './footage/presence-states.ts';
import { createRedactRecordedStill } from './footage/redact-recorded-still.ts';
import { createRedactRecording } from './footage/redact-recording.ts';
import { redactionReceipt } from './footage/redaction-receipt.ts';
import { createOncePerKey } from './http/idempotency.ts';
import type { Route } from './http/route.ts';
import { createJobHandlers } from './job-handlers.ts';
import { createJobs } from './jobs/jobs.ts';
import { startJobWorker } from './jobs/worker.ts';
import { type RandomBytes, systemRandom } from './kernel/ids.ts';
import { type Clock, systemClock } from './kernel/time.ts';
import { inEveryLanguage, packTexts } from './pack-texts.ts';
import { createBuildPack } from './packs/build-pack.ts';
import { createGatherPack } from './packs/gather-pack.ts';
import { createRenderPack } from './packs/render-pack.ts';
import { createSealPack } from './packs/seal-pack.ts';

/** What works only while the vault is open. */
export type OpenHouse = Awaited<ReturnType<typeof composeOpen>>;

/** Everything, built once. */
export interface House {
  readonly app: ReturnType<typeof createApp>;
  readonly addUser: AddUser;
  /** Every route of `/api/v1`. */
  readonly routes: readonly Route[];
  readonly tools: Tools;
  /** Null while the vault is locked. */
  readonly open: OpenHouse | null;
  close(): Promise<void>;
}

/** Each may use every core by itself; a second one keeps short work from waiting for long work. */
const JOBS_AT_ONCE = 2;

/** Name of the custody log in its checkpoints. It names no place and no organisation. */
const LOG_ORIGIN = 'dalil/custody';

/**
 * Opens the database, and the vault if its secret is configured, and builds every adapter and use
 * case once.
 *
 * @param parts.works - whether waiting jobs are done here; only the service does them.
 * @throws {VaultError} when database or vault cannot be opened; a vault without a secret stays
 *   locked.
 */
export async function compose(
  config: Config,
  parts: { clock?: Clock; random?: RandomBytes; log?: Logger; works?: boolean } = {},
): Promise<House> {
  const { clock = systemClock, random = systemRandom, log = pino({ enabled: false }) } = parts;
  const { dataDir } = config;
  const database = await openDatabase({ dataDir });
  const tools = composeTools(config);
  try {
    const vault = await openVault({
      dataDir,
      database,
      passphrase: config.vaultPassphrase,
      keyFile: config.vaultKeyFile,
      random,
    });
    const open =
      vault === null ? null : await composeOpen({ config, database, vault, tools, clock, random });
    const worker =
      open === null || !parts.works
        ? null
        : startJobWorker({
            jobs: open.jobs,
            atOnce: JOBS_AT_ONCE,
            onCrash: (err) => log.error({ err }, 'job worker failed'),
          });
    const accounts = createSqliteAccounts({ database });
    const passwords = createArgon2Passwords({ random });
    const sessions = createSessions({ sessions: accounts, users: accounts, clock, random });
    const routes = composeRoutes({
      open: () => open,
      tools,
      signIn: createSignIn({ users: accounts, attempts: accounts, passwords, sessions, clock }),
      sessions,
      secureCookies: config.publicUrl?.startsWith('https:') ?? false,
      clock,
      onJob: () => worker?.wake(),
    });
    return {
      app: createApp({
        readiness: readinessOf(config, database),
        routes,
        ground: {
          sessions,
          isLocked: () => open === null,
          oncePerKey: createOncePerKey({ store: createSqliteIdempotency({ database }) }),
        },
        version: manifest.version,
        log,
      }),
      routes,
      addUser: createAddUser({ users: accounts, passwords, random }),
      tools,
      open,
      async close() {
        await worker?.stop();
        await open?.close();
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

async function composeOpen(deps: {
  config: Config;
  database: Database;
  vault: Vault;
  tools: Tools;
  clock: Clock;
  random: RandomBytes;
}) {
  const { config, database, vault, tools, clock, random } = deps;
  const { blobs, sealer, namer, keys } = vault;
  const lists = DEFAULT_CODE_LISTS;
  const folders = openPrivateFolders({ dataDir: config.dataDir, random });
  const loopback = createLoopbackBlobs({ blobs, random });
  const sourceOf = (blob: string) => blobMediaSource(loopback, blob);

  const custody = createCustodyLog({
    store: createSqliteCustody({ database, sealer }),
    signer: await keys.signer('custody'),
    clock,
    random,
    origin: LOG_ORIGIN,
  });
  const recordCustody = custody.record;

  const cases = createSqliteCases({ db: database, sealer, namer, lists });
  const recordings = createSqliteRecordings({ database, sealer });
  const presence = createSqlitePresence({ database, sealer, random });
  const { analyseFootage, redactFootage, redactStill } = tools;
  const analyseRecording = createAnalyseRecording({
    blobs,
    recordings,
    sourceOf,
    analyseFootage,
    recordCustody,
  });
  const keepCopy = createKeepCopy({ recordings, recordCustody, random });
  const redactRecording = createRedactRecording({
    blobs,
    recordings,
    sourceOf,
    redactFootage,
    folders: createProofFolders(folders),
    keepCopy,
  });
  const redactRecordedStill = createRedactRecordedStill({
    blobs,
    recordings,
    redactStill,
    keepCopy,
  });

  const packs = createSqlitePacks({ database, sealer });
  const { templates, renderLetter, renderAnnex } = await tools.letters();
  const sealPack = createSealPack({
    packs,
    blobs,
    signer: () => keys.signer('pack'),
    checkSignature: checkP256Signature,
    writeArchive,
    verifyFiles: () => loadVerifyFiles(TEMPLATES_DIR),
  });
  const selectCases = createSelectCases({ store: cases });
  const gatherPack = createGatherPack({
    selectCases,
    decisionsOf: cases.decisionsOf,
    summarise: (counted) => summariseCases(counted, lists),
    approve: approveNarrative,
    present: (given) => presentCase({ ...given, lists }),
    recordings,
    presenceOf: async (log) =>
      publishPresence(presenceStates(vehiclesOnly(await presence.log(log)))),
    random,
  });
  const buildPack = createBuildPack({
    gatherPack,
    renderPack: createRenderPack({
      renderLetter,
      renderAnnex,
      texts: packTexts(templates.messages),
    }),
    sealPack,
    packs,
    blobs,
    custody,
    receiptOf: (given) => redactionReceipt(given),
    withheldReason: inEveryLanguage(templates.messages, 'pack.withheld'),
    generator: manifest.version,
    clock,
    random,
  });

  return {
    lists,
    cases,
    importCases: createRecordedImport({
      importCases: createImportCases({
        store: cases,
        readTable: createCsvTable(),
        lists,
        clock,
        random,
      }),
      recordReceipt: recordCustody,
    }),
    selectCases,
    packs,
    gatherPack,
    buildPack,
    sealPack,
    blobs,
    recordings,
    plans: createSqlitePlans({ database, sealer }),
    presence,
    sourceOf,
    ingestRecording: createIngestRecording({ blobs, recordings, recordCustody, random }),
    analyseRecording,
    redactRecording,
    redactRecordedStill,
    custody,
    keys,
    jobs: createJobs({
      store: createSqliteJobs({ database, sealer }),
      clock,
      namer,
      random,
      handlers: createJobHandlers({
        analyseRecording,
        redactRecording,
        redactRecordedStill,
        buildPack,
      }),
    }),
    close: () => loopback.close(),
  };
}

function readinessOf(config: Config, database: Database) {
  const tool = (name: string) => async () => {
    const found = (await inspectTools(config)).find((one) => one.name === name);
    if (found?.version == null) throw new Error('missing');
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
