import { z } from 'zod';
import { CodedError } from '../kernel/errors.ts';

/** The body of every error: what failed and how to mend it, never case data, paths or tool output. */
export const PROBLEM_SCHEMA = z.strictObject({
  code: z.string().describe('a constant name of the fault'),
  message: z.string().describe('one sentence: what failed, why, how to mend it'),
  field: z.string().optional().describe('the field that is faulty'),
  incident: z.string().optional().describe('names the entry in the log'),
});

/** The body of an error. */
export type Problem = z.infer<typeof PROBLEM_SCHEMA>;

/** A request that no use case was asked about. */
export class HttpError extends CodedError<
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'REQUEST_INVALID'
  | 'BODY_TOO_LARGE'
  | 'MEDIA_TYPE_UNSUPPORTED'
  | 'CSRF_REFUSED'
  | 'FORBIDDEN'
  | 'VAULT_LOCKED'
  | 'PLAN_OUTDATED'
  | 'VARIANT_OUTDATED'
  | 'IDEMPOTENCY_CONFLICT'
  | 'RANGE_NOT_SATISFIABLE'
  | 'UPLOAD_BROKEN'
  | 'SHUTTING_DOWN'
> {
  readonly field: string | null;

  constructor(
    code: HttpError['code'],
    message: string,
    options: { cause?: unknown; field?: string } = {},
  ) {
    super(code, message, options);
    this.field = options.field ?? null;
  }
}

/** Every code that does not mean "the request cannot be processed as it is" (422). */
const STATUS: Readonly<Record<string, number>> = {
  REQUEST_INVALID: 400,
  UPLOAD_BROKEN: 400,
  NOT_SIGNED_IN: 401,
  SIGN_IN_REFUSED: 401,
  WRONG_PASSPHRASE: 403,
  WRONG_KEY_FILE: 403,
  CSRF_REFUSED: 403,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CASE_UNKNOWN: 404,
  IMPORT_UNKNOWN: 404,
  RECORDING_UNKNOWN: 404,
  COPY_UNKNOWN: 404,
  PRESENCE_LOG_UNKNOWN: 404,
  PACK_UNKNOWN: 404,
  SUBMISSION_UNKNOWN: 404,
  REPLY_UNKNOWN: 404,
  ITEM_UNKNOWN: 404,
  KEY_UNKNOWN: 404,
  JOB_UNKNOWN: 404,
  EVENT_UNKNOWN: 404,
  VARIANT_UNKNOWN: 404,
  PAPER_UNKNOWN: 404,
  CODE_UNKNOWN: 404,
  BLOB_UNKNOWN: 404,
  METHOD_NOT_ALLOWED: 405,
  VAULT_NOT_MADE: 409,
  OTHER_SECRET: 409,
  JOB_HELD: 409,
  JOB_OVER: 409,
  LOGIN_TAKEN: 409,
  REGISTRY_CODE_TAKEN: 409,
  IMPORT_OVER: 409,
  CASE_CHANGED: 409,
  CODE_LISTS_CHANGED: 409,
  IMPORT_TOUCHED: 409,
  PLAN_OUTDATED: 409,
  REVIEW_OUTDATED: 409,
  APPROVER_DECIDED: 403,
  VARIANT_OUTDATED: 409,
  NOT_ANALYSED: 409,
  IDEMPOTENCY_CONFLICT: 409,
  CONTENT_CHANGED: 409,
  PACK_UNSEALED: 409,
  PACK_SUPERSEDED: 409,
  CONSENT_ENDED: 409,
  PAPERS_CHANGED: 409,
  KEY_EXISTS: 409,
  KEY_REVOKED: 409,
  KIT_IMPOSSIBLE: 422,
  ITEM_UNOPENABLE: 410,
  ITEM_DISCLOSED: 409,
  BODY_TOO_LARGE: 413,
  PAPER_TOO_LARGE: 413,
  MEDIA_TYPE_UNSUPPORTED: 415,
  RANGE_NOT_SATISFIABLE: 416,
  VAULT_LOCKED: 423,
  SIGN_IN_LIMITED: 429,
  PRINT_BUSY: 503,
  TIMESTAMP_REFUSED: 503,
  SHUTTING_DOWN: 503,
  DATABASE_BUSY: 503,
  LOG_BUSY: 503,
  TOOL_MISSING: 503,
  CHROMIUM_MISSING: 503,
  PAPER_TOOL_MISSING: 503,
  CHROMIUM_FAILED: 503,
  STORAGE_FULL: 507,
  DISK_TOO_SMALL: 507,
  STORAGE_FAILED: 500,
  REPLY_UNLISTED: 500,
  REPLY_UNCERTAIN: 500,
  REPLY_TOO_LATE: 500,
  VAULT_DAMAGED: 500,
  DATABASE_UNUSABLE: 500,
  BLOB_DAMAGED: 500,
  SEALED_TEXT_DAMAGED: 500,
  LOG_DAMAGED: 500,
  SIGNATURE_FAILED: 500,
  CERTIFICATE_UNREADABLE: 409,
  TEMPLATE_INVALID: 500,
  LEGAL_DATA_INVALID: 500,
  FONT_MISSING: 500,
};

/** The status of a coded error; null for what nobody foresaw. */
export function statusOf(error: unknown): number | null {
  return error instanceof CodedError ? (STATUS[error.code] ?? 422) : null;
}

/** What may be said of an error. */
export function problemOf(error: unknown, incident: string): Problem {
  if (error instanceof HttpError && error.field !== null) {
    return { code: error.code, message: error.message, field: error.field };
  }
  const status = statusOf(error);
  if (error instanceof CodedError && status !== null && status < 500) {
    return { code: error.code, message: error.message };
  }
  if (error instanceof CodedError) return { code: error.code, message: error.message, incident };
  return {
    code: 'UNFORESEEN',
    message: 'Something went wrong that Dalil did not foresee. Report the incident.',
    incident,
  };
}
