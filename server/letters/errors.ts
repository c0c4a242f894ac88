import { CodedError } from '../kernel/errors.ts';

/** What can go wrong with a letter, its legal data, its templates and its printing. */
export type LetterErrorCode =
  | 'MODEL_UNREADABLE'
  | 'MODEL_INVALID'
  | 'LEGAL_DATA_INVALID'
  | 'TEMPLATE_INVALID'
  | 'LETTER_NOT_READY'
  | 'GROUND_UNKNOWN'
  | 'TERM_UNKNOWN'
  | 'TEXT_UNKNOWN'
  | 'VARIANT_UNKNOWN'
  | 'PAPER_UNKNOWN'
  | 'PAPER_UNREADABLE'
  | 'PAPER_REFUSED'
  | 'PAPER_TOO_LARGE'
  | 'PAPER_TOOL_MISSING'
  | 'CHROMIUM_MISSING'
  | 'CHROMIUM_FAILED'
  | 'PRINT_BUSY'
  | 'PRINT_TIMED_OUT'
  | 'PRINT_FAILED'
  | 'FONT_MISSING'
  | 'FONT_LACKS_CHARACTERS';

/** An error of this folder; `message` names fields and remedies, never what a letter says. */
export class LetterError extends CodedError<LetterErrorCode> {
  /** One sentence per fault: the field, and what is expected of it. Empty where there is one fault. */
  readonly faults: readonly string[];

  constructor(
    code: LetterErrorCode,
    message: string,
    options: { cause?: unknown; faults?: readonly string[] } = {},
  ) {
    super(code, message, options);
    this.faults = options.faults ?? [];
  }
}
