import { CodedError } from '../kernel/errors.ts';

/** Why nobody is signed in, or an account cannot be made. */
export type AccountErrorCode =
  | 'LOGIN_INVALID'
  | 'LOGIN_TAKEN'
  | 'PASSWORD_TOO_SHORT'
  | 'SIGN_IN_REFUSED'
  | 'SIGN_IN_LIMITED'
  | 'NOT_SIGNED_IN';

/** An error of this folder; `message` never says whether an account exists. */
export class AccountError extends CodedError<AccountErrorCode> {
  /** Seconds after which another try is allowed; of `SIGN_IN_LIMITED` only. */
  readonly retryAfterS: number | null;

  constructor(
    code: AccountErrorCode,
    message: string,
    options: { cause?: unknown; retryAfterS?: number } = {},
  ) {
    super(code, message, options);
    this.retryAfterS = options.retryAfterS ?? null;
  }
}
