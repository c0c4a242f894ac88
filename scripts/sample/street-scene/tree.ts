import type { SeededRandom } from '../seeded-random.ts';
import { depthOf, type Point2, pixelsPerMetre, project } from './camera.ts';
import type { Canvas, Rgb } from './canvas.ts';
import { ellipse, limb, shade } from './shapes.ts';
import type { Tree } from './street-plan.ts';

const BARK: Rgb = [96, 84, 72];
const LEAVES: readonly Rgb[] = [
  [176, 146, 58],
  [150, 136, 62],
  [122, 122, 58],
  [188, 158, 84],
];

/** A tree as shapes to paint, from the back to the front. */
export function treeShapes(
  tree: Tree,
  random: SeededRandom,
): Array<{ polygon: Point2[]; colour: Rgb; opacity: number }> {
  const scale = pixelsPerMetre(depthOf(tree.foot));
  const [x, , z] = tree.foot;
  const at = (dx: number, y: number): Point2 => {
    const [px, py] = project([x, y, z]);
    return [px + dx * scale, py];
  };
  const unit = () => random.below(10_000) / 10_000;
  const { crownY, crownRadius, trunkRadius } = tree;
  const shapes = [];
  const trunk = [at(0, 0), at(0.06, crownY - crownRadius * 0.3)] as const;
  const width = trunkRadius * 2 * scale;
  shapes.push({
    polygon: limb(trunk[0], trunk[1], width, width * 0.6),
    colour: BARK,
    opacity: 1,
  });
  const bright = limb(at(-trunkRadius * 0.5, 0.05), trunk[1], width * 0.35, width * 0.2);
  shapes.push({ polygon: bright, colour: shade(BARK, 1.3), opacity: 0.7 });
  for (let branch = 0; branch < 7; branch++) {
    const from = at(0.05, crownY - crownRadius * (0.3 + 0.6 * unit()));
    const tip = at((unit() - 0.5) * 2 * crownRadius, crownY + (unit() - 0.2) * crownRadius);
    const polygon = limb(from, tip, width * 0.35, width * 0.08);
    shapes.push({ polygon, colour: shade(BARK, 0.85), opacity: 1 });
  }
  for (let leaf = 0; leaf < 420; leaf++) {
    const turn = unit() * 2 * Math.PI;
    const reach = crownRadius * Math.sqrt(unit()) * (0.75 + 0.3 * Math.sin(3 * turn + x));
    const [dx, dy] = [Math.cos(turn) * reach, Math.sin(turn) * reach * 0.85];
    const size = scale * (0.07 + 0.17 * unit());
    // Lit from the upper left, as everything here.
    const light = 0.92 - (0.16 * dx) / crownRadius + (0.2 * dy) / crownRadius;
    shapes.push({
      polygon: ellipse(at(dx, crownY + dy), size, size * 0.6, unit() * 3, 8),
      colour: shade(random.pick(LEAVES), light * (0.78 + 0.4 * unit())),
      opacity: 0.85,
    });
  }
  return shapes;
}

/** Paints a tree. */
export function paintTree(canvas: Canvas, shapes: ReturnType<typeof treeShapes>): void {
  for (const { polygon, colour, opacity } of shapes) canvas.fill(polygon, { colour, opacity });
}
