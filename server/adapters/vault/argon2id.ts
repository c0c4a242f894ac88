import { type Argon2Parameters, argon2 } from 'node:crypto';
import { promisify } from 'node:util';

/** How much work a guess costs. */
export interface Argon2Cost {
  readonly memoryKib: number;
  readonly passes: number;
  readonly lanes: number;
}

/** RFC 9106, 4: the second recommended option. */
export const ARGON2_COST: Argon2Cost = { memoryKib: 64 * 1024, passes: 3, lanes: 4 };

const derive = promisify(
  (parameters: Argon2Parameters, done: (error: Error | null, key: Buffer) => void) =>
    argon2('argon2id', parameters, done),
);

let last: Promise<unknown> = Promise.resolve();

/**
 * Argon2id (RFC 9106) of words that a person typed, 32 bytes. One after the other: each takes its
 * memory, and many who sign in at once must not take all of it.
 */
export async function argon2id(
  words: string,
  salt: Uint8Array,
  { memoryKib, passes, lanes }: Argon2Cost,
): Promise<Uint8Array> {
  const turn = last.then(() =>
    derive({
      // Composed, so that the same words typed on another system are the same.
      message: words.normalize('NFC'),
      nonce: salt,
      memory: memoryKib,
      passes,
      parallelism: lanes,
      tagLength: 32,
    }),
  );
  last = turn.catch(() => {});
  return new Uint8Array(await turn);
}
