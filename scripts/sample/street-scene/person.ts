import { depthOf, type Point2, pixelsPerMetre, project, RIGHTWARD } from './camera.ts';
import type { Rgb } from './canvas.ts';
import type { Motion } from './path.ts';
import { ellipse, limb, shade } from './shapes.ts';

/** What a person looks like. Each colour is that person's alone, so that their pixels can be told. */
export interface PersonLook {
  readonly heightM: number;
  readonly colours: {
    readonly coat: Rgb;
    readonly trousers: Rgb;
    readonly shoes: Rgb;
    readonly skin: Rgb;
    readonly hair: Rgb;
    readonly bag?: Rgb;
  };
  /** How far down the coat reaches, as a share of the height from the ground. */
  readonly hem: number;
  readonly capped?: boolean;
}

/** A shape in one colour, to be painted in order. */
export interface Shape {
  readonly polygon: readonly Point2[];
  readonly colour: Rgb;
}

const STRIDE_M = 1.4;
const FAR_SIDE = 0.82;

/** Draws a walking or standing person as shapes from the back to the front. */
export function personShapes(look: PersonLook, motion: Motion, seconds: number): Shape[] {
  const { heightM: tall, colours, hem } = look;
  const foot = [motion.x, 0, motion.z] as const;
  const scale = pixelsPerMetre(depthOf(foot));
  const [groundX, groundY] = project(foot);
  const [hx, hz] = motion.heading;
  /** 1 when they go to the right of the picture, -1 to the left, 0 towards it or away. */
  const side = hx * RIGHTWARD[0] + hz * RIGHTWARD[1];
  const towards = hx * RIGHTWARD[1] - hz * RIGHTWARD[0];
  const flat = 1 - Math.abs(side);
  const gait = Math.min(1, motion.speed / 1.1);
  const phase = (2 * Math.PI * motion.walked) / STRIDE_M;
  const sway = (1 - gait) * 0.012 * Math.sin(seconds * 1.3 + tall * 40);
  const at = (right: number, up: number): Point2 => [
    groundX + (right + sway * (up / tall)) * scale,
    groundY - up * scale,
  ];
  const sized = (metres: number) => Math.max(1.2, metres * scale);

  const legs = [0, Math.PI].map((offset) => legOf(phase + offset, gait, tall));
  const hipUp = Math.max(...legs.map((leg) => leg.reach));
  const shoulderUp = hipUp + 0.3 * tall;
  const shapes: Shape[] = [];
  const add = (polygon: Point2[], colour: Rgb) => shapes.push({ polygon, colour });

  const drawLeg = (index: 0 | 1) => {
    const leg = legs[index]!;
    const tone = index === 0 ? FAR_SIDE : 1;
    const out = (index === 0 ? -1 : 1) * (0.025 + 0.07 * flat);
    const hip = at(out * 0.8, hipUp);
    const knee = at(out + side * leg.kneeAhead, hipUp - leg.kneeDown);
    const ankleUp = hipUp - leg.ankleDown;
    const ankle = at(out + side * leg.ankleAhead, ankleUp);
    const toe = at(out + side * (leg.ankleAhead + 0.17), ankleUp - 0.02 - 0.03 * flat);
    add(limb(ankle, toe, sized(0.09), sized(0.075)), shade(colours.shoes, tone));
    add(limb(hip, knee, sized(0.17), sized(0.125)), shade(colours.trousers, tone));
    add(limb(knee, ankle, sized(0.125), sized(0.09)), shade(colours.trousers, tone));
  };
  const drawArm = (index: 0 | 1) => {
    const swing = gait * 0.5 * Math.sin(phase + (index === 0 ? Math.PI : 0)) * -1;
    const tone = index === 0 ? FAR_SIDE : 0.9;
    const out = (index === 0 ? -1 : 1) * (0.03 + 0.17 * flat);
    const [upper, lower] = [0.17 * tall, 0.15 * tall];
    const bend = swing + 0.25 + 0.35 * gait;
    const elbow = at(out * 1.15 + side * Math.sin(swing) * upper, shoulderUp - 0.05 - upper);
    const elbowUp = shoulderUp - 0.05 - Math.cos(swing) * upper;
    const hand = at(
      out * 1.15 + side * (Math.sin(swing) * upper + Math.sin(bend) * lower),
      elbowUp - Math.cos(bend) * lower,
    );
    const shoulder = at(out, shoulderUp - 0.05);
    add(ellipse(hand, sized(0.05), sized(0.06), 0, 10), colours.skin);
    add(limb(shoulder, elbow, sized(0.13), sized(0.11)), shade(colours.coat, tone));
    add(limb(elbow, hand, sized(0.11), sized(0.08)), shade(colours.coat, tone));
    if (index === 1 && colours.bag !== undefined) {
      const [bx, by] = hand;
      add(ellipse([bx, by + sized(0.16)], sized(0.15), sized(0.17), 0, 8), colours.bag);
    }
  };

  drawArm(0);
  drawLeg(0);
  drawLeg(1);
  const half = 0.13 + 0.09 * flat;
  const hemUp = hem * tall;
  const torso: Point2[] = [
    at(-half * 0.55, shoulderUp + 0.04),
    at(half * 0.55, shoulderUp + 0.04),
    at(half, shoulderUp - 0.05),
    at(half * 0.92, hipUp + 0.1),
    at(half * 1.08 + side * 0.02, hemUp),
    at(-half * 1.08 + side * 0.02, hemUp),
    at(-half * 0.92, hipUp + 0.1),
    at(-half, shoulderUp - 0.05),
  ];
  add(torso, colours.coat);
  const turned = [torso[1]!, torso[2]!, torso[3]!, torso[4]!, at(half * 0.45, hemUp)];
  add([...turned, at(half * 0.3, shoulderUp)], shade(colours.coat, 0.88));

  const head = at(side * 0.03, shoulderUp + 0.075 * tall);
  const [headX, headY] = [0.044 * tall + 0.012 * Math.abs(side), 0.063 * tall];
  add(limb(at(0, shoulderUp), head, sized(0.1), sized(0.1)), shade(colours.skin, 0.8));
  add(ellipse(head, sized(headX), sized(headY)), colours.hair);
  if (towards > -0.6) {
    const face: Point2 = [head[0] + side * sized(0.028), head[1] + sized(0.022)];
    const across = sized(headX * (0.86 - 0.3 * Math.abs(side)));
    add(ellipse(face, across, sized(headY * 0.78)), colours.skin);
  }
  if (look.capped) {
    const crown: Point2 = [head[0], head[1] - sized(0.055)];
    add(ellipse(crown, sized(headX * 1.12), sized(headY * 0.55), 0, 14), colours.hair);
    const peak: Point2 = [head[0] + side * sized(0.11), head[1] - sized(0.035)];
    add(limb(crown, peak, sized(0.05), sized(0.035)), shade(colours.hair, 0.8));
  }
  drawArm(1);
  return shapes;
}

/** A leg's joints below and ahead of the hip, in metres; `reach` is how far down its sole is. */
function legOf(phase: number, gait: number, tall: number) {
  const [thigh, shin] = [0.245 * tall, 0.235 * tall];
  const swing = gait * 0.42 * Math.sin(phase);
  const bend = gait * 0.75 * Math.max(0, Math.cos(phase));
  const kneeAhead = Math.sin(swing) * thigh;
  const kneeDown = Math.cos(swing) * thigh;
  const ankleAhead = kneeAhead + Math.sin(swing - bend) * shin;
  const ankleDown = kneeDown + Math.cos(swing - bend) * shin;
  return {
    kneeAhead,
    kneeDown,
    ankleAhead,
    ankleDown,
    reach: ankleDown + 0.045,
  };
}
