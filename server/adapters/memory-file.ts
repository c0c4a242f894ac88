import { randomBytes } from 'node:crypto';
import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs';
import path from 'node:path';

/** A file system in memory: what is written there is on no disk. */
const MEMORY_FOLDER = '/dev/shm';

/**
 * An open file with these bytes, without a name and on no disk, for a program that reads no pipe: it
 * is told `/proc/self/fd/N`. It is gone when it is closed, or with the process.
 *
 * @throws the system's error when there is no room.
 */
export function fileInMemory(bytes: Uint8Array): number {
  const name = path.join(MEMORY_FOLDER, `dalil-${process.pid}-${randomBytes(8).toString('hex')}`);
  const file = openSync(name, 'wx+', 0o600);
  try {
    unlinkSync(name);
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    return file;
  } catch (cause) {
    closeSync(file);
    throw cause;
  }
}
