import { VaultError } from '../vault/vault-error.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
/** SQLITE_FULL, https://www.sqlite.org/rescode.html#full */
const SQLITE_FULL = 13;
/** SQLITE_BUSY, after the wait for another writer. */
const SQLITE_BUSY = 5;
/** SQLITE_IOERR and its kinds: the low byte is 10. */
const SQLITE_IOERR = 10;

/**
 * What a failure of the disk means for a person: `STORAGE_FULL`, `DATABASE_BUSY` or `STORAGE_FAILED`.
 *
 * @returns null when the error is none of the disk's.
 */
export function storageFailure(cause: unknown): VaultError | null {
  if (!(cause instanceof Error)) return null;
  const { code, errcode, syscall } = cause as Error & {
    code?: unknown;
    errcode?: unknown;
    syscall?: unknown;
  };
  if (FULL.has(String(code)) || errcode === SQLITE_FULL) {
    return new VaultError(
      'STORAGE_FULL',
      'The storage is full, so nothing was kept. Free some space or give Dalil a larger disk, then try again.',
      { cause },
    );
  }
  if (typeof errcode === 'number' && (errcode & 0xff) === SQLITE_BUSY) {
    return new VaultError(
      'DATABASE_BUSY',
      'Another Dalil process is writing to the same data folder. Try again when it is done.',
      { cause },
    );
  }
  const sqliteFailed = typeof errcode === 'number' && (errcode & 0xff) === SQLITE_IOERR;
  if (typeof syscall === 'string' || sqliteFailed) {
    return new VaultError(
      'STORAGE_FAILED',
      'The storage could not be read or written. Check the disk and that Dalil may write to its data folder, then try again.',
      { cause },
    );
  }
  return null;
}
