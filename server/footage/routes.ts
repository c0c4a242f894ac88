import type { Route } from '../http/route.ts';
import { type BlobStore, readAll } from '../kernel/blobs.ts';
import { decodeAnalysis } from './analysis/analysis-bytes.ts';
import { FootageError } from './errors.ts';
import { presenceRoutes } from './presence/presence-routes.ts';
import { proposalRoutes } from './proposal-routes.ts';
import type { Recording } from './recording.ts';
import { recordingRoutes } from './recording-routes.ts';
import { redactionRoutes } from './redaction-routes.ts';

type Deps = Omit<Parameters<typeof recordingRoutes>[0], 'analysisOf'> &
  Omit<Parameters<typeof redactionRoutes>[0], 'analysisOf'> &
  Omit<Parameters<typeof proposalRoutes>[0], 'analysisOf'> &
  Parameters<typeof presenceRoutes>[0] & { blobs: () => BlobStore };

/** All routes of the footage. */
export function footageRoutes(deps: Deps): Route[] {
  async function analysisOf({ analysisBlob }: Recording) {
    if (analysisBlob !== null)
      return decodeAnalysis(await readAll(deps.blobs().read(analysisBlob)));
    throw new FootageError('NOT_ANALYSED', 'The recording is not analysed yet. Analyse it first.');
  }
  return [
    ...recordingRoutes({ ...deps, analysisOf }),
    ...redactionRoutes({ ...deps, analysisOf }),
    ...proposalRoutes({ ...deps, analysisOf }),
    ...presenceRoutes(deps),
  ];
}
