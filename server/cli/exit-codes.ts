import { CodedError } from '../kernel/errors.ts';

/** What a command says when it ends (sysexits are not used: four answers are enough). */
export const EXIT = { ok: 0, no: 1, usage: 2, unreadable: 3 } as const;

/** One of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A command that was called in a way it cannot work. */
export class UsageError extends CodedError<'USAGE'> {
  constructor(message: string, options?: { cause?: unknown }) {
    super('USAGE', message, options);
  }
}

/** A file named on the command line that cannot be read, or not be written. */
export class FileError extends CodedError<'FILE_UNREADABLE' | 'FILE_UNWRITABLE'> {}

/** Errors that say "no" about something that could be read. */
const NO = new Set([
  'PROOF_FAILED',
  'STILL_PROOF_FAILED',
  'TOO_FEW_CASES',
  'DISCLOSURE_RISK',
  'ITEM_UNOPENABLE',
  'ITEM_DISCLOSED',
  'OWNERS_NOT_ASKED',
  'NOTHING_TO_OPEN',
  'PACK_SUPERSEDED',
  'CONSENT_ENDED',
  'PAPERS_CHANGED',
  'TIMESTAMP_REFUSED',
  'IMPORT_OVER',
  'IMPORT_TOUCHED',
]);

/** Errors whose remedy is how Dalil is called, configured or installed. */
const USAGE = new Set([
  'USAGE',
  'CONFIG_INVALID',
  'CONSENT_REQUEST_INVALID',
  'TOOL_MISSING',
  'STILL_TOOL_MISSING',
  'CHROMIUM_MISSING',
  'CHROMIUM_FAILED',
  'FONT_MISSING',
  'WRONG_PASSPHRASE',
  'WRONG_KEY_FILE',
  'KEY_FILE_UNREADABLE',
  'PASSPHRASE_TOO_SHORT',
  'TWO_SECRETS',
  'OTHER_SECRET',
  'KEY_UNSUITABLE',
  'KEY_EXISTS',
  'KEY_UNKNOWN',
  'KEY_REVOKED',
  'MOMENT_INVALID',
  'VAULT_LOCKED',
  'DATABASE_NEWER',
  'DATABASE_UNUSABLE',
  'ADDRESS_UNUSABLE',
  'LOGIN_INVALID',
  'LOGIN_TAKEN',
  'PASSWORD_TOO_SHORT',
  'PACK_UNKNOWN',
  'PACK_UNSEALED',
  'SUBMISSION_UNKNOWN',
  'SUBMISSION_UNCLEAR',
  'DAY_IMPOSSIBLE',
  'REPLY_UNKNOWN',
  'KIT_IMPOSSIBLE',
  'ITEM_UNKNOWN',
  'RECIPIENT_INVALID',
  'IMPORT_UNKNOWN',
]);

/** The exit code of an error; what nobody foresaw counts as unreadable input. */
export function exitCodeOf(error: unknown): ExitCode {
  if (!(error instanceof CodedError)) return EXIT.unreadable;
  if (NO.has(error.code)) return EXIT.no;
  return USAGE.has(error.code) ? EXIT.usage : EXIT.unreadable;
}
