/** The first characters of a part of a pattern: each a list of patterns of one character, two at most. */
type Opening = readonly string[];

const MOST = 2;
/** Any character, or the end: what stands behind an opening that is shorter than {@link MOST}. */
const NOTHING: readonly Opening[] = [[]];

const LOOK_AROUND = /^\(\?<?[=!]/;
const GROUP = /^\((?:\?:|\?<[\p{L}\p{N}]+>)/u;
const TIMES = /^(?:[?*+]|\{\d+(?:,\d*)?\})\??/;
/** A character of its own, an escaped one, a property or a class. Nothing else takes a character. */
const ATOM = /^(?:\\[pP]\{[^}]*\}|\\[^bBckux1-9]|\[(?:\\.|[^\]\\])*\]|[^\\[\](){}|?*+^$])/u;
/** «(?<![\p{L}\p{N}…])» in front: no match begins right behind a letter or a digit. */
const BEHIND_NO_WORD = /^\(\?<!\[\\p\{L\}\\p\{N\}[^\]]*\]\)/;

/**
 * Reads the first two characters that a match of a pattern (flag `u`) may have, for patterns that
 * match nothing right behind a letter or a digit. Too much may be told, never too little.
 *
 * @returns a pattern to be held against two characters of a text, or its last one; `null` where a
 *   match may begin within a word or be empty, or the pattern is written in a way that is not read here.
 */
export function openingsOf({ source }: RegExp): RegExp | null {
  if (!alternativesOf(source).every((one) => BEHIND_NO_WORD.test(one))) return null;
  let rest = source;
  const openings = alternatives();
  if (openings === null || rest !== '' || openings.some((one) => one.length === 0)) return null;
  return new RegExp(`^(?:${openings.map((one) => one.join('')).join('|')})`, 'u');

  function alternatives(): readonly Opening[] | null {
    const all: Opening[] = [];
    for (;;) {
      const one = sequence();
      if (one === null) return null;
      all.push(...one);
      if (!rest.startsWith('|')) return distinct(all);
      rest = rest.slice(1);
    }
  }

  function sequence(): readonly Opening[] | null {
    let openings = NOTHING;
    while (rest !== '' && !/^[|)]/.test(rest)) {
      const next = term();
      if (next === null) return null;
      openings = followed(openings, next);
    }
    return openings;
  }

  function term(): readonly Opening[] | null {
    const looks = LOOK_AROUND.exec(rest)?.[0];
    const opened = looks ?? GROUP.exec(rest)?.[0];
    let once: readonly Opening[] | null;
    if (opened === undefined) {
      const atom = ATOM.exec(rest)?.[0];
      if (atom === undefined) return null;
      rest = rest.slice(atom.length);
      once = [[atom]];
    } else {
      rest = rest.slice(opened.length);
      once = alternatives();
      if (once === null || !rest.startsWith(')')) return null;
      rest = rest.slice(1);
      // What only looks around takes no character: nothing is promised by it.
      if (looks !== undefined) once = NOTHING;
    }
    const times = TIMES.exec(rest)?.[0];
    if (times === undefined) return once;
    rest = rest.slice(times.length);
    const least = times[0] === '{' ? Number.parseInt(times.slice(1), 10) : times[0] === '+' ? 1 : 0;
    const most = /^(?:\?|\{[01]\}|\{\d,1\})/.test(times) ? 1 : MOST;
    const openings = least === 0 ? [...NOTHING] : [];
    for (let count = 1, run = once; count <= most; count++, run = followed(run, once)) {
      if (count >= Math.min(least, MOST)) openings.push(...run);
    }
    return distinct(openings);
  }
}

/** Every opening of a part followed by every one of the part behind it, as far as is looked at. */
function followed(first: readonly Opening[], behind: readonly Opening[]): readonly Opening[] {
  return distinct(
    first.flatMap((one) =>
      one.length >= MOST ? [one] : behind.map((next) => [...one, ...next].slice(0, MOST)),
    ),
  );
}

function distinct(openings: readonly Opening[]): readonly Opening[] {
  return [...new Map(openings.map((one) => [one.join('\n'), one])).values()];
}

/** The alternatives of a whole pattern, each as it is written. */
function alternativesOf(source: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const [piece] of source.matchAll(/\\.|\[(?:\\.|[^\]\\])*\]|[\s\S]/gu)) {
    if (piece === '(') depth++;
    if (piece === ')') depth--;
    if (piece === '|' && depth === 0) parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts;
}
