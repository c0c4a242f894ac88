import { findNames } from './find-names.ts';
import { findSpaced } from './find-spaced.ts';
import { findStructured } from './find-structured.ts';
import { type FoldedText, foldText } from './folded-text.ts';
import type { NamedFind } from './group-marks.ts';
import { guessLanguage, languagesOf } from './guess-language.ts';
import { createWordJudge } from './judge-word.ts';
import type { Lexicon, TextLanguage } from './lexicon.ts';
import { createNames, type NameKnowledge } from './names.ts';
import { createPlaces, type PlaceKnowledge } from './places.ts';
import { readWords } from './words.ts';

/** All that rules know of words. */
export interface Knowledge {
  readonly lexicon: Lexicon;
  readonly names: NameKnowledge;
  readonly places: PlaceKnowledge;
}

/** Puts together what rules know. */
export function createKnowledge(lexicon: Lexicon): Knowledge {
  return { lexicon, names: createNames(), places: createPlaces() };
}

/** The traces of a text, in its order; none overlaps another. */
export interface Traces {
  readonly folded: FoldedText;
  readonly language: TextLanguage;
  readonly finds: readonly NamedFind[];
}

/** Finds every trace that leads to a person: first by form, then by words. */
export function findTraces(
  raw: string,
  known: Knowledge,
  options: { language?: TextLanguage; roster?: ReadonlySet<string> } = {},
): Traces {
  const folded = foldText(raw);
  const language = options.language ?? guessLanguage(folded.text);
  const taken = new Uint8Array(folded.text.length);
  const structured = findStructured(folded, taken);
  const spaced = findSpaced(folded, taken);
  const words = readWords(folded, taken, languagesOf(folded.text, language));
  const named = findNames(folded, words, {
    judge: createWordJudge(known),
    lexicon: known.lexicon,
    names: known.names,
    places: known.places,
    roster: options.roster ?? new Set(),
    taken,
  });
  const finds: NamedFind[] = [
    ...structured.map((find) => ({ ...find, words: [] })),
    ...spaced.map((find) => ({
      ...find,
      words: [
        { lower: lettersOf(folded.lower.slice(find.start, find.end)), part: 'unsure' as const },
      ],
    })),
    ...named,
  ];
  return { folded, language, finds: withoutOverlaps(finds) };
}

const lettersOf = (text: string) => text.replaceAll(/[^\p{L}]/gu, '');

/** Sorted; a find that begins within another one is joined to it. */
function withoutOverlaps(finds: NamedFind[]): NamedFind[] {
  const sorted = finds.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: NamedFind[] = [];
  for (const find of sorted) {
    const last = kept.at(-1);
    if (last === undefined || find.start >= last.end) kept.push(find);
    else if (find.end > last.end) kept[kept.length - 1] = { ...last, end: find.end };
  }
  return kept;
}
