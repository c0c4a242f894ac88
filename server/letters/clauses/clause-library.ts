import { z } from 'zod';
import { LetterError } from '../errors.ts';
import { LANGUAGES, type Language, type Localized } from '../writing/language.ts';
import { fieldsIn, hasForms } from './fill-clause.ts';

/** The parts of a letter's body, each under a heading of its own or none. */
export const LETTER_PARTS = [
  'standing',
  'first',
  'facts',
  'pattern',
  'presence',
  'law',
  'limits',
  'demands',
  'original',
] as const;

/** One part of a letter's body. */
export type LetterPart = (typeof LETTER_PARTS)[number];

/**
 * What a clause is on the page. `sentence` goes on with the paragraph before it, `lead` stays with
 * the list behind it. `table`, `grounds` and `demands` have no words of their own: they stand where
 * the figures, the grounds and the demands of the letter go; `conduct` and `procedure` where the
 * grounds go that govern what happened, and those that govern what becomes of the letter.
 */
export const CLAUSE_ROLES = [
  'heading',
  'paragraph',
  'sentence',
  'lead',
  'point',
  'note',
  'table',
  'grounds',
  'conduct',
  'procedure',
  'demands',
] as const;

/** What a clause is on the page. */
export type ClauseRole = (typeof CLAUSE_ROLES)[number];

/** What may be asked of a letter before a clause stands in it; see `clauseConditions`. */
export const CLAUSE_CONDITIONS = [
  'application',
  'complaint',
  'populations',
  'near.shown',
  'near.withheld',
  'near.fewer',
  'pattern',
  'narratives.one',
  'narratives.several',
  'presence',
  'presence.some',
  'presence.none',
  'presence.annex',
  'grounds.conduct',
  'grounds.procedure',
  'first',
  'first.unanswered',
  'first.formal',
] as const;

/** One condition of a clause. */
export type ClauseCondition = (typeof CLAUSE_CONDITIONS)[number];

/** The form of a clause's id: the part and a name. */
export const CLAUSE_ID = /^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/;
const id = z.string().regex(CLAUSE_ID);
const WORDLESS: readonly ClauseRole[] = ['table', 'grounds', 'conduct', 'procedure', 'demands'];

const STRUCTURE = z.strictObject({
  version: z.int().min(1),
  clauses: z.array(
    z.strictObject({
      id,
      part: z.enum(LETTER_PARTS),
      role: z.enum(CLAUSE_ROLES),
      required: z.boolean(),
      when: z.array(z.enum(CLAUSE_CONDITIONS)),
    }),
  ),
});
const TEXTS = z.strictObject({
  version: z.int().min(1),
  language: z.enum(LANGUAGES),
  texts: z.record(z.string(), z.string().trim().min(1).max(6_000)),
});

/** A clause of the library: where it belongs, when it stands, and its words in every language. */
export interface Clause {
  readonly id: string;
  readonly part: LetterPart;
  readonly role: ClauseRole;
  /** No letter whose type has it goes without it, as long as its conditions hold. */
  readonly required: boolean;
  readonly when: readonly ClauseCondition[];
  /** Null for clauses without words of their own. */
  readonly text: Localized | null;
}

/** The clauses that letters are made of. */
export interface ClauseLibrary {
  /** Counts the editions of the library. */
  readonly version: number;
  readonly clauses: ReadonlyMap<string, Clause>;
}

/**
 * Checks the library as it was read from its files: one for the structure, one a language.
 *
 * @throws {LetterError} `TEMPLATE_INVALID`, naming the first clause that is malformed, is missing in
 *   a language, or has other fields there than in Kyrgyz.
 */
export function checkClauseLibrary(files: {
  structure: unknown;
  texts: Readonly<Record<Language, unknown>>;
}): ClauseLibrary {
  const structure = read(STRUCTURE, files.structure, 'clauses.json');
  const texts = Object.fromEntries(
    LANGUAGES.map((lang) => [lang, read(TEXTS, files.texts[lang], `clauses/${lang}.json`)]),
  ) as Record<Language, z.infer<typeof TEXTS>>;
  for (const lang of LANGUAGES) {
    if (texts[lang].language !== lang || texts[lang].version !== structure.version) {
      throw invalid(`clauses/${lang}.json`, 'another language or edition stands in it');
    }
    const known = new Set(structure.clauses.map((one) => one.id));
    const stray = Object.keys(texts[lang].texts).find((one) => !known.has(one));
    if (stray !== undefined) throw invalid(`clauses/${lang}.json`, `clauses.json lacks ${stray}`);
  }
  const clauses = structure.clauses.map(({ id, part, role, required, when }): Clause => {
    const text = WORDLESS.includes(role) ? null : textOf(id, texts);
    return { id, part, role, required, when, text };
  });
  if (new Set(clauses.map((one) => one.id)).size !== clauses.length) {
    throw invalid('clauses.json', 'a clause stands in it twice');
  }
  return {
    version: structure.version,
    clauses: new Map(clauses.map((one) => [one.id, one])),
  };
}

function textOf(id: string, texts: Readonly<Record<Language, z.infer<typeof TEXTS>>>): Localized {
  const of = (lang: Language): string => {
    const text = texts[lang].texts[id];
    if (text === undefined) throw invalid(`clauses/${lang}.json`, `${id} is missing`);
    if (fieldsIn(text).some(({ forms }) => !hasForms(forms.length, lang))) {
      throw invalid(`clauses/${lang}.json`, `${id} has too few or too many words for a number`);
    }
    return text;
  };
  const text = { ky: of('ky'), ru: of('ru'), en: of('en') };
  for (const lang of LANGUAGES) {
    if (fieldNames(text[lang]) === fieldNames(text.ky)) continue;
    throw invalid(`clauses/${lang}.json`, `${id} has other fields than in Kyrgyz`);
  }
  return text;
}

/** The fields that a text has, sorted and each once, as one word to compare. */
export function fieldNames(text: string): string {
  return [...new Set(fieldsIn(text).map(({ name }) => name))].sort().join(' ');
}

function read<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  file: string,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(file, `${parsed.error.issues[0]!.path.join('.')} is missing or malformed`);
}

function invalid(file: string, why: string): LetterError {
  return new LetterError(
    'TEMPLATE_INVALID',
    `The library of clauses cannot be used: ${why}. Mend templates/letters/${file}.`,
  );
}
