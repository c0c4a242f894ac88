import { FootageError } from '../../footage/errors.ts';
import type { CopyFacts } from '../../footage/ports.ts';
import { fromHex } from '../../kernel/digest.ts';
import { inspectMp4 } from '../mp4/mp4-inspection.ts';
import { fileUrl } from './ffmpeg-file-source.ts';
import { inputLimits } from './ffmpeg-input.ts';
import { linesOf } from './ffmpeg-lines.ts';
import { startTool } from './ffmpeg-process.ts';

/** For the digests of a thousand frames; doubled as often as need be. */
const FIRST_ROOM_BYTES = 32_000;

/**
 * Reads a written copy back: its boxes, its streams and tags, and every coded frame as a demultiplexer
 * of other hands gives it. Nothing is decoded: the frames were, before they were written.
 */
export async function inspectCopy(options: {
  ffprobePath: string;
  path: string;
  signal: AbortSignal | undefined;
}): Promise<CopyFacts> {
  const [{ frameDigests, streams, tags }, file] = await Promise.all([
    contentsOf(options),
    inspectMp4(options.path),
  ]);
  return {
    frameDigests,
    parameterSets: file.parameterSets,
    streams,
    foreign: [...file.foreign, ...tags.filter((tag) => !EXPECTED_TAGS.test(tag))],
    timeBase: [1, file.timescale],
    ticks: file.ticks,
  };
}

/** What ffprobe is to show: of video packets the digest, of streams the kind, all tags, and chapters. */
const SHOWN = 'packet=codec_type,data_hash:stream=codec_type:stream_tags:format_tags:chapter=id';

/** The SHA-256 of each packet of video; the kinds of the streams; all tags as `name=value`. */
async function contentsOf({
  ffprobePath,
  path,
  signal,
}: Parameters<typeof inspectCopy>[0]): Promise<{
  frameDigests: Uint8Array;
  streams: string[];
  tags: string[];
}> {
  // All of it by one run: to start takes ffprobe longer than to read a short copy.
  const tool = startTool({
    path: ffprobePath,
    signal,
    args: [
      ...['-v', 'error', ...inputLimits({ protocols: 'file' })],
      ...['-show_data_hash', 'sha256', '-show_entries', SHOWN, '-of', 'compact', fileUrl(path)],
    ],
  });
  // One array for all: one for each would be some hundred bytes a frame, and hours have a million.
  let digests = new Uint8Array(FIRST_ROOM_BYTES);
  let length = 0;
  const streams: string[] = [];
  const tags: string[] = [];
  let strange = false;
  for await (const line of linesOf(tool.output(1))) {
    // Lines of `kind|name=value|name=value`; in values a bar stands behind a backslash.
    const [kind, ...fields] = line.split(/(?<!\\)\|/);
    const digest = /^packet\|codec_type=video\|data_hash=SHA256:([0-9a-f]{64})(?:\||$)/.exec(
      line,
    )?.[1];
    if (digest !== undefined) {
      const bytes = fromHex(digest);
      if (length + bytes.length > digests.length) {
        const larger = new Uint8Array(2 * digests.length);
        larger.set(digests);
        digests = larger;
      }
      digests.set(bytes, length);
      length += bytes.length;
    } else if (kind === 'stream') {
      streams.push(/^codec_type=(\w+)$/.exec(fields[0] ?? '')?.[1] ?? 'unknown');
    } else if (kind === 'chapter') tags.push('chapters');
    // Data beside a packet break its line in two; the second part begins with a bar.
    else if (kind !== 'packet' && kind !== 'format' && kind !== '') strange = true;
    tags.push(...fields.filter((field) => field.startsWith('tag:')).map((field) => field.slice(4)));
  }
  await tool.done;
  if (strange) throw unexpected();
  return { frameDigests: digests.subarray(0, length), streams, tags };
}

function unexpected(): FootageError {
  return new FootageError(
    'DECODE_FAILED',
    'The covered copy could not be read back, and was thrown away. Redact the recording again.',
  );
}

/** What ffprobe shows of every MP4: its brands, "no language", and the empty name of the handler. */
const EXPECTED_TAGS =
  /^(major_brand=isom|minor_version=512|compatible_brands=isomavc1|language=und|handler_name=|vendor_id=\[0\]\[0\]\[0\]\[0\])$/;
