import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkClauseLibrary } from '../../server/letters/clauses/clause-library.ts';
import { NOTHING_CONFIRMED } from '../../server/letters/grounds/confirmations.ts';
import { checkLegalData } from '../../server/letters/grounds/legal-data.ts';
import { checkReplyTerms } from '../../server/letters/grounds/reply-term.ts';
import type { LetterModel } from '../../server/letters/letter-model.ts';
import type { LetterRules } from '../../server/letters/letter-rules.ts';
import { checkLetterTypes } from '../../server/letters/letter-types.ts';
import { compileMessages } from '../../server/letters/writing/message-catalog.ts';

const TEMPLATES = path.resolve(import.meta.dirname, '../../templates');

/** The folder of the shipped templates. */
export const TEMPLATES_FOLDER = TEMPLATES;

function read(name: string): unknown {
  return JSON.parse(readFileSync(path.join(TEMPLATES, 'letters', name), 'utf8'));
}

/** The legal data that is shipped. */
export const shippedLegal = checkLegalData({
  grounds: read('grounds.json'),
  demands: read('demands.json'),
});

const inEvery = (read: (lang: string) => unknown) => ({
  ky: read('ky'),
  ru: read('ru'),
  en: read('en'),
});

const library = checkClauseLibrary({
  structure: read('clauses.json'),
  texts: inEvery((lang) => read(`clauses/${lang}.json`)),
});

/** All that a letter is checked by, as it is shipped. */
export const shippedRules: LetterRules = {
  legal: shippedLegal,
  clauseLibrary: library,
  types: checkLetterTypes(read('types.json'), library),
  terms: checkReplyTerms(read('terms.json')),
  confirmed: NOTHING_CONFIRMED,
  messages: compileMessages(inEvery((lang) => read(`../messages/${lang}.json`))),
};

/** The shipped example of a type of letter; each call gives a fresh one. */
export function anExample(type: 'reminder' | 'prosecutor' | 'akyikatchy' | 'un'): LetterModel {
  return read(`examples/${type}.json`) as LetterModel;
}

/** The shipped example, changed by `change`; each call gives a fresh one. */
export function aLetter(change: (letter: LetterModel) => void = () => undefined): LetterModel {
  const letter = read('example.json') as LetterModel;
  change(letter);
  return letter;
}

/** The same text in all languages. */
export function everywhere(text: string): { ky: string; ru: string; en: string } {
  return { ky: text, ru: text, en: text };
}
