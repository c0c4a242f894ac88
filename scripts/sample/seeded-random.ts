import { createHash } from 'node:crypto';

/** A repeatable source of choices. */
export interface SeededRandom {
  /** A whole number from 0 up to, without, `below` (at most 2^32). */
  below(below: number): number;
  /** A new array with the items in another order. */
  shuffled<Item>(items: readonly Item[]): Item[];
  /** One of the items. */
  pick<Item>(items: readonly Item[]): Item;
}

/** Choices drawn from SHA-256 over the seed and a counter: the same on every machine for ever. */
export function createSeededRandom(seed: string): SeededRandom {
  let block = Buffer.alloc(0);
  let at = 0;
  let counter = 0;

  function next(): number {
    if (at >= block.length) {
      block = createHash('sha256').update(`${seed}/${counter++}`).digest();
      at = 0;
    }
    const value = block.readUInt32BE(at);
    at += 4;
    return value;
  }

  function below(limit: number): number {
    // Values past the last whole multiple are thrown away, so that every result is equally likely.
    const fair = 2 ** 32 - (2 ** 32 % limit);
    for (;;) {
      const value = next();
      if (value < fair) return value % limit;
    }
  }

  return {
    below,
    pick: (items) => items[below(items.length)]!,
    shuffled(items) {
      const mixed = [...items];
      for (let i = mixed.length - 1; i > 0; i--) {
        const j = below(i + 1);
        [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
      }
      return mixed;
    },
  };
}
