/** A grain of the scene: a value from 0 to 1 at a place of the plane, smooth and repeatable. */
export type Texture = (x: number, y: number) => number;

/**
 * Value noise over a lattice of whole numbers, in which neighbouring values are blended. Seeded, so
 * that the same walls have the same stains for ever.
 */
export function createTexture(seed: number): Texture {
  const lattice = (x: number, y: number): number => {
    let mixed = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ seed;
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
  return (x, y) => {
    const x0 = Math.floor(x);
    const y0 = Math.floor(y);
    const fx = ease(x - x0);
    const fy = ease(y - y0);
    const top = lattice(x0, y0) * (1 - fx) + lattice(x0 + 1, y0) * fx;
    const bottom = lattice(x0, y0 + 1) * (1 - fx) + lattice(x0 + 1, y0 + 1) * fx;
    return top * (1 - fy) + bottom * fy;
  };
}

function ease(part: number): number {
  return part * part * (3 - 2 * part);
}
