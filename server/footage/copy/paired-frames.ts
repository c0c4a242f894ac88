/**
 * Lets two readers of frames that run at their own pace meet: `put` waits while `ahead` frames lie
 * waiting, `take` waits for one. Either side may end first without leaving the other waiting.
 */
export interface PairedFrames {
  put(frame: Uint8Array): Promise<void> | undefined;
  /** The next frame; null when there are no more. It may be overwritten as soon as the one after is taken. */
  take(): Promise<Uint8Array | null>;
  /** No more will be put. */
  endPutting(): void;
  /** No more will be taken: `put` no longer waits. */
  endTaking(): void;
}

/** Makes a meeting place that holds at most `ahead` frames. */
export function createPairedFrames(ahead = 8): PairedFrames {
  const waiting: Uint8Array[] = [];
  // Arrays are used over and over: new ones for every frame would pile up before they are collected.
  const free: Uint8Array[] = [];
  let lent: Uint8Array | null = null;
  let wake: (() => void) | null = null;
  let ended = false;
  let abandoned = false;
  const change = () => {
    wake?.();
    wake = null;
  };
  const changed = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  return {
    put(frame) {
      if (abandoned) return undefined;
      const place = free.pop() ?? new Uint8Array(frame.length);
      place.set(frame);
      waiting.push(place);
      change();
      if (waiting.length < ahead) return undefined;
      return (async () => {
        while (waiting.length >= ahead && !abandoned) await changed();
      })();
    },
    async take() {
      while (waiting.length === 0 && !ended) await changed();
      if (lent !== null) free.push(lent);
      lent = waiting.shift() ?? null;
      change();
      return lent;
    },
    endPutting() {
      ended = true;
      change();
    },
    endTaking() {
      abandoned = true;
      waiting.length = 0;
      change();
    },
  };
}
