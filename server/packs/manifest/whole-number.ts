import { z } from 'zod';

/** A number of bytes, files or events: of as many digits as every reader, the shell too, takes exactly. */
export const WHOLE_NUMBER = z.int().min(0).max(999_999_999_999_999);
