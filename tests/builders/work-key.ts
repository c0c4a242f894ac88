import { createRecordingsKey } from '../../server/adapters/recordings-key.ts';
import { createWorkSecret } from '../../server/adapters/work-secret.ts';
import { aTemporaryFolder } from './temporary-folder.ts';

/** The key of recordings on the machine whose folder of state is `state`; of another machine each time without. */
export function workKey(sourcePaths: readonly string[], state = aTemporaryFolder()) {
  return createRecordingsKey({ sourcePaths, secret: createWorkSecret(state) });
}
