import { blobMediaSource } from '../adapters/blob-media-source.ts';
import { createLoopbackBlobs } from '../adapters/loopback-blobs.ts';
import { openPrivateFolders } from '../adapters/private-folder.ts';
import { createProofFolders } from '../adapters/proof-folders.ts';
import type { Vault } from '../adapters/vault/vault.ts';
import type { CustodyLog } from '../custody/custody-log.ts';
import { createAnalyseRecording } from '../footage/analysis/analyse-recording.ts';
import { createGetRecordedPicture } from '../footage/analysis/recorded-picture.ts';
import { createKeepCopy } from '../footage/copy/keep-copy.ts';
import { createRedactAgain } from '../footage/copy/redact-again.ts';
import { createRedactRecording } from '../footage/copy/redact-recording.ts';
import { createIngestRecording } from '../footage/ingest-recording.ts';
import { createMakeProxy } from '../footage/make-proxy.ts';
import { createRedactRecordedFrame } from '../footage/stills/redact-recorded-frame.ts';
import { createRedactRecordedStill } from '../footage/stills/redact-recorded-still.ts';
import type { RandomBytes } from '../kernel/ids.ts';
import type { Stores } from './compose-stores.ts';
import type { Tools } from './compose-tools.ts';

/** What is done with recordings that lie in the vault. */
export type FootageParts = ReturnType<typeof composeFootage>;

/** Builds it. The tools read originals through the loopback only: no plain byte touches the disk. */
export function composeFootage(deps: {
  dataDir: string;
  stores: Stores;
  blobs: Vault['blobs'];
  tools: Tools;
  custody: CustodyLog;
  random: RandomBytes;
}) {
  const { dataDir, stores, blobs, tools, custody, random } = deps;
  const { recordings, pictures, plans, workStores } = stores;
  const { analyseFootage, redactFootage, redactFrame, redactStill } = tools;
  const recordCustody = custody.record;
  const loopback = createLoopbackBlobs({ blobs, random });
  const sourceOf = (blob: string) => blobMediaSource(loopback, blob);
  const folders = createProofFolders(openPrivateFolders({ dataDir, random }));
  const keepCopy = createKeepCopy({ recordings, recordCustody, random });
  return {
    sourceOf,
    ingestRecording: createIngestRecording({ blobs, recordings, recordCustody, random }),
    makeProxy: createMakeProxy({ blobs, recordings, pictures, media: tools.media, sourceOf }),
    analyseRecording: createAnalyseRecording({
      blobs,
      recordings,
      sourceOf,
      analyseFootage,
      workOf: (recording) => workStores(recording, 'analysis'),
      recordCustody,
    }),
    getPicture: createGetRecordedPicture({
      blobs,
      pictures,
      recordings,
      sourceOf,
      exportPicture: tools.exportPicture,
    }),
    redactRecording: createRedactRecording({
      blobs,
      recordings,
      sourceOf,
      redactFootage,
      folders,
      workOf: (recording) => workStores(recording, 'copy'),
      keepCopy,
    }),
    redactRecordedFrame: createRedactRecordedFrame({
      blobs,
      recordings,
      sourceOf,
      redactFrame,
      keepCopy,
    }),
    redactRecordedStill: createRedactRecordedStill({ blobs, recordings, redactStill, keepCopy }),
    redactAgain: createRedactAgain({ blobs, plans, sourceOf, redactFootage, redactStill, folders }),
    closeFootage: () => loopback.close(),
  };
}
