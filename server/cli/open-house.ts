import { pino } from 'pino';
import { openDatabase } from '../adapters/sqlite/sqlite-database.ts';
import { openVault } from '../adapters/vault/vault.ts';
import { composeOpen, type OpenHouse } from '../composition/compose-open.ts';
import { CodedError } from '../kernel/errors.ts';
import { systemRandom } from '../kernel/ids.ts';
import { systemClock } from '../kernel/time.ts';
import type { CommandContext } from './command-context.ts';

/** A command that needs the vault was called without its secret. */
export class LockedError extends CodedError<'VAULT_LOCKED'> {}

/**
 * Runs `use` with the vault open, and closes it whatever happened. Jobs that it asks for wait for
 * the service.
 *
 * @throws {LockedError} when no passphrase or key file is configured.
 */
export async function withOpenHouse<Result>(
  { config, ...context }: CommandContext,
  use: (house: OpenHouse) => Promise<Result>,
): Promise<Result> {
  const { dataDir, vaultPassphrase: passphrase, vaultKeyFile: keyFile } = config;
  const parts = { clock: systemClock, random: systemRandom };
  const database = await openDatabase({ dataDir });
  try {
    const vault = await openVault({ dataDir, database, passphrase, keyFile, ...parts });
    if (vault === null) {
      throw new LockedError(
        'VAULT_LOCKED',
        'The vault is locked. Name its key file in DALIL_VAULT_KEYFILE, or give the passphrase in DALIL_VAULT_PASSPHRASE.',
      );
    }
    const tools = await context.tools();
    const log = pino({ enabled: false });
    const house = await composeOpen({ config, database, vault, tools, log, ...parts });
    try {
      return await use(house);
    } finally {
      await house.close();
    }
  } finally {
    await database.destroy();
  }
}
