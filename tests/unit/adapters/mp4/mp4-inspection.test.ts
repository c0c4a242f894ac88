import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeMp4 } from '../../../../server/adapters/mp4/mp4-copy.ts';
import { inspectMp4 } from '../../../../server/adapters/mp4/mp4-inspection.ts';
import { aTemporaryFolder } from '../../../builders/temporary-folder.ts';

const IDR = 0x65;
const SLICE = 0x41;
const SEI = 0x06;
/** A file is read in pieces of so many bytes. */
const PIECE = 131_072;
const sequence = Buffer.from('6742c01fda0280f6', 'hex');
const picture = Buffer.from('68ce3c80', 'hex');

/** A coded unit of that many bytes with its length in front. */
function unit(kind: number, bytes: number, told = bytes): Buffer {
  const written = Buffer.alloc(4 + bytes, kind);
  written.writeUInt32BE(told);
  return written;
}

async function inspected(frames: readonly (readonly Buffer[])[], spoil = (file: Buffer) => file) {
  const samples = frames.map((units) => Buffer.concat(units));
  const folder = aTemporaryFolder();
  const written = await writeMp4({
    parts: [
      {
        sizesBytes: samples.map(({ length }) => length),
        keyFrames: [0],
        frameDigests: new Uint8Array(0),
        sequence,
        picture,
        async *read() {
          yield* samples;
        },
      },
    ],
    widthPx: 64,
    heightPx: 48,
    timescale: 1000,
    durations: samples.map((_, frame) => 40 + frame),
    outPath: path.join(folder, 'copy.mp4'),
  });
  await writeFile(written.path, spoil(await readFile(written.path)));
  return await inspectMp4(written.path);
}

test.each(
  // The border of two pieces meets every byte of a unit's length, its first byte, and its end.
  Array.from({ length: 12 }, (_, at) => at),
)('frames are seen whole where a piece ends %i bytes further on', async (at) => {
  const { foreign, ticks } = await inspected([
    [unit(IDR, 900), unit(IDR, PIECE - 2_000 + at), unit(IDR, 800)],
    ...Array.from({ length: 20 }, () => [unit(SLICE, 40 + at), unit(SLICE, 3)]),
  ]);
  expect(foreign).toEqual([]);
  expect([...ticks.slice(0, 4)]).toEqual([0, 40, 81, 123]);
  expect(ticks).toHaveLength(21);
});

test.each<[string, Buffer[], string]>([
  ['a message beside the picture', [unit(SEI, 20), unit(SLICE, 30)], 'coded unit of kind 6'],
  ['a message behind it', [unit(SLICE, PIECE), unit(SEI, 1)], 'coded unit of kind 6'],
  ['a unit longer than its frame', [unit(SLICE, 30, 31)], 'broken frame'],
  ['a unit shorter than its frame', [unit(SLICE, 30, 29)], 'broken frame'],
  ['a length without a unit', [unit(SLICE, 30), unit(SLICE, 0)], 'broken frame'],
  ['a length of nothing', [unit(SLICE, 30, 0)], 'broken frame'],
])('%s is found, in the last frame too', async (_, units, fault) => {
  for (const frames of [
    [[unit(IDR, 500)], units, [unit(SLICE, 60)]],
    [[unit(IDR, 500)], units],
  ]) {
    expect((await inspected(frames)).foreign).toContain(fault);
  }
});

test('times for more frames than there are, or fewer, are found', async () => {
  const frames = [[unit(IDR, 50)], [unit(SLICE, 50)], [unit(SLICE, 50)]];
  for (const count of [2, 0xffff_ffff]) {
    const { foreign } = await inspected(frames, (file) => {
      file.writeUInt32BE(count, file.indexOf('stts') + 12);
      return file;
    });
    expect(foreign).toContain('times differ from frames');
  }
});
