import { getCompileCacheDir } from 'node:module';
import path from 'node:path';

/**
 * What a thread of ours is started with, so that Node does not make its program anew each time: that takes
 * it as long as to start the thread. The environment of the process is none of its business.
 */
export function threadOptions(): { env: Record<string, string> } {
  const kept = getCompileCacheDir();
  return { env: kept === undefined ? {} : { NODE_COMPILE_CACHE: path.dirname(kept) } };
}
