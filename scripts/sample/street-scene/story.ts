import type { CarLook, CarPlace } from './car.ts';
import type { Waypoint } from './path.ts';
import type { PersonLook } from './person.ts';

/** Length of the clip in seconds. */
export const STORY_SECONDS = 76;

/** When the police car comes, stands and is gone, in seconds. Under half of the clip, so that a
 * median over it is still the empty street. */
export const POLICE_STAY = {
  comes: 14,
  stops: 21,
  starts: 52.5,
  gone: 59,
} as const;
/** While the person in green waits. */
export const WAIT = { from: 17.2, to: 41 } as const;

/** A person of the story. */
export interface Walker {
  readonly name: string;
  readonly look: PersonLook;
  readonly path: readonly Waypoint[];
}

/** A car of the story. */
export interface Driver {
  readonly name: string;
  readonly kind: 'police-car' | 'civilian-car';
  readonly look: CarLook;
  readonly placeAt: (seconds: number) => CarPlace | null;
}

function way(...points: Array<[at: number, x: number, z: number]>): Waypoint[] {
  return points.map(([at, x, z]) => ({ at, x, z }));
}

/** Who walks through the clip. */
export const WALKERS: readonly Walker[] = [
  {
    name: 'dark',
    look: {
      heightM: 1.78,
      hem: 0.38,
      colours: {
        coat: [38, 40, 46],
        trousers: [44, 48, 60],
        shoes: [26, 24, 24],
        skin: [188, 142, 112],
        hair: [30, 26, 24],
      },
    },
    path: way([2, -1, 17.3], [8.5, 7.2, 17.6], [10.9, 7.2, 20.6]),
  },
  {
    // As bright as the asphalt: told from it by colour alone.
    name: 'pale',
    look: {
      heightM: 1.66,
      hem: 0.28,
      colours: {
        coat: [181, 162, 130],
        trousers: [170, 152, 122],
        shoes: [122, 96, 70],
        skin: [206, 160, 130],
        hair: [112, 74, 44],
      },
    },
    path: way(
      [24, -0.4, 10.6],
      [27.8, 4.2, 11.7],
      [33.2, 11.3, 11.8],
      [35.5, 11.6, 14.9],
      [36.8, 11, 16.3],
      [39.8, 7.2, 17.6],
      [42, 7.2, 20.6],
    ),
  },
  {
    name: 'red',
    look: {
      heightM: 1.74,
      hem: 0.47,
      colours: {
        coat: [186, 34, 48],
        trousers: [52, 62, 96],
        shoes: [64, 44, 36],
        skin: [196, 150, 120],
        hair: [44, 34, 30],
        bag: [214, 128, 30],
      },
    },
    path: way([24, 37, 17], [42.5, 11, 15.75], [47.4, 4, 15.6], [51.4, -1.6, 16.2]),
  },
  {
    name: 'green',
    look: {
      heightM: 1.72,
      hem: 0.46,
      capped: true,
      colours: {
        coat: [22, 112, 62],
        trousers: [74, 70, 66],
        shoes: [40, 36, 34],
        skin: [176, 130, 100],
        hair: [16, 60, 92],
      },
    },
    path: way(
      [13, -0.8, 18.1],
      [WAIT.from, 4.7, 18.1],
      [WAIT.to, 4.75, 18.1],
      [43, 7.1, 18],
      [45, 7.2, 20.6],
    ),
  },
  {
    name: 'violet',
    look: {
      heightM: 1.63,
      hem: 0.42,
      colours: {
        coat: [124, 48, 148],
        trousers: [40, 40, 92],
        shoes: [210, 210, 214],
        skin: [212, 168, 140],
        hair: [92, 46, 26],
      },
    },
    path: way([46, 7.2, 20.6], [48, 7.4, 17.9], [49.4, 9, 17.1], [71, 38, 17.3]),
  },
  {
    // Far away, behind the fence.
    name: 'far',
    look: {
      heightM: 1.75,
      hem: 0.45,
      colours: {
        coat: [32, 64, 164],
        trousers: [58, 54, 50],
        shoes: [36, 34, 32],
        skin: [190, 146, 118],
        hair: [40, 32, 28],
      },
    },
    path: way([3, 70, 32.4], [39, 24, 32]),
  },
  {
    name: 'yellow',
    look: {
      heightM: 1.69,
      hem: 0.47,
      colours: {
        coat: [226, 196, 30],
        trousers: [34, 92, 96],
        shoes: [84, 62, 46],
        skin: [182, 134, 104],
        hair: [60, 42, 34],
      },
    },
    path: way([54, 26, 17.2], [55.4, 25.4, 15.4], [61, 22.8, 8.6], [66, 28.5, 5], [67, 30, 4.4]),
  },
];

const POLICE_NEAR_Z = 12.9;

/** Who drives through it. */
export const DRIVERS: readonly Driver[] = [
  {
    name: 'police',
    kind: 'police-car',
    look: {
      body: [226, 228, 230],
      plate: '01KG000AAA',
      livery: { stripe: [30, 66, 158], text: 'МИЛИЦИЯ' },
    },
    placeAt(seconds) {
      const { comes, stops, starts, gone } = POLICE_STAY;
      if (seconds < comes || seconds >= gone) return null;
      const left = Math.max(0, (stops - seconds) / (stops - comes));
      const under = Math.max(0, (seconds - starts) / (gone - starts));
      return {
        x: 8 + 50 * left ** 2 - 16 * under ** 2,
        nearZ: POLICE_NEAR_Z,
        heads: -1,
      };
    },
  },
  {
    name: 'civilian',
    kind: 'civilian-car',
    look: { body: [22, 98, 108], plate: '01KG000BAB' },
    placeAt(seconds) {
      const [comes, gone] = [44, 49.5];
      if (seconds < comes || seconds >= gone) return null;
      return {
        x: -5 + ((seconds - comes) / (gone - comes)) * 46,
        nearZ: 7.6,
        heads: 1,
      };
    },
  },
];
