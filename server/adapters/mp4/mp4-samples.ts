import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { FootageError } from '../../footage/errors.ts';
import type { PendingFrames } from '../../footage/ports.ts';
import { sha256Bytes } from '../../kernel/digest.ts';
import { type AccessUnit, NAL, nalKind } from './mp4-access-units.ts';

/**
 * Writes coded frames to a file, each unit with its length in front, as an MP4 holds them
 * (ISO/IEC 14496-15, 5.3.2). Only covered pictures get here.
 *
 * @throws {FootageError} `RENDER_FAILED` when the coder wrote nothing, anything else than slices and
 *   one pair of parameter sets, or no key frame first.
 */
export async function writeSamples(
  units: AsyncIterable<AccessUnit>,
  path: string,
): Promise<PendingFrames> {
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  const failed = once(file, 'error').then(([error]) => Promise.reject(error));
  failed.catch(() => undefined);
  const sizesBytes: number[] = [];
  const keyFrames: number[] = [];
  const digests: Uint8Array[] = [];
  let sequence: Buffer | undefined;
  let picture: Buffer | undefined;
  try {
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
      digests.push(sha256Bytes(sample));
      if (!file.write(sample)) await Promise.race([once(file, 'drain'), failed]);
    }
  } finally {
    file.end();
    await Promise.race([once(file, 'close'), failed]);
  }
  if (sequence === undefined || picture === undefined || keyFrames[0] !== 0) throw unexpected();
  return {
    sizesBytes,
    keyFrames,
    frameDigests: Buffer.concat(digests),
    sequence,
    picture,
    read: () => createReadStream(path, { highWaterMark: 131_072 }),
    discard: () => rm(path, { force: true }),
  };
}

/** Every key frame repeats the parameter sets; a file states them once. */
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
