import { fromBase64, toBase64 } from './base64.ts';
import { WHOLE_NUMBER_DIGITS } from './whole-number.ts';

const FORM = new RegExp(String.raw`^([^\n]+)\n(${WHOLE_NUMBER_DIGITS})\n([A-Za-z0-9+/]{43}=)\n$`);

/** What a checkpoint says of a log. */
export interface Checkpoint {
  readonly origin: string;
  /** Number of leaves. */
  readonly size: number;
  /** Root of the tree of that size, 32 bytes. */
  readonly root: Uint8Array;
}

/**
 * The text of a checkpoint: origin, size and root, a line each.
 *
 * @see https://github.com/C2SP/C2SP/blob/main/tlog-checkpoint.md
 */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** Reads the text of a checkpoint; null when it is not exactly of that form. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const match = FORM.exec(text);
  if (match === null) return null;
  const [, origin = '', size = '', base64 = ''] = match;
  const root = fromBase64(base64);
  return root === null ? null : { origin, size: Number(size), root };
}
