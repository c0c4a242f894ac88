import type { Screen } from './backdrop.ts';
import { depthOf, type Point2, project } from './camera.ts';
import type { Canvas, Veil } from './canvas.ts';
import { type DrawnCar, drawCar } from './car.ts';
import { motionAt } from './path.ts';
import { personShapes, type Shape } from './person.ts';
import { limb } from './shapes.ts';
import { DRIVERS, WALKERS } from './story.ts';
import { FRONT, SHADOW } from './street-plan.ts';
import { boxAround, ownedTiles, type TruthBox, type TruthSighting } from './truth.ts';

/** Everybody, in the order in which sightings number them: walkers, then drivers. */
export const CAST = [
  ...WALKERS.map(({ name, look }) => ({
    name,
    kind: 'person' as const,
    colours: look.colours,
  })),
  ...DRIVERS.map(({ name, kind, look }) => ({
    name,
    kind,
    colours: { body: look.body },
  })),
];

const SHADOW_COLOUR = [52, 54, 64] as const;

interface Present {
  readonly actor: number;
  readonly z: number;
  readonly shapes: readonly Shape[];
  readonly shadow: readonly Point2[];
  readonly car: DrawnCar | null;
}

/** Who is in the street at a moment, from the back to the front. */
function presentAt(seconds: number): Present[] {
  const walkers = WALKERS.flatMap(({ look, path }, actor): Present[] => {
    const motion = motionAt(path, seconds);
    if (motion === null || depthOf([motion.x, 0, motion.z]) < 3) return [];
    const shapes = personShapes(look, motion, seconds);
    const shadow = personShadow(motion.x, motion.z, look.heightM);
    return [{ actor, z: motion.z, shapes, shadow, car: null }];
  });
  const cars = DRIVERS.flatMap(({ look, placeAt }, index): Present[] => {
    const place = placeAt(seconds);
    if (place === null) return [];
    const car = drawCar(look, place);
    const shadow = car.footprint.map(([x, z]) => project([x + 0.5, 0, z + 0.3]));
    const actor = WALKERS.length + index;
    return [{ actor, z: place.nearZ + 0.9, shapes: car.shapes, shadow, car }];
  });
  return [...walkers, ...cars].sort((a, b) => b.z - a.z);
}

/** Paints everybody into a frame and tells who can be seen where. */
export function paintStage(
  canvas: Canvas,
  screens: readonly Screen[],
  seconds: number,
): TruthSighting[] {
  const present = presentAt(seconds);
  for (const { z, shadow, car } of present) {
    if (z > FRONT.z || shadow.length === 0) continue;
    const opacity = car === null ? 0.36 : 0.6;
    canvas.fill(shadow, {
      colour: SHADOW_COLOUR,
      opacity,
      veils: veilsBefore(screens, z),
    });
  }
  for (const { actor, z, shapes } of present) {
    const veils = veilsBefore(screens, z);
    for (const { polygon, colour } of shapes) {
      canvas.fill(polygon, { colour, owner: actor + 1, veils });
    }
  }
  return present.flatMap(({ actor, shapes, car }): TruthSighting[] => {
    const box = boxAround(shapes.flatMap(({ polygon }) => polygon));
    if (box === null) return [];
    const seen = ownedTiles(canvas.owners, actor + 1, box);
    if (seen.visiblePx === 0) return [];
    const sighting = {
      actor,
      box,
      visiblePx: seen.visiblePx,
      tiles: seen.tiles,
    };
    return [car === null ? sighting : { ...sighting, plates: boxesOf(car.plates) }];
  });
}

/** The police car's boxes at a moment when it stands. */
export function standingCar(seconds: number): {
  actor: number;
  box: TruthBox;
  windows: TruthBox[];
  plates: TruthBox[];
} {
  const actor = CAST.findIndex(({ kind }) => kind === 'police-car');
  const { look, placeAt } = DRIVERS[actor - WALKERS.length]!;
  const car = drawCar(look, placeAt(seconds)!);
  return {
    actor,
    box: boxAround(car.shapes.flatMap(({ polygon }) => polygon))!,
    windows: boxesOf(car.windows),
    plates: boxesOf(car.plates),
  };
}

function boxesOf(polygons: ReadonlyArray<readonly Point2[]>): TruthBox[] {
  return polygons.map(boxAround).filter((box) => box !== null);
}

function veilsBefore(screens: readonly Screen[], z: number): Veil[] {
  return screens.filter((screen) => screen.z < z).map(({ veil }) => veil);
}

/** A person's shadow on the ground, as long as the wall behind lets it be. */
function personShadow(x: number, z: number, tall: number): Point2[] {
  const room = Math.max(0, (FRONT.z - 0.05 - z) / (SHADOW[1] * tall));
  const part = x < FRONT.toX && z < FRONT.z ? Math.min(1, room) : 1;
  const [toX, toZ] = [x + SHADOW[0] * tall * part, z + SHADOW[1] * tall * part];
  return limb([x, z], [toX, toZ], 0.3, 0.42).map(([gx, gz]) => project([gx, 0, gz]));
}
