import { randomBytes } from 'node:crypto';
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { FileError, UsageError } from './exit-codes.ts';

/** Reads a file that was named on the command line, up to `limitBytes`. */
export async function readInput(file: string, limitBytes: number): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size > limitBytes) {
      throw new FileError(
        'FILE_UNREADABLE',
        `The file is larger than ${sizeText(limitBytes)}, more than any such file needs. Check that it is the right one.`,
      );
    }
    return await readFile(file);
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    throw unreadable(cause);
  }
}

function sizeText(bytes: number): string {
  const isLarge = bytes >= 1_048_576;
  return isLarge ? `${Math.floor(bytes / 1_048_576)} MB` : `${Math.floor(bytes / 1_024)} kB`;
}

/** The first bytes of a file. */
export async function readStart(file: string, lengthBytes: number): Promise<Uint8Array> {
  try {
    const handle = await open(file, 'r');
    try {
      const { bytesRead, buffer } = await handle.read(
        new Uint8Array(lengthBytes),
        0,
        lengthBytes,
        0,
      );
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw unreadable(cause);
  }
}

/** Reads a JSON file. Throws {FileError} when it is none. */
export async function readJson(file: string, limitBytes = 16 * 1_048_576): Promise<unknown> {
  const bytes = await readInput(file, limitBytes);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new FileError(
      'FILE_UNREADABLE',
      'A file that should be JSON in UTF-8 is none. Write it again, or leave it out.',
      { cause },
    );
  }
}

/**
 * Writes a file at once and durably: temporary file → fsync → rename → fsync of the folder. Nothing
 * half-written is ever under its name.
 */
export async function writeOutput(file: string, bytes: Uint8Array | string): Promise<void> {
  const folder = path.dirname(path.resolve(file));
  const temporary = path.join(folder, `.${path.basename(file)}.${randomBytes(6).toString('hex')}`);
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    const directory = await open(folder, 'r');
    await directory.sync().finally(() => directory.close());
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new FileError(
      'FILE_UNWRITABLE',
      'The result cannot be written. Check that the folder exists, may be written and has room.',
      { cause },
    );
  }
}

/** Refuses to write over what is read: the original stays as it is. */
export async function refuseSameFile(input: string, ...outputs: (string | undefined)[]) {
  const original = await realpath(input).catch(() => path.resolve(input));
  const named = outputs.filter((file) => file !== undefined);
  const resolved = await Promise.all(
    named.map((file) => realpath(file).catch(() => path.resolve(file))),
  );
  if (resolved.includes(original) || new Set(resolved).size < resolved.length) {
    throw new UsageError(
      'The result would be written over the original or over another result. Choose other names.',
    );
  }
}

function unreadable(cause: unknown): FileError {
  return new FileError(
    'FILE_UNREADABLE',
    'A file named on the command line cannot be read. Check its name and that it may be read.',
    { cause },
  );
}
