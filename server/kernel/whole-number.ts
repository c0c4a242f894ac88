import { z } from 'zod';

/** A number of bytes, files or events: of as many digits as every reader, the shell too, takes exactly. */
export const WHOLE_NUMBER = z.int().min(0).max(999_999_999_999_999);

/** The same as it is spelt, for expressions: without zeros in front, which some take for another base. */
export const WHOLE_NUMBER_DIGITS = '(?:0|[1-9][0-9]{0,14})';
