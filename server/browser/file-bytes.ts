import type { PackBytes } from '../verification/ports.ts';

/** Short enough for the page to stay at hand between two parts. */
const PART_BYTES = 2 * 1_048_576;

/** A pack that somebody chose: read part by part, the next while the last is being hashed. */
export function packOfFile(file: Blob): PackBytes {
  return {
    sizeBytes: file.size,
    async *read(start, end) {
      const until = Math.min(end, file.size);
      const partAt = (at: number) =>
        at < until ? file.slice(at, Math.min(until, at + PART_BYTES)).arrayBuffer() : null;
      let at = start;
      let coming = partAt(at);
      while (coming !== null) {
        const part = new Uint8Array(await coming);
        at += part.length;
        coming = part.length === 0 ? null : partAt(at);
        // Nobody may be listening any more when this one fails.
        coming?.catch(() => {});
        yield part;
      }
    },
  };
}
