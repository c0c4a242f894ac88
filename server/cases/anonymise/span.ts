import type { FindType } from './find.ts';

/** A stretch of the raw text that was replaced. Offsets: UTF-16 units of the raw text. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly type: FindType;
  readonly replacement: string;
  readonly rule: string;
}
