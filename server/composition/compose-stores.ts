import { createSqliteAccounts } from '../adapters/sqlite/sqlite-accounts.ts';
import { createSqliteCases } from '../adapters/sqlite/sqlite-cases.ts';
import { type Database, purgeDeleted } from '../adapters/sqlite/sqlite-database.ts';
import { createSqliteImports } from '../adapters/sqlite/sqlite-imports.ts';
import { createSqliteLetterConfirmations } from '../adapters/sqlite/sqlite-letter-confirmations.ts';
import { createSqliteLetterVariants } from '../adapters/sqlite/sqlite-letter-variants.ts';
import { createSqlitePacks } from '../adapters/sqlite/sqlite-packs.ts';
import { createSqlitePapers } from '../adapters/sqlite/sqlite-papers.ts';
import { createSqlitePictures } from '../adapters/sqlite/sqlite-pictures.ts';
import { createSqlitePlans } from '../adapters/sqlite/sqlite-plans.ts';
import { createSqlitePresence } from '../adapters/sqlite/sqlite-presence.ts';
import { createSqliteRecordings } from '../adapters/sqlite/sqlite-recordings.ts';
import { createSqliteReleaseLedger } from '../adapters/sqlite/sqlite-release-ledger.ts';
import { createSqliteReviews } from '../adapters/sqlite/sqlite-reviews.ts';
import { createSqliteSubmissions } from '../adapters/sqlite/sqlite-submissions.ts';
import { createSqliteTimestamps } from '../adapters/sqlite/sqlite-timestamps.ts';
import { createSqliteWorkStores, type WorkUse } from '../adapters/sqlite/sqlite-work-store.ts';
import type { Vault } from '../adapters/vault/vault.ts';
import type { CodeLists } from '../cases/codes/code-lists.ts';
import type { RandomBytes } from '../kernel/ids.ts';

/** Every store behind the vault. */
export type Stores = ReturnType<typeof composeStores>;

/** Builds them; what is personal in them is sealed by the vault. */
export function composeStores(deps: {
  database: Database;
  vault: Pick<Vault, 'blobs' | 'sealer' | 'namer'>;
  lists: CodeLists;
  random: RandomBytes;
  /** By which version work on recordings is kept, for each use. */
  version: (use: WorkUse) => Promise<string>;
}) {
  const { database, lists, random, version } = deps;
  const { blobs, sealer, namer } = deps.vault;
  return {
    accounts: createSqliteAccounts({ database }),
    cases: createSqliteCases({ db: database, sealer, namer, lists }),
    reviews: createSqliteReviews({ database, sealer }),
    caseImports: createSqliteImports({
      db: database,
      sealer,
      namer,
      purge: () => purgeDeleted(database),
      random,
    }),
    ledger: createSqliteReleaseLedger({ database, sealer }),
    recordings: createSqliteRecordings({ database, sealer }),
    pictures: createSqlitePictures({ database, sealer }),
    plans: createSqlitePlans({ database, sealer }),
    presence: createSqlitePresence({ database, sealer, random }),
    workStores: createSqliteWorkStores({ database, sealer, namer, blobs, version }),
    papers: createSqlitePapers({ database, sealer }),
    confirmations: createSqliteLetterConfirmations({ database, sealer }),
    letterVariants: createSqliteLetterVariants({ database, sealer }),
    packs: createSqlitePacks({ database, sealer }),
    timestamps: createSqliteTimestamps({ database }),
    submissions: createSqliteSubmissions({ database, sealer }),
  };
}
