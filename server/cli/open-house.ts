import { compose } from '../compose.ts';
import type { OpenHouse } from '../compose-open.ts';
import { CodedError } from '../kernel/errors.ts';
import type { CommandContext } from './command-context.ts';

/** A command that needs the vault was called without its secret. */
export class LockedError extends CodedError<'VAULT_LOCKED'> {}

/**
 * Runs `use` with the vault open, and closes it whatever happened.
 *
 * @throws {LockedError} when no passphrase or key file is configured.
 */
export async function withOpenHouse<Result>(
  { config }: CommandContext,
  use: (house: OpenHouse) => Promise<Result>,
): Promise<Result> {
  const house = await compose(config);
  try {
    if (house.open !== null) return await use(house.open);
    throw new LockedError(
      'VAULT_LOCKED',
      'The vault is locked. Name its key file in DALIL_VAULT_KEYFILE, or give the passphrase in DALIL_VAULT_PASSPHRASE.',
    );
  } finally {
    await house.close();
  }
}
