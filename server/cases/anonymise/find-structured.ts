import type { Find } from './find.ts';
import type { FoldedText } from './folded-text.ts';
import { STRUCTURED_RULES } from './structured-rules.ts';

/**
 * Finds identifiers by their form: numbers, contacts, plates, dates, house numbers. What a surer
 * rule has taken is not offered to a wider one.
 *
 * @param taken - one entry for every unit of the text; 1 where something was found.
 */
export function findStructured({ lower }: FoldedText, taken: Uint8Array): Find[] {
  const finds: Find[] = [];
  for (const { rule, type, pattern, script, holds } of STRUCTURED_RULES) {
    if (script !== undefined && !script.test(lower)) continue;
    for (const match of lower.matchAll(pattern)) {
      const found = match.groups?.find ?? match.groups?.find2 ?? match.groups?.find3 ?? match[0];
      if (holds !== undefined && !holds(found)) continue;
      const start = found === match[0] ? match.index : match.index + match[0].lastIndexOf(found);
      const end = start + found.trimEnd().length;
      if (taken[start] === 1 || taken[end - 1] === 1) continue;
      taken.fill(1, start, end);
      finds.push({ start, end, type, rule });
    }
  }
  return finds;
}
