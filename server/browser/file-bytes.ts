import type { PackBytes } from '../verification/ports.ts';

/** Short enough for the page to stay at hand between two parts. */
const PART_BYTES = 2 * 1_048_576;

/** A pack that somebody chose; the browser reads on while a part is being hashed. */
export function packOfFile(file: Blob): PackBytes {
  return {
    sizeBytes: file.size,
    async *read(start, end) {
      const range = file.slice(start, Math.min(end, file.size));
      if (range.size === 0) return;
      if (range.size > PART_BYTES) yield* inParts(range.stream());
      else yield new Uint8Array(await range.arrayBuffer());
    },
  };
}

async function* inParts(stream: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
  const reader = readerOf(stream);
  try {
    for (let part = await reader.next(); part !== null; part = await reader.next()) yield part;
  } finally {
    await reader.cancel();
  }
}

/**
 * Every part is read into the same memory: to be given new memory costs a browser more time than to read.
 * Where a browser's files are no streams of bytes yet, it is new each time.
 */
function readerOf(stream: ReadableStream<Uint8Array>) {
  try {
    const reader = stream.getReader({ mode: 'byob' });
    let memory = new ArrayBuffer(PART_BYTES);
    return {
      async next(): Promise<Uint8Array | null> {
        const { done, value } = await reader.read(new Uint8Array(memory));
        if (done) return null;
        memory = value.buffer;
        return value;
      },
      cancel: () => reader.cancel(),
    };
  } catch {
    const reader = stream.getReader();
    return {
      next: async (): Promise<Uint8Array | null> => (await reader.read()).value ?? null,
      cancel: () => reader.cancel(),
    };
  }
}
