/**
 * The base of every error that Dalil raises on purpose.
 *
 * Each folder declares one subclass with a closed union of codes. `message` is safe to show to
 * anybody: what failed, why, and how to mend it, without case data, paths or tool output. What is
 * only for the log travels as `cause`.
 */
export abstract class CodedError<Code extends string = string> extends Error {
  readonly code: Code;

  constructor(code: Code, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}
