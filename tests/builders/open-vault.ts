import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { type Database, openDatabase } from '../../server/adapters/sqlite/sqlite-database.ts';
import { openVault, type Vault } from '../../server/adapters/vault/vault.ts';
import { aTemporaryFolder } from './temporary-folder.ts';

/** An open database in a fresh folder, closed when the test is over. */
export async function aDatabase(dataDir = aTemporaryFolder()): Promise<Database> {
  const database = await openDatabase({ dataDir });
  onTestFinished(() => database.destroy());
  return database;
}

/** A real vault in a fresh folder. It opens with a key file: a passphrase would take longer. */
export async function aVault(
  dataDir = aTemporaryFolder(),
): Promise<{ dataDir: string; database: Database; vault: Vault }> {
  const keyFile = path.join(aTemporaryFolder(), 'vault.key');
  writeFileSync(keyFile, Buffer.alloc(32, 'key'));
  const database = await aDatabase(dataDir);
  const vault = (await openVault({ dataDir, database, keyFile }))!;
  return { dataDir, database, vault };
}
