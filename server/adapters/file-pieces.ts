import { open } from 'node:fs/promises';

const PIECE_BYTES = 131_072;

/**
 * Reads a file piece by piece into one array. A stream makes an array of each reading, and those of
 * hours of footage lie about until 64 MB of them are collected at once.
 *
 * @param span - bytes from and up to; to the end of the file unless told.
 * @returns pieces, each overwritten by the next: whoever keeps one copies it.
 */
export async function* filePieces(
  path: string,
  { from = 0, to = Number.POSITIVE_INFINITY }: { from?: number; to?: number } = {},
): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const room = Buffer.allocUnsafe(PIECE_BYTES);
    for (let at = from; at < to; ) {
      const { bytesRead } = await file.read(room, 0, Math.min(PIECE_BYTES, to - at), at);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield room.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
