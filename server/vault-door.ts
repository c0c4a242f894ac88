import type { JobWorker } from './jobs/worker.ts';

/** The vault, which may be opened and locked while the service runs. */
export interface VaultDoor<House> {
  /** What works behind it; null while it is locked. */
  readonly house: House | null;
  /**
   * Opens it by a secret, and begins to do waiting jobs. Nothing happens when it is open already: but
   * the secret must be right all the same.
   */
  open(secret: VaultSecretGiven): Promise<void>;
  /** Locks it: jobs that run go back to the queue, and what is kept of its keys is let go. */
  lock(): Promise<void>;
  /** Begins no more jobs; those that run go back to the queue. It stays open. */
  rest(): Promise<void>;
  /** There is a new job. */
  wake(): void;
}

/** A passphrase, or the bytes of a key file. */
export type VaultSecretGiven =
  | { readonly passphrase: string; readonly makes: boolean }
  | { readonly keyBytes: Uint8Array; readonly makes: boolean };

/**
 * Creates the door, locked or with the house that stands open already. Openings and lockings happen
 * one after the other.
 *
 * @param deps.unlock - opens the vault and builds what needs it; throws for a wrong secret.
 * @param deps.startWorker - begins to do jobs.
 */
export function createVaultDoor<House extends { close(): Promise<void> }>(deps: {
  unlock: (secret: VaultSecretGiven) => Promise<House>;
  startWorker: (house: House) => JobWorker;
  house: House | null;
}): VaultDoor<House> {
  const { unlock, startWorker } = deps;
  let house = deps.house;
  let worker = house === null ? null : startWorker(house);
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const turn = last.then(act, act);
    last = turn.catch(() => {});
    return turn;
  }

  return {
    get house() {
      return house;
    },
    open: (secret) =>
      inTurn(async () => {
        const opened = await unlock(secret);
        if (house !== null) return await opened.close();
        house = opened;
        worker = startWorker(opened);
      }),
    lock: () =>
      inTurn(async () => {
        const [left, resting] = [house, worker];
        house = null;
        worker = null;
        await resting?.stop();
        await left?.close();
      }),
    rest: () =>
      inTurn(async () => {
        await worker?.stop();
      }),
    wake: () => worker?.wake(),
  };
}
