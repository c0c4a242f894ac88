const PART = /\\p\{\w+\}|\\.|\(\?<?[:=!]|\{[\d,]+\}|\[(?:\\p\{\w+\}|\\.|[^\]\\])*\]|\p{L}|./gsu;
const IN_CLASS = /\\p\{\w+\}|\\.|(\p{L})-(\p{L})|\p{L}|./gsu;

/**
 * The source of a regular expression that ignores letter case, written out: `ab` → `[aA][bB]`.
 *
 * It replaces the inline modifier `(?i:…)`, which the V8 of Node 24 gets wrong: within it,
 * `\p{Nd}{1,2}(?:th)?(?: of)? (?:january|…)` does not find "15th of March" but only "5th of March".
 * A rule that skips a possible beginning lets an identifier pass.
 */
export function anyCase(source: string): string {
  return source.replaceAll(PART, (part) => {
    if (/^\p{L}$/u.test(part)) return `[${bothCases(part)}]`;
    if (!part.startsWith('[')) return part;
    const inner = part.slice(1, -1).replaceAll(IN_CLASS, (item, from?: string, to?: string) => {
      if (from !== undefined && to !== undefined) {
        const small = `${from.toLowerCase()}-${to.toLowerCase()}`;
        return `${small}${from.toUpperCase()}-${to.toUpperCase()}`;
      }
      return /^\p{L}$/u.test(item) ? bothCases(item) : item;
    });
    return `[${inner}]`;
  });
}

function bothCases(letter: string): string {
  return [...new Set([letter.toLowerCase(), letter.toUpperCase()])].join('');
}
