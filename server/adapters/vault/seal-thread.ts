import { writeSync, writevSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { sealChunks } from './blob-chunks.ts';
import type { Batch, SealingThread } from './seal-batch.ts';

const { fd, key, blobId } = workerData as SealingThread;

parentPort!.on('message', (batch: Batch) => {
  writeAll(sealChunks(key, blobId, batch, batch.bytes.subarray(0, batch.filled)));
  parentPort!.postMessage(batch.bytes, [batch.bytes.buffer]);
});

/** Writes buffers in order, on after a short write: the rest then says why, or goes through. */
function writeAll(buffers: Buffer[]): void {
  const bytes = buffers.reduce((sum, buffer) => sum + buffer.length, 0);
  const written = writevSync(fd, buffers);
  if (written === bytes) return;
  const rest = Buffer.concat(buffers).subarray(written);
  for (let at = 0; at < rest.length; ) at += writeSync(fd, rest, at);
}
