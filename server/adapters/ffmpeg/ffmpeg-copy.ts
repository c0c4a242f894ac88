import { createInterface } from 'node:readline';
import type { CopyFacts, OpenMedia } from '../../footage/ports.ts';
import { fromHex } from '../../kernel/digest.ts';
import { inspectMp4 } from '../mp4/mp4-inspection.ts';
import { fileUrl } from './ffmpeg-file-source.ts';
import { inputLimits, QUIET } from './ffmpeg-input.ts';
import { probeLabels } from './ffmpeg-probe.ts';
import { startTool } from './ffmpeg-process.ts';

/** For the digests of a thousand frames; doubled as often as need be. */
const FIRST_ROOM_BYTES = 32_000;

/**
 * Reads a written copy back: its boxes, its streams and tags, and every coded frame as a demultiplexer
 * of other hands gives it. Nothing is decoded: the frames were, before they were written.
 */
export async function inspectCopy(options: {
  ffmpegPath: string;
  ffprobePath: string;
  path: string;
  signal: AbortSignal | undefined;
}): Promise<CopyFacts> {
  const media: OpenMedia = {
    url: fileUrl(options.path),
    protocols: 'file',
    close: async () => undefined,
  };
  const [frameDigests, file, { streams, tags }] = await Promise.all([
    codedFrameDigests(options, media),
    inspectMp4(options.path),
    probeLabels(options.ffprobePath, media),
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

/** SHA-256 of each packet of the first video stream: `stream, dts, pts, duration, size, digest`. */
async function codedFrameDigests(
  { ffmpegPath, signal }: Pick<Parameters<typeof inspectCopy>[0], 'ffmpegPath' | 'signal'>,
  media: OpenMedia,
): Promise<Uint8Array> {
  const tool = startTool({
    path: ffmpegPath,
    signal,
    args: [
      ...[...QUIET, ...inputLimits(media), '-i', media.url, '-map', '0:v:0', '-c', 'copy'],
      ...['-f', 'framehash', '-hash', 'sha256', 'pipe:1'],
    ],
  });
  // One array for all: one for each would be some hundred bytes a frame, and hours have a million.
  let digests = new Uint8Array(FIRST_ROOM_BYTES);
  let length = 0;
  for await (const line of createInterface({ input: tool.output(1) })) {
    // Lines of the head begin with `#`.
    const digest = /^\d.*, *([0-9a-f]{64})$/.exec(line)?.[1];
    if (digest === undefined) continue;
    const bytes = fromHex(digest);
    if (length + bytes.length > digests.length) {
      const larger = new Uint8Array(2 * digests.length);
      larger.set(digests);
      digests = larger;
    }
    digests.set(bytes, length);
    length += bytes.length;
  }
  await tool.done;
  return digests.subarray(0, length);
}

/** What ffprobe shows of every MP4: its brands, "no language", and the empty name of the handler. */
const EXPECTED_TAGS =
  /^(major_brand=isom|minor_version=512|compatible_brands=isomavc1|language=und|handler_name=|vendor_id=\[0\]\[0\]\[0\]\[0\])$/;
