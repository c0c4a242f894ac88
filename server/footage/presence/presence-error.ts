import { CodedError } from '../../kernel/errors.ts';

/** What can go wrong with a presence log. */
export type PresenceErrorCode = 'PRESENCE_LOG_INVALID' | 'PRESENCE_LOG_UNKNOWN';

/** An error about a presence log; `message` names fields, never what stands in them. */
export class PresenceError extends CodedError<PresenceErrorCode> {}
