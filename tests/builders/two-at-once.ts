/**
 * Does work for each of many things, two at a time, for programs that use a core each.
 *
 * @returns results in the order of the things. The first failure stops what has not begun.
 */
export async function twoAtOnce<T, R>(
  things: readonly T[],
  work: (thing: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = things.entries();
  const worker = async () => {
    for (const [i, thing] of waiting) results[i] = await work(thing);
  };
  await Promise.all([worker(), worker()]);
  return results;
}
