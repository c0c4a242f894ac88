import { expect, test } from 'vitest';
import type { FootageObject } from '../../../../server/footage/analysis/footage-object.ts';
import { frameIndex } from '../../../../server/footage/frame-index.ts';
import { parsePresenceLog } from '../../../../server/footage/presence/presence-log.ts';
import {
  confirmPresence,
  proposePresence,
} from '../../../../server/footage/presence/presence-proposal.ts';

const standing = (number: number, from: number, to: number) =>
  ({
    number,
    span: [from, to],
    boxes: new Int16Array(),
    dwell: { frames: [from, to], box: [0, 0, 9, 9], picture: {} },
  }) as unknown as FootageObject;

test('a dwell becomes a stay by the times of its frames, however uneven, rounded inward', () => {
  // 2 frames a second, but the first 10 frames take 10 s.
  const ticks = Array.from({ length: 200 }, (_, frame) =>
    frame < 10 ? frame * 1000 : 5000 + frame * 500,
  );
  const proposals = proposePresence({
    camera: 'c1',
    startsAt: '2021-11-15T23:59:00',
    index: frameIndex([1, 1000], ticks, 'container'),
    objects: [standing(2, 61, 200), standing(1, 5, 100), standing(3, 20, 30)],
  });
  expect(proposals).toEqual([
    { camera: 'c1', start: '2021-11-15T23:59:05', end: '2021-11-15T23:59:55', object: 1 },
    // 61 frames lie 35.5 s after the start: inward that is 36; the last frame is shown half a second.
    { camera: 'c1', start: '2021-11-15T23:59:36', end: '2021-11-16T00:00:45', object: 2 },
  ]);
});

test('a judged proposal fits into a log', () => {
  const [proposal] = proposePresence({
    camera: 'c1',
    startsAt: '2021-11-15T08:00:00',
    index: frameIndex(
      [1, 20],
      Array.from({ length: 1200 }, (_, i) => i),
      'container',
    ),
    objects: [standing(1, 200, 1000)],
  });
  const window = { camera: 'c1', from: '2021-11-15T08:00:00', to: '2021-11-15T08:01:00' };
  const interval = confirmPresence(proposal!, {
    kind: 'marked-car',
    source: 'livery',
    certainty: 'certain',
  });
  expect(
    parsePresenceLog({ version: 1, recorded: [window], reviewed: [window], intervals: [interval] })
      .intervals,
  ).toEqual([
    {
      camera: 'c1',
      start: '2021-11-15T08:00:10',
      end: '2021-11-15T08:00:50',
      kind: 'marked-car',
      source: 'livery',
      certainty: 'certain',
    },
  ]);
});

test('what never stood still is not proposed', () => {
  const moving = { ...standing(1, 0, 100), dwell: null };
  const index = frameIndex(
    [1, 1],
    Array.from({ length: 100 }, (_, i) => i),
    'container',
  );
  expect(
    proposePresence({ camera: 'c1', startsAt: '2021-11-15T08:00:00', index, objects: [moving] }),
  ).toEqual([]);
});
