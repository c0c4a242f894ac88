import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import type { FramePipe } from './ffmpeg-frame-pipe.ts';
import { openNamedPipe } from './named-pipe.ts';

/** What a pipe holds on Linux unless told otherwise: no reading gives more. */
const READ_BYTES = 65_536;

/**
 * Opens a pipe for frames that are small and only put aside, so that a thread of its own would have
 * nothing to do. All readings go into one array, and all frames into another: a stream makes an object
 * of its own of each reading, and those of hours of footage lie about long before they are collected.
 *
 * @param workFolder - a private folder; nothing stays in it.
 * @throws {FootageError} `TOOL_MISSING` when no pipe can be made.
 */
export async function openCellPipe(workFolder: string, frameBytes: number): Promise<FramePipe> {
  const { readEnd, writeEnd } = await openNamedPipe(workFolder);
  let writing = true;
  let open = true;
  let count = 0;
  let socket: Socket | undefined;
  let closed: Promise<void> | undefined;
  const letGo = () => {
    if (writing) closeSync(writeEnd);
    writing = false;
  };
  return {
    writeEnd,
    eachFrame(onFrame) {
      letGo();
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      const buffer = new Uint8Array(READ_BYTES);
      const frame = new Uint8Array(frameBytes);
      let filled = 0;

      /** Cuts what was read into frames; false when one of them has to be waited for. */
      const take = (from: number, to: number): boolean => {
        for (let at = from; at < to; ) {
          const taken = Math.min(to - at, frameBytes - filled);
          frame.set(buffer.subarray(at, at + taken), filled);
          at += taken;
          filled += taken;
          if (filled < frameBytes) return true;
          filled = 0;
          const pause = onFrame(frame, count++);
          if (pause === undefined) continue;
          // Nothing is read until then, so that the rest stays where it is.
          pause
            .then(() => {
              if (take(at, to)) socket?.resume();
            })
            .catch(end);
          return false;
        }
        return true;
      };
      const end = (error: unknown) => {
        socket?.destroy();
        reject(error);
      };
      const callback = (size: number) => {
        try {
          return take(0, size);
        } catch (error) {
          end(error);
          return false;
        }
      };
      socket = new Socket({ fd: readEnd, writable: false, onread: { buffer, callback } });
      socket.once('error', reject);
      closed = new Promise((ended) => socket!.once('close', ended));
      closed.then(() => resolve(count));
      socket.resume();
      return promise;
    },
    framesRead: () => count,
    async close() {
      if (!open) return;
      open = false;
      letGo();
      if (socket === undefined) closeSync(readEnd);
      socket?.destroy();
      await closed;
    },
  };
}
