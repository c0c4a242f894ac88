import type { FrameIndex } from './frame-index.ts';
import type { FrameSpan } from './frame-span.ts';
import type { Entry, OpenFootage } from './ports.ts';

/** How long the pieces are in which a clip is covered, in seconds. */
export interface Chunking {
  readonly targetSeconds: number;
  /** What is left at the end is no piece of its own below this. */
  readonly leastSeconds: number;
  /** Most pieces of a clip that can only be read from its beginning: each decodes all before it. */
  readonly mostFromStart: number;
}

/** Long enough that starting a tool costs little, short enough that little is lost when one dies. */
export const CHUNKING: Chunking = { targetSeconds: 30, leastSeconds: 20, mostFromStart: 4 };

/** A piece of a clip, and where reading may begin so that it need not begin at the start. */
export interface ChunkSpan {
  readonly span: FrameSpan;
  readonly entry: Entry | null;
}

/**
 * Where to aim at, in seconds from a key frame, so that reading begins with it. Containers with an
 * index are read from the last key frame at or before the aim; but where frames are reordered, ffmpeg
 * aims 3/23 of a second too early by itself. Those without (transport streams) are read from any
 * packet about there.
 */
export const AIMS = { indexed: 0.14, searched: -1 } as const;

/** What to aim at so that reading begins with the key frame of a time; `next` is that of the one after it. */
export function aimAt(
  tick: number,
  next: number | null,
  timeBase: readonly [number, number],
  aim: keyof typeof AIMS,
): number {
  const toNext = (next ?? Number.POSITIVE_INFINITY) - tick;
  return tick + Math.min((AIMS[aim] * timeBase[1]) / timeBase[0], toNext / 2);
}

/**
 * Cuts a clip at key frames. The cuts depend on the whole clip and not on what of it is wanted, so
 * that the same chunks come out after any edit.
 *
 * @param keyTicks - times of the key frames, in any order; those of no frame are left out.
 */
export function cutAtKeyFrames(
  index: FrameIndex,
  keyTicks: readonly number[],
  { targetSeconds, leastSeconds }: Chunking = CHUNKING,
  aim: keyof typeof AIMS = 'indexed',
): ChunkSpan[] {
  const { ticks } = index;
  const keys = [...new Set(keyTicks)]
    .map((tick) => ({ tick, frame: frameAt(ticks, tick) }))
    .filter((key) => key.frame > 0)
    .sort((a, b) => a.frame - b.frame);
  const end = ticks.length;
  const starts: { frame: number; aimTick?: number }[] = [{ frame: 0 }];
  const since = (frame: number) => secondsBetween(index, starts.at(-1)!.frame, frame);
  for (const [at, key] of keys.entries()) {
    if (since(key.frame) < leastSeconds) continue;
    const next = keys[at + 1];
    const offTarget = (frame: number) => Math.abs(since(frame) - targetSeconds);
    if (next !== undefined && offTarget(next.frame) < offTarget(key.frame)) continue;
    if (secondsBetween(index, key.frame, end - 1) < leastSeconds) break;
    const aimTick = aimAt(key.tick, next?.tick ?? null, index.timeBase, aim);
    starts.push({ frame: key.frame, aimTick });
  }
  return starts.map(({ frame, aimTick }, at): ChunkSpan => {
    const span: FrameSpan = [frame, starts[at + 1]?.frame ?? end];
    return { span, entry: aimTick === undefined ? null : entryOf(index, aimTick, span) };
  });
}

/** Up to here it is sooner to read from the start than to look where key frames are. */
const SOON_FRAMES = 200;

/**
 * Ways to read a span without all that comes before it, the best first: from the last key frame up to
 * its first frame. None where times tell nothing, or nothing would be gained. Containers lie about their
 * times: who reads in this way checks that the frames are those that were asked for, and else reads
 * from the start.
 */
export async function entriesTo(
  span: FrameSpan,
  index: FrameIndex,
  footage: Pick<OpenFootage, 'listPackets'>,
): Promise<Entry[]> {
  if (index.times !== 'container' || index.repairedTimes > 0) return [];
  if (span[0] < SOON_FRAMES) return [];
  const { keyTicks } = await footage.listPackets();
  const tick = index.ticks[span[0]]!;
  const keys = [...new Set(keyTicks)].sort((a, b) => a - b);
  const at = keys.findLastIndex((key) => key <= tick);
  if (at < 1) return [];
  return (['indexed', 'searched'] as const).map((aim) =>
    entryOf(index, aimAt(keys[at]!, keys[at + 1] ?? null, index.timeBase, aim), span),
  );
}

/** Cuts a clip that can only be read from its start: few chunks, alike in length. */
export function cutEvenly(
  index: FrameIndex,
  { targetSeconds, mostFromStart }: Chunking = CHUNKING,
): ChunkSpan[] {
  const frames = index.ticks.length;
  const seconds = secondsBetween(index, 0, frames - 1);
  const count = Math.min(
    mostFromStart,
    frames,
    Math.max(1, Math.floor(seconds / (2 * targetSeconds))),
  );
  return Array.from({ length: count }, (_, at): ChunkSpan => {
    const from = Math.round((at * frames) / count);
    return { span: [from, Math.round(((at + 1) * frames) / count)], entry: null };
  });
}

/** What of the chunks lies within `range`, each cut down to it. */
export function chunksWithin(
  chunks: readonly ChunkSpan[],
  range: FrameSpan,
  index: FrameIndex,
): ChunkSpan[] {
  return chunks.flatMap(({ span, entry }): ChunkSpan[] => {
    const within: FrameSpan = [Math.max(span[0], range[0]), Math.min(span[1], range[1])];
    if (within[0] >= within[1]) return [];
    return [{ span: within, entry: entry && entryOf(index, entry.aimTick, within) }];
  });
}

function entryOf({ ticks }: FrameIndex, aimTick: number, [from, to]: FrameSpan): Entry {
  return { aimTick, fromTick: ticks[from]!, toTick: ticks[to] ?? null };
}

/** The frame with exactly this time; -1 when there is none. */
function frameAt(ticks: Float64Array, tick: number): number {
  let low = 0;
  let high = ticks.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (ticks[middle] === tick) return middle;
    if (ticks[middle]! < tick) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function secondsBetween({ ticks, timeBase }: FrameIndex, from: number, to: number): number {
  return ((ticks[to]! - ticks[from]!) * timeBase[0]) / timeBase[1];
}
