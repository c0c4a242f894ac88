import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { FootageError } from '../footage/errors.ts';
import { type Sha256, startSha256 } from '../kernel/digest.ts';
import { type AccessUnit, NAL, nalKind } from './mp4-access-units.ts';
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
 * The frames wait in `workFolder` until the index is known. Only covered pictures get here.
 *
 * @param durations - ticks of `timescale` per frame; there must be as many as frames.
 * @throws {FootageError} `RENDER_FAILED` when frames and durations differ in number or the coder
 *   wrote anything else than slices and one pair of parameter sets.
 */
export async function writeMp4(options: {
  units: AsyncIterable<AccessUnit>;
  widthPx: number;
  heightPx: number;
  timescale: number;
  durations: readonly number[];
  workFolder: string;
  outPath: string;
  onFrame: (done: number) => void;
}): Promise<WrittenMp4> {
  const mark = randomBytes(8).toString('hex');
  const framesPath = path.join(options.workFolder, `frames-${mark}`);
  const pendingPath = path.join(path.dirname(options.outPath), `.${mark}.part`);
  try {
    const coded = await writeFrames(options.units, framesPath, options.onFrame);
    const { sequence, picture } = coded;
    if (coded.sizesBytes.length !== options.durations.length || !sequence || !picture) {
      throw new FootageError(
        'RENDER_FAILED',
        'The covered copy has another number of frames than the recording, and was thrown away. Copy the recording again.',
      );
    }
    const header = mp4Header({
      widthPx: options.widthPx,
      heightPx: options.heightPx,
      timescale: options.timescale,
      durations: options.durations,
      sizesBytes: coded.sizesBytes,
      keyFrames: coded.keyFrames,
      sequence,
      picture,
    });
    const written = await joinDurably(header, framesPath, pendingPath);
    return {
      ...written,
      path: pendingPath,
      ...placing(pendingPath, options.outPath),
    };
  } catch (error) {
    await rm(pendingPath, { force: true });
    throw error;
  } finally {
    await rm(framesPath, { force: true });
  }
}

async function writeFrames(
  units: AsyncIterable<AccessUnit>,
  framesPath: string,
  onFrame: (done: number) => void,
) {
  const file = createWriteStream(framesPath, { flags: 'wx', mode: 0o600 });
  const failed = once(file, 'error').then(([error]) => Promise.reject(error));
  failed.catch(() => undefined);
  const sizesBytes: number[] = [];
  const keyFrames: number[] = [];
  let sequence: Buffer | undefined;
  let picture: Buffer | undefined;
  for await (const unit of units) {
    const parts: Buffer[] = [];
    for (const nal of unit) {
      const kind = nalKind(nal);
      if (kind === NAL.sequence) sequence = theOnly(sequence, nal);
      else if (kind === NAL.picture) picture = theOnly(picture, nal);
      else if (kind === NAL.slice || kind === NAL.idrSlice) parts.push(lengthOf(nal), nal);
      else throw unexpected();
    }
    if (parts.length === 0) throw unexpected();
    if (nalKind(parts[1]!) === NAL.idrSlice) keyFrames.push(sizesBytes.length);
    const sample = Buffer.concat(parts);
    sizesBytes.push(sample.length);
    if (!file.write(sample)) await Promise.race([once(file, 'drain'), failed]);
    onFrame(sizesBytes.length);
  }
  file.end();
  await Promise.race([once(file, 'close'), failed]);
  return { sizesBytes, keyFrames, sequence, picture };
}

/** Every key frame repeats the parameter sets; the file states them once. */
function theOnly(known: Buffer | undefined, nal: Buffer): Buffer {
  if (known !== undefined && !known.equals(nal)) throw unexpected();
  return known ?? Buffer.from(nal);
}

function unexpected(): FootageError {
  return new FootageError(
    'RENDER_FAILED',
    'The encoder wrote something that no covered copy may hold. Use the ffmpeg of the Debian release.',
  );
}

function lengthOf(nal: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(nal.length);
  return bytes;
}

async function joinDurably(header: Buffer, framesPath: string, pendingPath: string) {
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
    for await (const chunk of createReadStream(framesPath)) await append(chunk as Buffer);
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
