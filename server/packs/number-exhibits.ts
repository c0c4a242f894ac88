import type { RandomBytes } from '../kernel/ids.ts';

/**
 * Numbers for `count` exhibits in a random order: `C-01`, `C-02` … They must not follow the order of
 * the registry or of the recordings, which somebody else may know.
 */
export function numberExhibits(letter: string, count: number, random: RandomBytes): string[] {
  const digits = Math.max(2, String(count).length);
  const numbers = Array.from(
    { length: count },
    (_, i) => `${letter}-${String(i + 1).padStart(digits, '0')}`,
  );
  // Fisher–Yates, every order as likely as any other.
  for (let last = count - 1; last > 0; last--) {
    const other = below(last + 1, random);
    [numbers[last], numbers[other]] = [numbers[other]!, numbers[last]!];
  }
  return numbers;
}

/** A number from 0 to `limit` − 1, each as likely: what does not divide evenly is drawn again. */
function below(limit: number, random: RandomBytes): number {
  const most = Math.floor(2 ** 32 / limit) * limit;
  for (;;) {
    const bytes = random(4);
    const drawn = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
    if (drawn < most) return drawn % limit;
  }
}
