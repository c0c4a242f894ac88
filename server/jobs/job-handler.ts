import type { JsonValue } from '../kernel/canonical-json.ts';

/** What a handler is given besides its input. */
export interface JobContext {
  /** Says how far it has come, as often as it likes. */
  progress(done: number, total: number, unit: string): void;
  /** Aborted when the work should stop: it was cancelled, interrupted, or lost to another process. */
  readonly signal: AbortSignal;
}

/**
 * Does one kind of work. It may be started again after a crash, so whatever it leaves behind it
 * must find again or replace. An error that it throws is final; its message is kept if it is a
 * `CodedError`.
 */
export type JobHandler = (input: JsonValue, context: JobContext) => Promise<JsonValue>;

/** Handlers by kind. */
export type JobHandlers = ReadonlyMap<string, JobHandler>;
