/** A text as rules read it, with the way back to the raw one. */
export interface MatchingText {
  readonly text: string;
  /** Raw offsets (UTF-16 units) of a stretch [start, end) of `text`. */
  rawSpan(start: number, end: number): { start: number; end: number };
}

const CLUSTER = /\P{M}\p{M}*|\p{M}+/gu;

/**
 * Folds what only looks different: compatibility forms (full-width digits, no-break spaces),
 * decomposed letters (й as и + breve), stress marks, and invisible characters (soft hyphens, zero
 * width spaces) that would split a name or a number. For matching only; offsets lead back.
 */
export function matchingText(raw: string): MatchingText {
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { 0: cluster, index } of raw.matchAll(CLUSTER)) {
    const folded = fold(cluster);
    for (let i = 0; i < folded.length; i++) {
      starts.push(index);
      ends.push(index + cluster.length);
    }
    text += folded;
  }
  return {
    text,
    rawSpan: (start, end) => ({ start: starts[start] ?? raw.length, end: ends[end - 1] ?? 0 }),
  };
}

function fold(cluster: string): string {
  // NFKC would turn № into the letters "No".
  const composed = cluster.startsWith('№') ? '№' : cluster.normalize('NFKC');
  return composed.replaceAll(/[\p{M}\p{Cf}]/gu, '').replaceAll(/[^\S\n]/gu, ' ');
}
