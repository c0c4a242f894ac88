import type { Point3 } from './camera.ts';

// Where everything stands, in metres: x along the street, z across it.

/** The carriageway, between its kerbs. */
export const ROAD = { nearZ: 5.6, farZ: 15, middleZ: 10.2 } as const;
/** The house with the dispensing site: its front stands on the far pavement. */
export const FRONT = { z: 19, fromX: -12, toX: 15.2, heightM: 7.4 } as const;
/** The open door of the site and the plain board over it. */
export const DOOR = { fromX: 6.6, toX: 7.75, heightM: 2.2 } as const;
export const SIGN = { fromX: 5.9, toX: 8.5, fromY: 2.55, toY: 3.05 } as const;
/** The fence that goes on where the house ends. */
export const FENCE = { z: 19.3, fromX: 15.2, toX: 52, heightM: 1.8 } as const;
/** A block of flats behind the fence. */
export const FLATS = { z: 38, fromX: 27, toX: 64, heightM: 13 } as const;

/** Where the shadow of something one metre high falls: the sun is low, behind and to the left. */
export const SHADOW: readonly [x: number, z: number] = [0.8, 0.34];

/** A tree: its foot, the middle of its crown and the crown's radius. */
export interface Tree {
  readonly foot: Point3;
  readonly crownY: number;
  readonly crownRadius: number;
  readonly trunkRadius: number;
}

/** The trees, nearest last. */
export const TREES: readonly Tree[] = [
  { foot: [58, 0, 16], crownY: 5.2, crownRadius: 2.4, trunkRadius: 0.2 },
  { foot: [45, 0, 16], crownY: 5, crownRadius: 2.3, trunkRadius: 0.2 },
  { foot: [31, 0, 26], crownY: 5.6, crownRadius: 3, trunkRadius: 0.25 },
  { foot: [33, 0, 16], crownY: 5.1, crownRadius: 2.2, trunkRadius: 0.19 },
  { foot: [22, 0, 23.5], crownY: 4.8, crownRadius: 2.4, trunkRadius: 0.2 },
  { foot: [23.5, 0, 15.9], crownY: 5.3, crownRadius: 2.2, trunkRadius: 0.18 },
  { foot: [14.6, 0, 15.9], crownY: 5.6, crownRadius: 2, trunkRadius: 0.17 },
];
