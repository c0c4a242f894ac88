import { readSpellingDictionaries } from '../../server/adapters/spelling-dictionaries.ts';
import {
  type AnonymisedText,
  type AnonymiseOptions,
  anonymiseText,
} from '../../server/cases/anonymise/anonymise-text.ts';
import { createKnowledge } from '../../server/cases/anonymise/find-traces.ts';
import { createLexicon } from '../../server/cases/anonymise/lexicon.ts';

/** What rules know, with the dictionaries that come with Dalil. */
export const KNOWLEDGE = createKnowledge(createLexicon(readSpellingDictionaries()));

/** Anonymises as the command does. */
export function anonymise(raw: string, options?: AnonymiseOptions): AnonymisedText {
  return anonymiseText(raw, KNOWLEDGE, options);
}

/** What was found in a text, as it stands there. */
export function foundIn(raw: string, options?: AnonymiseOptions): string[] {
  return anonymise(raw, options).spans.map(({ start, end }) => raw.slice(start, end));
}
