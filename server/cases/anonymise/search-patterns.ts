import { openingsOf } from './pattern-openings.ts';

/** What of a text a pattern matches, by the place of the pattern among those that are searched for. */
export type PatternMatches = (pattern: number) => Iterable<RegExpExecArray>;

const UNITS = 0x10000;
/** Pairs of characters whose patterns are kept; a text of nothing but new ones must not fill the memory. */
const MOST_PAIRS = 50_000;
const isHalf = (code: number) => code >= 0xd800 && code <= 0xdfff;
const isTrail = (code: number) => code >= 0xdc00 && code <= 0xdfff;

/**
 * Finds what `text.matchAll(pattern)` finds for each of many patterns. One that begins where a word does
 * is tried only where a word begins as its matches may: tens of patterns that look behind every letter
 * of a text are most of the work on it.
 *
 * @param patterns - with the flags `g` and `u`, and no others.
 * @throws {RangeError} for other flags, by which a pattern would find something else here.
 */
export function createPatternSearch(patterns: readonly RegExp[]): (text: string) => PatternMatches {
  const other = patterns.find(({ flags }) => flags !== 'gu');
  if (other !== undefined) throw new RangeError(`a pattern has other flags than gu: ${other}`);
  // Reading the patterns takes longer than many a command that searches nothing: the first text has it done.
  let search: ((text: string) => PatternMatches) | undefined;
  return (text) => {
    search ??= readPatterns(patterns);
    return search(text);
  };
}

function readPatterns(patterns: readonly RegExp[]): (text: string) => PatternMatches {
  const openings = patterns.map(openingsOf);
  const sticky = patterns.map(({ source }) => new RegExp(source, 'uy'));
  const known = new Map<number, Uint8Array>();
  /** 1 where a UTF-16 unit is a letter or a digit. Behind half a character only a pattern can say. */
  const inWord = Uint8Array.from({ length: UNITS }, (_, code) =>
    !isHalf(code) && /[\p{L}\p{N}]/u.test(String.fromCharCode(code)) ? 1 : 0,
  );

  /** The patterns that may match where two characters stand. */
  function openedBy(text: string, at: number): Uint8Array {
    const first = text.charCodeAt(at);
    const second = at + 1 < text.length ? text.charCodeAt(at + 1) : UNITS;
    const pair = first * (UNITS + 1) + second;
    let opened = known.get(pair);
    if (opened === undefined) {
      const two = text.slice(at, at + 2);
      // Half a character tells nothing: each pattern has to look.
      const unread = isHalf(first) || isHalf(second);
      opened = Uint8Array.from(
        openings.flatMap((one, i) => (one !== null && (unread || one.test(two)) ? [i] : [])),
      );
      if (known.size >= MOST_PAIRS) known.clear();
      known.set(pair, opened);
    }
    return opened;
  }

  return (text) => {
    const places = patterns.map((): number[] => []);
    let afterWord = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (afterWord === 0 && !isTrail(code)) {
        for (const pattern of openedBy(text, at)) places[pattern]!.push(at);
      }
      afterWord = inWord[code]!;
    }
    return (pattern) =>
      openings[pattern] === null
        ? text.matchAll(patterns[pattern]!)
        : matchesAt(text, sticky[pattern]!, places[pattern]!);
  };
}

function matchesAt(text: string, sticky: RegExp, places: readonly number[]): RegExpExecArray[] {
  const matches: RegExpExecArray[] = [];
  let end = 0;
  for (const at of places) {
    if (at < end) continue;
    sticky.lastIndex = at;
    const match = sticky.exec(text);
    if (match === null) continue;
    matches.push(match);
    end = at + match[0].length;
  }
  return matches;
}
