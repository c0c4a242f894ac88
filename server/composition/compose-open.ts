import type { Logger } from 'pino';
import { createSqliteCodeLists } from '../adapters/sqlite/sqlite-code-lists.ts';
import { createSqliteCustody } from '../adapters/sqlite/sqlite-custody.ts';
import type { Database } from '../adapters/sqlite/sqlite-database.ts';
import { createSqliteJobs } from '../adapters/sqlite/sqlite-jobs.ts';
import { forgetOldWork } from '../adapters/sqlite/sqlite-old-work.ts';
import type { WorkUse } from '../adapters/sqlite/sqlite-work-store.ts';
import type { Vault } from '../adapters/vault/vault.ts';
import { DEFAULT_CODE_LISTS } from '../cases/codes/code-lists.ts';
import { createEditCodeLists } from '../cases/codes/edit-code-lists.ts';
import type { Config } from '../config.ts';
import { createCustodyLog } from '../custody/custody-log.ts';
import { analysisWorkVersion, copyWorkVersion } from '../footage/work-version.ts';
import { createJobs } from '../jobs/jobs.ts';
import type { RandomBytes } from '../kernel/ids.ts';
import type { Clock } from '../kernel/time.ts';
import type { BuildPack } from '../packs/build-pack.ts';
import type { ReproducePack } from '../packs/reproduce-pack.ts';
import { composeCases } from './compose-cases.ts';
import { composeFootage } from './compose-footage.ts';
import { composeLetters } from './compose-letters.ts';
import { composePacks } from './compose-packs.ts';
import { composeResponses } from './compose-responses.ts';
import { composeStores } from './compose-stores.ts';
import type { Tools } from './compose-tools.ts';
import { createJobHandlers } from './job-handlers.ts';

/** What works only while the vault is open. */
export type OpenHouse = Awaited<ReturnType<typeof composeOpen>>;

/** Name of the custody log in its checkpoints. It names no place and no organisation. */
const LOG_ORIGIN = 'dalil/custody';

/** Builds every adapter and use case that needs the vault. */
export async function composeOpen(deps: {
  config: Config;
  database: Database;
  vault: Vault;
  tools: Tools;
  clock: Clock;
  random: RandomBytes;
  log: Logger;
}) {
  const { config, database, vault, tools, clock, random, log } = deps;
  const { blobs, sealer, namer, keys } = vault;
  const editLists = createEditCodeLists({
    store: createSqliteCodeLists({ database, sealer }),
    shipped: DEFAULT_CODE_LISTS,
    clock,
  });
  // One object for everybody who was given the lists: what it holds follows what was edited.
  const lists = { ...(await editLists.current()).lists };
  const followLists = async () => Object.assign(lists, (await editLists.current()).lists);
  const custody = createCustodyLog({
    store: createSqliteCustody({ database, sealer }),
    signer: await keys.signer('custody'),
    clock,
    random,
    origin: LOG_ORIGIN,
  });

  const version = async (use: WorkUse) =>
    use === 'copy' ? copyWorkVersion(await tools.media.toolVersions()) : analysisWorkVersion();
  const stores = composeStores({ database, vault, lists, random, version });
  const letters = await tools.letters();
  const given = { stores, blobs, lists, tools, letters, custody, clock, random };
  const { messages } = letters.templates;
  const cases = composeCases({ ...given, messages });
  const footage = composeFootage({ ...given, dataDir: config.dataDir });
  const letterParts = composeLetters(given);
  const packs = composePacks({ ...given, config, vault, cases, footage, letterParts });
  const { letterRules } = letterParts;
  const { hasConsentEnded, stampLater } = packs;
  const responses = composeResponses({ ...given, letterRules, hasConsentEnded });

  // Jobs run in a process of their own, which does not see what was edited in another.
  const buildPack: BuildPack = async (...order) => {
    await followLists();
    return await packs.buildPack(...order);
  };
  const reproducePack: ReproducePack = async (id, options) => {
    // In the words of then; asked by a command, which does nothing beside.
    Object.assign(lists, await editLists.at((await stores.packs.draft(id)).sealedAt));
    return await packs.reproducePack(id, options);
  };
  const jobs = createJobs({
    store: createSqliteJobs({ database, sealer }),
    clock,
    namer,
    random,
    onFailure: ({ id, kind }, err) => log.warn({ job: id, kind, err }, 'job failed'),
    handlers: createJobHandlers({ ...footage, buildPack, stampLater }),
  });

  // Texts of a table that nobody accepted must not wait for the next import to go.
  await stores.caseImports
    .forgetOld(clock.now())
    .catch((err) => log.warn({ err }, 'imports that nobody accepted are still there'));

  return {
    ...stores,
    ...cases,
    ...footage,
    ...letterParts,
    ...packs,
    ...responses,
    blobs,
    custody,
    keys,
    lists,
    codeLists: {
      ...editLists,
      async replace(...edit: Parameters<typeof editLists.replace>) {
        const edition = await editLists.replace(...edit);
        await followLists();
        return edition;
      },
      async retire(...edit: Parameters<typeof editLists.retire>) {
        const edition = await editLists.retire(...edit);
        await followLists();
        return edition;
      },
    },
    buildPack,
    reproducePack,
    /** For the process that does the jobs. */
    vaultKey: vault.key(),
    jobs,
    /** Forgets work that nobody finds any more: see `forgetOldWork`. */
    async forgetOldWork() {
      const versions = { copy: await version('copy'), analysis: await version('analysis') };
      return await forgetOldWork({ database, blobs, versions });
    },
    /** Asks again the authorities that gave no time stamp to a pack, as jobs. */
    async retryTimestamps() {
      for (const wanted of await stampLater.lacking()) await jobs.submit('stamp-pack', wanted);
    },
    close: () => footage.closeFootage(),
  };
}
