import { z } from 'zod';
import { type ClauseLibrary, fieldNames } from './clauses/clause-library.ts';
import { LetterError } from './errors.ts';
import { LANGUAGES } from './writing/language.ts';

/** Whom a letter goes to, and why. */
export const LETTER_TYPES = ['ministry', 'reminder', 'prosecutor', 'akyikatchy', 'un'] as const;

/** One type of letter. */
export type LetterTypeId = (typeof LETTER_TYPES)[number];

const words = z.string().trim().min(1).max(300);

const localized = z.strictObject({ ky: words, ru: words, en: words });

const TYPES_SCHEMA = z.strictObject({
  version: z.literal(1),
  types: z.array(
    z.strictObject({
      id: z.enum(LETTER_TYPES),
      /** Code of the body, as consents name it; by it figures are told as finely as it may know them. */
      recipient: z.string().min(1),
      /**
       * What is asked of a consent before a narrative goes along: the level, given for this body; or
       * `none`, where no narrative goes along at all.
       */
      narratives: z.enum(['none', 'C2']),
      /** Whether the letter is about an earlier one, and must say which. */
      first: z.enum(['required', 'optional', 'none']),
      /** Whether the letter has a box for the stamp of its reader's chancery, on its second copy. */
      receipt: z.boolean(),
      /** What stands above the subject; null where the letter's kind does. */
      title: localized.nullable(),
      subject: localized,
      /** The clauses in their usual order. */
      clauses: z.array(z.string()),
    }),
  ),
});

/** A type of letter: its reader, what that reader may be shown, and its usual clauses. */
export type LetterType = z.infer<typeof TYPES_SCHEMA>['types'][number];

/** All types of letters, by id. */
export type LetterTypes = ReadonlyMap<LetterTypeId, LetterType>;

/**
 * Checks the types of letters as they were read from their file.
 *
 * @throws {LetterError} `TEMPLATE_INVALID` when a type is missing, malformed, has a clause that the
 *   library lacks or a subject with other fields in one language than in another.
 */
export function checkLetterTypes(data: unknown, library: ClauseLibrary): LetterTypes {
  const parsed = TYPES_SCHEMA.safeParse(data);
  if (!parsed.success) {
    throw invalid(`${parsed.error.issues[0]!.path.join('.')} is missing or malformed`);
  }
  const types = new Map(parsed.data.types.map((type) => [type.id, type]));
  for (const id of LETTER_TYPES) {
    const { clauses, subject } = types.get(id) ?? {};
    if (clauses === undefined || subject === undefined) throw invalid(`${id} is missing`);
    const other = LANGUAGES.find((lang) => fieldNames(subject[lang]) !== fieldNames(subject.ky));
    if (other !== undefined) {
      throw invalid(`the subject of ${id} has other fields in ${other} than in Kyrgyz`);
    }
    if (new Set(clauses).size !== clauses.length) throw invalid(`${id} has a clause twice`);
    const unknown = clauses.find((clause) => !library.clauses.has(clause));
    if (unknown !== undefined) throw invalid(`the library has no clause ${unknown}`);
  }
  return types;
}

function invalid(why: string): LetterError {
  return new LetterError(
    'TEMPLATE_INVALID',
    `The types of letters cannot be used: ${why}. Mend templates/letters/types.json.`,
  );
}
