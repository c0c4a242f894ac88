type Numbers = Int16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/**
 * Numbers of which more come while nobody knows how many: of hours of footage there are millions, and
 * an array of objects would take ten times the room. Plain data, so that it can be written down as it is.
 */
export interface GrowingNumbers<T extends Numbers> {
  /** How many of `numbers` count. */
  length: number;
  numbers: T;
}

/** An empty list of numbers from −32,768 to 32,767. */
export function growingInt16(): GrowingNumbers<Int16Array<ArrayBuffer>> {
  return { length: 0, numbers: new Int16Array(16) };
}

/** An empty list of numbers from 0 to 2³² − 1. */
export function growingUint32(): GrowingNumbers<Uint32Array<ArrayBuffer>> {
  return { length: 0, numbers: new Uint32Array(16) };
}

/** Adds numbers at the end. */
export function append(list: GrowingNumbers<Numbers>, ...values: readonly number[]): void {
  const { length, numbers } = list;
  if (length + values.length > numbers.length) {
    const room = Math.max(length + values.length, Math.ceil(1.5 * numbers.length));
    const larger = numbers instanceof Int16Array ? new Int16Array(room) : new Uint32Array(room);
    larger.set(numbers);
    list.numbers = larger;
  }
  for (const value of values) list.numbers[list.length++] = value;
}

/** A copy of the numbers that count. */
export function contentOf<T extends Numbers>(list: GrowingNumbers<T>): T {
  return list.numbers.slice(0, list.length) as T;
}
