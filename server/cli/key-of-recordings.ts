import { createRecordingsKey, type RecordingsKey } from '../adapters/recordings-key.ts';
import { createWorkSecret } from '../adapters/work-secret.ts';
import { stateDir } from '../config.ts';
import type { CommandContext } from './command-context.ts';

/** The key of what a command keeps of its work on these recordings, the one that is shown first. */
export function keyOfRecordings(
  sourcePaths: readonly string[],
  { terminal, signal }: CommandContext,
): RecordingsKey {
  return createRecordingsKey({
    sourcePaths,
    secret: createWorkSecret(stateDir()),
    signal,
    onRead: (done, total) => terminal.progress('Reading the recording', done, total, 'bytes'),
  });
}
