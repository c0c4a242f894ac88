/**
 * Does something now and then, one time after the other, until it is stopped.
 *
 * @param deps.onCrash - told when it failed; it is tried again the next time.
 * @returns what stops it; it does not wait for a run that goes on.
 */
export function startRecurring(deps: {
  everyMs: number;
  run: () => Promise<void>;
  onCrash: (error: unknown) => void;
}): () => void {
  const { everyMs, run, onCrash } = deps;
  let running = false;
  async function once(): Promise<void> {
    if (running) return;
    running = true;
    await run().catch(onCrash);
    running = false;
  }
  const timer = setInterval(once, everyMs);
  void once();
  return () => clearInterval(timer);
}
