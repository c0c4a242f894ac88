import { CodedError } from '../../kernel/errors.ts';

/** Why the vault, a blob or a sealed text could not be opened or kept. */
export type VaultErrorCode =
  | 'WRONG_PASSPHRASE'
  | 'WRONG_KEY_FILE'
  | 'KEY_FILE_UNREADABLE'
  | 'PASSPHRASE_TOO_SHORT'
  | 'TWO_SECRETS'
  | 'OTHER_SECRET'
  | 'VAULT_NOT_MADE'
  | 'VAULT_DAMAGED'
  | 'DATABASE_UNUSABLE'
  | 'DATABASE_NEWER'
  | 'DATABASE_BUSY'
  | 'STORAGE_FULL'
  | 'STORAGE_FAILED'
  | 'BLOB_UNKNOWN'
  | 'BLOB_DAMAGED'
  | 'RANGE_INVALID'
  | 'SEALED_TEXT_DAMAGED'
  | 'KEY_UNSUITABLE'
  | 'KEY_EXISTS'
  | 'KEY_UNKNOWN';

/** A vault that does not open, or storage that cannot be trusted or filled any further. */
export class VaultError extends CodedError<VaultErrorCode> {}

/** What to say of an id that names no blob, or one whose key was destroyed. */
export function unknownBlob(): VaultError {
  return new VaultError(
    'BLOB_UNKNOWN',
    'There is no such stored file, or it was destroyed. Look it up in the list again.',
  );
}

/** What to say of a range that does not lie within a blob. */
export function invalidRange(): VaultError {
  return new VaultError(
    'RANGE_INVALID',
    'The part asked for does not lie within the stored file. Ask for bytes within its size.',
  );
}
