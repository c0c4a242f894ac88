import type { Knowledge } from './find-traces.ts';
import type { FoldedText } from './folded-text.ts';
import type { NamedFind } from './group-marks.ts';
import type { TextLanguage } from './lexicon.ts';
import { nameKey, nameKeys } from './name-key.ts';
import { type CaseNames, labelOf } from './pseudonyms.ts';
import type { Span } from './span.ts';

/** Shorter keys would be found in half of all words. */
const LEAST_KEY = 5;
const MOST_PIECES = 4;
const PIECE = /[\p{L}]+/gu;

/**
 * Looks once more, by other means, at what is left of a text: pieces of words side by side that
 * together sound like a name found elsewhere in the case, such as «Аса нов» or «аса…нов».
 */
export function scanAgain(
  folded: FoldedText,
  finds: readonly NamedFind[],
  context: {
    caseNames: CaseNames;
    roster: ReadonlySet<string>;
    language: TextLanguage;
    known: Knowledge;
  },
): Span[] {
  const { caseNames, roster, language, known } = context;
  const owners = new Map<string, string>();
  for (const person of caseNames.people) {
    for (const key of [...person.surname, ...person.given, ...person.other]) {
      if (key.length >= LEAST_KEY && !owners.has(key)) owners.set(key, labelOf(person, language));
    }
  }
  for (const key of roster) {
    if (key.length >= LEAST_KEY && !owners.has(key))
      owners.set(key, labelOf({ kind: 'name', number: 0 }, language));
  }
  if (owners.size === 0) return [];
  const starts = new Set([...owners.keys()].map((key) => key.slice(0, 2)));

  const spans: Span[] = [];
  let from = 0;
  for (const { start, end } of [...finds, { start: folded.text.length, end: folded.text.length }]) {
    scanKept(from, start);
    from = end;
  }
  return spans;

  function scanKept(begin: number, end: number): void {
    const kept = folded.lower.slice(begin, end);
    const pieces = [...kept.matchAll(PIECE)].map(({ 0: word, index }) => ({
      word,
      at: begin + index,
    }));
    for (let i = 0; i < pieces.length; i++) {
      let joined = pieces[i]!.word;
      if (!starts.has(nameKey(joined).slice(0, 2)) && joined.length > 2) continue;
      for (let j = i + 1; j < Math.min(pieces.length, i + MOST_PIECES); j++) {
        const gap = folded.lower.slice(
          pieces[j - 1]!.at + pieces[j - 1]!.word.length,
          pieces[j]!.at,
        );
        if (!/^[ \n.*_…·-]{1,3}$/.test(gap)) break;
        joined += pieces[j]!.word;
        if (joined.length > 40) break;
        const owner = nameKeys(joined)
          .map((key) => owners.get(key))
          .find((label) => label !== undefined);
        const whole = pieces
          .slice(i, j + 1)
          .every(({ word }) => word.length > 3 && known.lexicon.isOrdinary(word, language));
        if (owner === undefined || whole) continue;
        const last = pieces[j]!;
        spans.push({
          start: folded.rawStart(pieces[i]!.at),
          end: folded.rawEnd(last.at + last.word.length - 1),
          type: 'name',
          replacement: owner,
          rule: 'second-scan',
        });
        i = j;
        break;
      }
    }
  }
}
