import { z } from 'zod';
import { chosenClauseFaults } from '../clauses/check-clauses.ts';
import { LetterError } from '../errors.ts';
import { faultAt, letterFaults } from '../letter-faults.ts';
import { LETTER_SCHEMA } from '../letter-model.ts';
import type { LetterRules } from '../letter-rules.ts';
import { invalidLetter } from '../parse-letter.ts';
import type { Language } from '../writing/language.ts';
import { type ChangedPart, differenceOf } from './compare-versions.ts';

/**
 * What an organisation keeps of a letter to use again: its type, clauses, grounds and demands, under
 * a name. Figures, dates and people are never in it.
 */
export const VARIANT_SCHEMA = z.strictObject({
  name: z.string().trim().min(1).max(120),
  type: LETTER_SCHEMA.shape.type,
  clauses: LETTER_SCHEMA.shape.clauses.unwrap(),
  grounds: LETTER_SCHEMA.shape.grounds,
  demands: LETTER_SCHEMA.shape.demands,
});

/** A letter's words as an organisation saved them. */
export type LetterVariant = z.infer<typeof VARIANT_SCHEMA>;

/** One saved edition of a variant. */
export interface SavedVariant {
  readonly id: string;
  /** Counts from one. */
  readonly version: number;
  readonly variant: LetterVariant;
}

/**
 * Checks the ids of a variant. Its fields are checked when a letter uses it, for which of them there
 * are depends on the letter.
 *
 * @throws {LetterError} `MODEL_INVALID`.
 */
export function checkedVariant(value: unknown, rules: LetterRules): LetterVariant {
  const parsed = VARIANT_SCHEMA.safeParse(value);
  if (!parsed.success) throw invalidLetter(letterFaults(parsed.error.issues));
  const { clauses, grounds, demands } = parsed.data;
  const faults = [
    ...chosenClauseFaults(clauses, rules),
    ...grounds.flatMap((id, i) =>
      rules.legal.grounds.has(id)
        ? []
        : [faultAt(['grounds', i], 'expected the id of a ground in grounds.json')],
    ),
    ...demands.flatMap((demand, i) =>
      typeof demand !== 'string' || rules.legal.demands.has(demand)
        ? []
        : [faultAt(['demands', i], 'expected the id of a demand in demands.json')],
    ),
  ];
  if (faults.length > 0) throw invalidLetter(faults);
  return parsed.data;
}

/** The difference between two editions of a variant in one language, part by part, fields unfilled. */
export function compareVariants(
  versions: { before: LetterVariant; after: LetterVariant },
  lang: Language,
  rules: LetterRules,
): readonly ChangedPart[] {
  return differenceOf(textsOf(versions.before, lang, rules), textsOf(versions.after, lang, rules));
}

function textsOf(
  { name, type, clauses, grounds, demands }: LetterVariant,
  lang: Language,
  { clauseLibrary, legal }: LetterRules,
): ReadonlyMap<string, readonly string[]> {
  const texts = new Map<string, string[]>([
    ['name', [name]],
    ['type', [type]],
  ]);
  const add = (part: string, text: string) => texts.set(part, [...(texts.get(part) ?? []), text]);
  for (const { use, part, text } of clauses) {
    const clause = use === undefined ? undefined : clauseLibrary.clauses.get(use);
    add('order', use ?? `${part}`);
    const words = text ?? clause?.text;
    if (words !== null && words !== undefined) add(clause?.part ?? part!, words[lang]);
  }
  for (const id of grounds) add('grounds', legal.grounds.get(id)?.rule[lang] ?? id);
  for (const demand of demands) {
    const words = typeof demand === 'string' ? legal.demands.get(demand)?.text : demand.text;
    add('demands', words?.[lang] ?? `${demand as string}`);
  }
  return texts;
}

/** The error of a variant, or an edition of one, that was never saved. */
export function variantUnknown(): LetterError {
  return new LetterError(
    'VARIANT_UNKNOWN',
    'There is no such variant of a letter, or no such edition of it.',
  );
}
