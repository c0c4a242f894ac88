import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, constants, openSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { FootageError } from '../../footage/errors.ts';
import { TOOL_ENVIRONMENT } from './ffmpeg-process.ts';

/** Both ends of a pipe, as open files. */
export interface PipeEnds {
  readonly readEnd: number;
  readonly writeEnd: number;
}

/**
 * Makes a pipe of which this process holds both ends. Node cannot make one, so it has a name for a moment.
 *
 * @param workFolder - a private folder; nothing stays in it.
 * @throws {FootageError} `TOOL_MISSING` when no pipe can be made.
 */
export async function openNamedPipe(workFolder: string): Promise<PipeEnds> {
  const name = path.join(workFolder, `pipe-${randomBytes(8).toString('hex')}`);
  try {
    await promisify(execFile)('mkfifo', ['-m', '600', '--', name], { env: TOOL_ENVIRONMENT });
  } catch (cause) {
    throw new FootageError(
      'TOOL_MISSING',
      'No pipe could be made for the frames of the copy. Install coreutils, and see that the work folder’s disk knows named pipes.',
      { cause },
    );
  }
  try {
    // Opening one end alone would wait for the other; opened for both, neither has to.
    const both = openSync(name, constants.O_RDWR);
    try {
      const readEnd = openSync(name, constants.O_RDONLY);
      return { readEnd, writeEnd: openSync(name, constants.O_WRONLY) };
    } finally {
      closeSync(both);
    }
  } finally {
    await rm(name, { force: true });
  }
}
