import { expect, test } from 'vitest';
import { readByHalves } from '../../../../server/footage/analysis/read-by-halves.ts';
import { FootageError } from '../../../../server/footage/errors.ts';
import type { Entry, OpenFootage, Packets } from '../../../../server/footage/ports.ts';

const FRAMES = 240;
const STEP = 3;
const KEYS = [0, 60, 130, 200];
const packets: Packets = {
  all: FRAMES,
  shown: FRAMES,
  timed: FRAMES,
  keyTicks: KEYS.map((frame) => STEP * frame),
  keyPlaces: KEYS,
  ends: [0, STEP * (FRAMES - 1)],
  longestShown: STEP,
};
const middle = 130;

/** A recording whose frames hold their numbers, and what is not as it should be of the second reading. */
interface Lie {
  /** Where a jump leads, by how far it aims. */
  readonly startAt?: (entry: Entry) => number;
  readonly shows?: (frame: number) => number;
  readonly tickOf?: (frame: number) => number;
  readonly end?: number;
  readonly complains?: boolean;
  /** So many frames come before the time of the first one does. */
  readonly early?: number;
  /** Of the first reading. */
  readonly firstEnd?: number;
  readonly firstTickOf?: (frame: number) => number;
}

function recording(lie: Lie): Pick<OpenFootage, 'facts' | 'readCells'> {
  const facts = { times: 'container', timeBase: [1, 60] } as Partial<
    OpenFootage['facts']
  > as OpenFootage['facts'];
  return {
    facts,
    async readCells({ entry = null, strict, onFrame, onTick }) {
      const from = entry === null ? 0 : (lie.startAt?.(entry) ?? middle);
      const to = (entry === null ? lie.firstEnd : lie.end) ?? FRAMES;
      const late: number[] = [];
      const early = entry === null ? 0 : (lie.early ?? 0);
      for (let frame = from; frame < to; frame++) {
        const value = entry === null ? frame : (lie.shows?.(frame) ?? frame);
        const tickOf = entry === null ? lie.firstTickOf : lie.tickOf;
        // Cells may come before their times, and after them.
        if (frame % 2 === 0) late.push(tickOf?.(frame) ?? STEP * frame);
        if (frame - from >= early) late.splice(0).forEach(onTick);
        const given = onFrame(Uint8Array.of(value), frame - from);
        if (frame % 2 === 1) late.push(tickOf?.(frame) ?? STEP * frame);
        if (frame - from >= early) late.splice(0).forEach(onTick);
        await given;
      }
      if (strict && lie.complains)
        throw new FootageError('DECODE_FAILED', 'a reference is missing');
    },
  };
}

async function read(lie: Lie, of: Packets = packets) {
  const values: number[] = [];
  const halves: number[] = [];
  const ticks = await readByHalves({
    footage: recording(lie),
    packets: of,
    onFrame(frame, frameNumber, half) {
      values[frameNumber] = frame[0]!;
      halves[frameNumber] = half;
    },
  });
  return ticks && { ticks, values, halves };
}

const numbers = Array.from({ length: FRAMES }, (_, frame) => frame);

test('two readings give every frame once, in its place, with its time', async () => {
  expect(await read({})).toEqual({
    ticks: numbers.map((frame) => STEP * frame),
    values: numbers,
    halves: numbers.map((frame) => (frame < middle ? 0 : 1)),
  });
});

test('frames that come before their times wait for them', async () => {
  expect((await read({ early: 20 }))?.values).toEqual(numbers);
});

test('where one jump leads elsewhere, another is tried', async () => {
  const startAt = ({ aimTick, fromTick }: Entry) => (aimTick > fromTick ? 200 : middle);
  expect((await read({ startAt }))?.values).toEqual(numbers);
});

test.each<[string, Lie]>([
  ['every jump leads elsewhere', { startAt: () => 131 }],
  ['the second reading has another frame there', { shows: (frame) => (frame === 134 ? 0 : frame) }],
  ['its frames have other times', { tickOf: (frame) => STEP * frame + (frame > middle ? 1 : 0) }],
  ['it ends early', { end: FRAMES - 1 }],
  ['it has more frames than there are packets', { end: FRAMES + 1 }],
  ['it complains', { complains: true }],
  ['no time comes with it', { early: FRAMES }],
  ['no time comes with its only frames', { early: FRAMES, end: middle + 5 }],
  [
    'a later key frame is elsewhere in it',
    { tickOf: (frame) => STEP * (frame > 150 && frame < 220 ? frame + 1 : frame) },
  ],
  ['the first one ends before the middle', { firstEnd: 100 }],
  ['the first one ends amid what both read', { firstEnd: middle + 4 }],
  ['key frames are not where packets say', { firstTickOf: (frame) => STEP * (frame + 1) }],
])('nothing is trusted where %s', async (_, lie) => {
  expect(await read(lie)).toBeNull();
});

test.each<[string, Partial<Packets>]>([
  ['a packet has no time', { timed: FRAMES - 1 }],
  ['it is too short', { shown: 150, timed: 150 }],
  ['no key frame is near the middle', { keyTicks: [0, 30], keyPlaces: [0, 10] }],
])('a clip is not read by halves where %s', async (_, other) => {
  expect(await read({}, { ...packets, ...other })).toBeNull();
});

test('what the caller throws is thrown, and is no reason to read from the start', async () => {
  const taking = readByHalves({
    footage: recording({}),
    packets,
    onFrame: () => {
      throw new Error('no room');
    },
  });
  await expect(taking).rejects.toThrow('no room');
});
