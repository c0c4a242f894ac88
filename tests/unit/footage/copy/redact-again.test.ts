import { expect, test } from 'vitest';
import { createRedactAgain } from '../../../../server/footage/copy/redact-again.ts';
import type { Recording, RedactedCopy } from '../../../../server/footage/recording.ts';
import { createMemoryBlobs } from '../../../fakes/memory-blobs.ts';

test('a recording whose analysis is of an earlier version is not said to have failed', async () => {
  const blobs = createMemoryBlobs();
  const earlier = await blobs.put([new TextEncoder().encode('dalil-footage-analysis/0 and more')]);
  const never = () => {
    throw new Error('without an analysis nothing is asked for');
  };
  const redactAgain = createRedactAgain({
    blobs,
    plans: { latestPlan: never, plan: never },
    sourceOf: never,
    redactFootage: never,
    redactStill: never,
    folders: { withFolder: never, pathIn: never, read: never },
  });
  const copy = { mediaType: 'video/mp4', proof: { analysis: '' } } as unknown as RedactedCopy;
  const recording = { kind: 'clip', analysisBlob: earlier.id } as Recording;
  expect(await redactAgain(copy, recording)).toEqual({ why: 'analysis-gone' });
});
