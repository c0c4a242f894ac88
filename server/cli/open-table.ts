import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { FileError } from './exit-codes.ts';

/** Opens a table to be read piece by piece. @throws {FileError} `FILE_UNREADABLE`. */
export async function openTable(file: string): Promise<AsyncIterable<Uint8Array>> {
  const stream = createReadStream(file);
  try {
    await once(stream, 'open');
    return stream;
  } catch (cause) {
    throw new FileError(
      'FILE_UNREADABLE',
      'The table cannot be opened. Check its name and that it may be read.',
      { cause },
    );
  }
}
