import { type BlobStore, readAll } from '../../kernel/blobs.ts';
import type { Recording } from '../recording.ts';
import { STILL_BYTE_LIMIT } from './still-format.ts';

/** The bytes of a still that was taken in; of one that is too large, one more than a still may have. */
export async function readRecordedStill(
  blobs: BlobStore,
  { blob, sizeBytes }: Pick<Recording, 'blob' | 'sizeBytes'>,
): Promise<Uint8Array> {
  // So that it is refused without being read.
  const end = Math.min(sizeBytes, STILL_BYTE_LIMIT + 1);
  return await readAll(blobs.read(blob, { start: 0, end }));
}
