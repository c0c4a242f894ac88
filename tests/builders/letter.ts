import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkLegalData } from '../../server/letters/legal-data.ts';
import type { LetterModel } from '../../server/letters/letter-model.ts';

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
