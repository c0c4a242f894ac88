import type { MediaSource } from '../footage/ports.ts';
import type { LoopbackBlobs } from './loopback-blobs.ts';

/** A recording that lies encrypted: tools read it by a loopback address that lives as long as the job. */
export function blobMediaSource(loopback: LoopbackBlobs, blob: string): MediaSource {
  return {
    async open() {
      const { url, close } = await loopback.open(blob);
      return { url, protocols: 'http,tcp', close };
    },
  };
}
