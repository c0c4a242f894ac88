import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { proposePlan } from '../../server/footage/plan/propose-plan.ts';
import { createRedactionRun, type RedactionRun } from '../builders/redaction-run.ts';
import {
  decodeClip,
  drawFrame,
  type Sprite,
  type SpriteBox,
  type SpriteClip,
  survivingPixels,
} from '../builders/sprite-clip.ts';

// Known people walk through a drawn street; what counts is how many of their pixels survive in the
// delivered file, decoded by ffmpeg's own defaults: none, in no frame.

const width = 320;
const height = 192;
const frames = 90;
const fps = 12;
const COAT = [170, 120, 140] as const;

const walker = (
  speed: number,
  size: readonly [number, number],
  colour: Sprite['colour'] = COAT,
): Sprite => ({
  colour,
  boxAt: (frame) => {
    const x = 2 * Math.round((speed * frame - size[0]) / 2);
    return x > width ? null : [x, 70, size[0], size[1]];
  },
});

interface Scene {
  readonly name: string;
  readonly people: readonly Sprite[];
  readonly approved: boolean;
  readonly more?: Partial<SpriteClip>;
  /** Greatest mean share of the picture that may be covered: a quiet street stays visible. */
  readonly mostCovered: number;
}

const still = (box: SpriteBox) => box;
const scenes: Scene[] = [
  { name: 'somebody walks', people: [walker(5, [20, 60])], approved: false, mostCovered: 0.3 },
  {
    name: 'somebody walks slowly',
    people: [walker(2, [20, 60])],
    approved: true,
    mostCovered: 0.3,
  },
  {
    name: 'clothes nearly as grey as the street',
    people: [walker(4, [24, 64], [118, 126, 130])],
    approved: true,
    mostCovered: 0.3,
  },
  {
    name: 'clothes as bright as the street, hardly coloured',
    people: [walker(4, [24, 64], [108, 120, 136])],
    approved: true,
    mostCovered: 0.3,
  },
  {
    name: 'somebody far away',
    people: [walker(3, [6, 14]), { ...walker(2, [6, 14], [60, 126, 130]) }],
    approved: true,
    mostCovered: 0.3,
  },
  {
    name: 'a noisy night',
    people: [walker(4, [24, 64], [60, 126, 130])],
    approved: true,
    more: { noise: 8, brightness: 30 },
    mostCovered: 0.4,
  },
  {
    name: 'the light goes on and off',
    people: [walker(4, [24, 64])],
    approved: true,
    more: { lightAt: (frame) => (frame > 30 && frame < 45 ? 45 : 0) },
    mostCovered: 0.6,
  },
  {
    name: 'somebody stands most of the time, then leaves',
    people: [
      {
        colour: COAT,
        boxAt: (f) => (f < 60 ? [140, 70, 20, 60] : [140 + 6 * (f - 60), 70, 20, 60]),
      },
    ],
    approved: false,
    mostCovered: 0.5,
  },
  {
    name: 'somebody stands nearly always, and leaves in the last second',
    people: [
      {
        colour: COAT,
        stripes: 10,
        boxAt: (f) => (f < 78 ? [140, 70, 20, 60] : [140 + 14 * (f - 78), 70, 20, 60]),
      },
    ],
    approved: false,
    mostCovered: 0.5,
  },
  {
    name: 'somebody sits all the time and shifts now and then',
    people: [
      {
        colour: COAT,
        stripes: 8,
        boxAt: (f) =>
          still([140 + 2 * (Math.floor(f / 17) % 2), 90 + 2 * (Math.floor(f / 11) % 2), 30, 50]),
      },
    ],
    approved: false,
    mostCovered: 0.5,
  },
  {
    name: 'somebody runs, 60 pixels a frame',
    people: [
      { colour: COAT, boxAt: (f) => (f >= 40 && f < 46 ? [60 * (f - 40), 70, 20, 60] : null) },
    ],
    approved: true,
    mostCovered: 0.3,
  },
  {
    name: 'somebody goes half a pixel a frame',
    people: [{ colour: COAT, boxAt: (f) => [100 + 2 * Math.floor(f / 4), 70, 20, 60] }],
    approved: false,
    mostCovered: 0.4,
  },
  {
    name: 'somebody comes, stands for a third of the time, and goes on',
    people: [
      {
        colour: COAT,
        boxAt: (f) => {
          const x = f < 25 ? 6 * f - 20 : f < 55 ? 130 : 130 + 6 * (f - 55);
          return x > width ? null : [x, 70, 20, 60];
        },
      },
    ],
    approved: true,
    mostCovered: 0.3,
  },
  {
    name: 'two meet, cross and part',
    people: [
      walker(4, [20, 60]),
      {
        colour: [60, 140, 120],
        boxAt: (f) => (width - 4 * f < -20 ? null : [width - 4 * f, 74, 20, 60]),
      },
    ],
    approved: true,
    mostCovered: 0.4,
  },
  {
    name: 'somebody looks round the edge and goes back',
    people: [
      {
        colour: COAT,
        boxAt: (f) => (f < 30 || f > 60 ? null : [width - 12 + Math.abs(f - 45), 60, 20, 60]),
      },
      {
        colour: COAT,
        boxAt: (f) => (f < 20 || f > 40 ? null : [130, 192 - 14 + Math.abs(f - 30), 20, 60]),
      },
    ],
    approved: true,
    mostCovered: 0.3,
  },
  {
    name: 'day breaks slowly',
    people: [walker(4, [20, 60])],
    approved: true,
    more: { brightness: 40, lightAt: (f) => Math.floor(f / 3) },
    mostCovered: 1,
  },
  {
    name: 'the light goes on and stays on',
    people: [walker(4, [20, 60])],
    approved: true,
    more: { lightAt: (f) => (f >= 50 ? 40 : 0) },
    mostCovered: 1,
  },
  {
    name: 'heavy noise of rain, by night',
    people: [walker(4, [24, 64], [90, 126, 130])],
    approved: true,
    more: { noise: 14, brightness: 35 },
    mostCovered: 0.7,
  },
  {
    name: 'a recorder that saves on bits',
    people: [walker(4, [20, 60]), walker(2, [8, 18], [150, 110, 150])],
    approved: true,
    more: { coder: ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '38', '-g', '24'] },
    mostCovered: 0.5,
  },
];

/** Scenes of which each has its own light, noise or coder, or is not approved, and the others in fours. */
const alone = scenes.filter(({ approved, more }) => !approved || more !== undefined);
const others = scenes.filter((scene) => !alone.includes(scene));
const fours = [others.slice(0, 4), others.slice(4)];

/** Somebody known, and in which scene. */
type Person = Sprite & { readonly scene: string };

type KnownClip = Omit<SpriteClip, 'sprites'> & { readonly sprites: readonly Person[] };

const peopleOf = ({ name, people }: Scene): Person[] =>
  people.map((person) => ({ ...person, scene: name }));

/** Up to four scenes in the quarters of one picture, each cut off where its quarter ends. */
function inQuarters(four: readonly Scene[]): KnownClip {
  const sprites = four.flatMap((scene, at) => {
    const [left, top] = [(at % 2) * width, Math.floor(at / 2) * height];
    return peopleOf(scene).map((person) => ({
      ...person,
      boxAt(frame: number): SpriteBox | null {
        const box = person.boxAt(frame);
        if (box === null) return null;
        const [x0, y0] = [Math.max(0, box[0]), Math.max(0, box[1])];
        const [x1, y1] = [Math.min(width, box[0] + box[2]), Math.min(height, box[1] + box[3])];
        return x1 > x0 && y1 > y0 ? [left + x0, top + y0, x1 - x0, y1 - y0] : null;
      },
    }));
  });
  return { width: 2 * width, height: 2 * height, frames, fps, sprites };
}

/** The pixels of somebody that can be seen in decoded frames, and of which scene they are. */
function seenIn(shown: readonly Uint8Array[], { sprites, width, height }: KnownClip) {
  return shown.flatMap((planes, frame) =>
    sprites.flatMap(({ scene, boxAt }) => {
      const box = boxAt(frame);
      const pixels = box === null ? 0 : survivingPixels(planes, width, height, box);
      return pixels === 0 ? [] : [{ scene, frame, box, pixels }];
    }),
  );
}

test.each(fours)('who can be seen is told with the scene: %#', (...four) => {
  const clip = inQuarters(four);
  const shown = Array.from({ length: frames }, (_, frame) => drawFrame(clip, frame));
  expect(new Set(seenIn(shown, clip).map(({ scene }) => scene))).toEqual(
    new Set(four.map(({ name }) => name)),
  );
});

describe('people', () => {
  let run: RedactionRun;
  beforeAll(async () => {
    run = await createRedactionRun();
  });
  afterAll(() => run.close());

  test.each(alone)('$name: not one pixel survives', async (scene) => {
    const clip = { width, height, frames, fps, ...scene.more, sprites: peopleOf(scene) };
    expect(await leaksOf(clip, scene.approved, scene.mostCovered)).toEqual([]);
  });

  test.each(fours.map((four) => [four.map(({ name }) => name).join('; '), four] as const))(
    '%s: not one pixel survives',
    async (_, four) => {
      const most = Math.max(...four.map(({ mostCovered }) => mostCovered));
      expect(await leaksOf(inQuarters(four), true, most)).toEqual([]);
    },
  );

  /** The pixels of somebody that can be seen in the delivered file, and in which scene. */
  async function leaksOf(clip: KnownClip, approved: boolean, mostCovered: number) {
    const file = await run.draw(clip);
    const { outcome, out } = await run.redact(file, approved ? await approvedBy(file) : {});
    expect(outcome.proof.checks.filter((check) => !check.passed)).toEqual([]);
    expect(outcome.proof.emptyScene).toBe(approved ? 'approved' : 'not approved');
    expect(outcome.proof.coverage.meanShare).toBeLessThan(mostCovered);
    expect(outcome.proof.coverage.meanShare).toBeGreaterThan(0);
    const shown = await decodeClip(out, clip.width, clip.height);
    expect(shown).toHaveLength(frames);
    return seenIn(shown, clip);
  }

  async function approvedBy(file: string) {
    const analysis = await run.analyse(file);
    const proposed = proposePlan(analysis);
    const emptyScene = { ...proposed.emptyScene, approvedBy: 'lawyer' };
    return { analysis, plan: { ...proposed, emptyScene } };
  }
});
