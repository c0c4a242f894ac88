import type { Find } from './find.ts';
import type { FoldedText } from './folded-text.ts';
import { createPatternSearch } from './search-patterns.ts';
import { STRUCTURED_RULES } from './structured-rules.ts';

let search: ReturnType<typeof createPatternSearch> | undefined;

/**
 * Finds identifiers by their form: numbers, contacts, plates, dates, house numbers. What a surer
 * rule has taken is not offered to a wider one.
 *
 * @param taken - one entry for every unit of the text; 1 where something was found.
 */
export function findStructured({ lower }: FoldedText, taken: Uint8Array): Find[] {
  const finds: Find[] = [];
  search ??= createPatternSearch(STRUCTURED_RULES.map(({ pattern }) => pattern));
  const matchesOf = search(lower);
  for (const [at, { rule, type, needs, holds }] of STRUCTURED_RULES.entries()) {
    if (needs !== undefined && !needs.test(lower)) continue;
    for (const match of matchesOf(at)) {
      const found = match.groups?.find ?? match.groups?.find2 ?? match.groups?.find3 ?? match[0];
      if (holds !== undefined && !holds(found)) continue;
      const start = found === match[0] ? match.index : match.index + match[0].lastIndexOf(found);
      const end = start + found.trimEnd().length;
      for (const rest of untaken(start, end, taken)) {
        // Of a narrower find's neighbours only what could still tell: digits, and words of a number.
        const whole = rest.start === start && rest.end === end;
        const told = type === 'phone' ? /\p{N}|\p{L}[ ,-]+\p{L}/u : /\p{N}/u;
        if (!whole && !told.test(lower.slice(rest.start, rest.end))) continue;
        taken.fill(1, rest.start, rest.end);
        finds.push({ ...rest, type, rule });
      }
    }
  }
  return finds;
}

/**
 * What of a stretch was not found yet, without the spaces at its ends: all of it where both its ends are
 * free. A narrow rule may have taken the front of a number, and the rest would tell it.
 */
function untaken(start: number, end: number, taken: Uint8Array): { start: number; end: number }[] {
  if (taken[start] !== 1 && taken[end - 1] !== 1) return [{ start, end }];
  const runs: { start: number; end: number }[] = [];
  for (let at = start; at < end; at++) {
    if (taken[at] === 1) continue;
    const last = runs.at(-1);
    if (last?.end === at) last.end = at + 1;
    else runs.push({ start: at, end: at + 1 });
  }
  return runs;
}
