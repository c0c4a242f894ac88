/** Connected cells: their box in cells [x0, x1) × [y0, y1), how many there are, and the evidence. */
export interface Component {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly cells: number;
  readonly strongCells: number;
  /** Sum of the scores of its cells. */
  readonly mass: number;
}

/** What counts as evidence in a map of scores from 0 to 255. */
export interface Evidence {
  readonly weak: number;
  readonly strong: number;
}

/**
 * Finds the connected components (eight neighbours) of the cells that reach the weak evidence, so
 * that weak evidence is kept while it touches strong (hysteresis after Canny, 1986).
 *
 * @param scores - one plane, row by row. It is consumed: the cells of every component become 0.
 * @param stack - scratch space, at least as long as the plane.
 * @param seeds - the cells that may reach the weak evidence, when they are known; all, when not.
 */
export function takeComponents(
  scores: Uint8Array,
  width: number,
  evidence: Evidence,
  stack: Int32Array,
  seeds?: Int32Array,
): Component[] {
  const found: Component[] = [];
  const { weak, strong } = evidence;
  const height = scores.length / width;
  const count = seeds === undefined ? scores.length : seeds.length;
  for (let seed = 0; seed < count; seed++) {
    const start = seeds === undefined ? seed : seeds[seed]!;
    if (scores[start]! < weak) continue;
    let x0 = width;
    let y0 = height;
    let x1 = 0;
    let y1 = 0;
    let cells = 0;
    let strongCells = 0;
    let mass = scores[start]!;
    let depth = 0;
    stack[depth++] = start;
    if (mass >= strong) strongCells++;
    scores[start] = 0;
    while (depth > 0) {
      const cell = stack[--depth]!;
      cells++;
      const x = cell % width;
      const y = (cell - x) / width;
      if (x < x0) x0 = x;
      if (x >= x1) x1 = x + 1;
      if (y < y0) y0 = y;
      if (y >= y1) y1 = y + 1;
      const left = x > 0 ? x - 1 : x;
      const right = x + 1 < width ? x + 1 : x;
      const top = y > 0 ? y - 1 : y;
      const bottom = y + 1 < height ? y + 1 : y;
      for (let ny = top; ny <= bottom; ny++) {
        for (let nx = left; nx <= right; nx++) {
          const near = ny * width + nx;
          const score = scores[near]!;
          if (score < weak) continue;
          if (score >= strong) strongCells++;
          mass += score;
          scores[near] = 0;
          stack[depth++] = near;
        }
      }
    }
    found.push({ x0, y0, x1, y1, cells, strongCells, mass });
  }
  return found;
}
