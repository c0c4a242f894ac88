import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { FootageError } from '../../footage/errors.ts';
import type { CodedFrames } from '../../footage/ports.ts';
import { type Sha256, startSha256 } from '../../kernel/digest.ts';
import { mp4Header } from './mp4-header.ts';

/** A written MP4 that is not yet in its place. */
export interface WrittenMp4 {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: Sha256;
  publish(): Promise<void>;
  discard(): Promise<void>;
}

/**
 * Writes coded frames as an MP4 with its index in front, beside `outPath` under a name of its own.
 *
 * @param parts - one after another; all must have been coded with the same parameter sets.
 * @param durations - ticks of `timescale` per frame; there must be as many as frames.
 * @throws {FootageError} `RENDER_FAILED` when frames and durations differ in number, or the parameter
 *   sets of two parts.
 */
export async function writeMp4(options: {
  parts: readonly CodedFrames[];
  widthPx: number;
  heightPx: number;
  timescale: number;
  durations: readonly number[];
  outPath: string;
}): Promise<WrittenMp4> {
  const { parts, widthPx, heightPx, timescale, durations, outPath } = options;
  const sizesBytes = parts.flatMap((part) => part.sizesBytes);
  const { sequence, picture } = parts[0]!;
  const alike = parts.every(
    (part) => equal(part.sequence, sequence) && equal(part.picture, picture),
  );
  if (sizesBytes.length !== durations.length || !alike) throw unlike();
  let frames = 0;
  const keyFrames = parts.flatMap((part) => {
    const first = frames;
    frames += part.sizesBytes.length;
    return part.keyFrames.map((frame) => first + frame);
  });
  const header = mp4Header({
    widthPx,
    heightPx,
    timescale,
    durations,
    sizesBytes,
    keyFrames,
    sequence,
    picture,
  });
  const pendingPath = path.join(path.dirname(outPath), `.${randomBytes(8).toString('hex')}.part`);
  try {
    const written = await joinDurably(header, parts, pendingPath);
    return { ...written, path: pendingPath, ...placing(pendingPath, outPath) };
  } catch (error) {
    await rm(pendingPath, { force: true });
    throw error;
  }
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

function unlike(): FootageError {
  return new FootageError(
    'RENDER_FAILED',
    'The parts of the covered copy do not fit together, and were thrown away. Redact the recording again.',
  );
}

async function joinDurably(header: Buffer, parts: readonly CodedFrames[], pendingPath: string) {
  const file = await open(pendingPath, 'wx', 0o600);
  const digest = startSha256();
  let sizeBytes = 0;
  const append = async (bytes: Uint8Array) => {
    digest.update(bytes);
    sizeBytes += bytes.length;
    await file.writeFile(bytes);
  };
  try {
    await append(header);
    for (const part of parts) for await (const bytes of part.read()) await append(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  return { sizeBytes, sha256: digest.digest() };
}

function placing(pendingPath: string, outPath: string) {
  let published = false;
  return {
    async publish() {
      await rename(pendingPath, outPath);
      published = true;
      const folder = await open(path.dirname(outPath), 'r');
      await folder.sync().finally(() => folder.close());
    },
    async discard() {
      if (!published) await rm(pendingPath, { force: true });
    },
  };
}
