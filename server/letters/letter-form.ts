import { chosenClauses } from './choose-clauses.ts';
import { clauseConditions } from './clause-conditions.ts';
import type { ClauseRole, LetterPart } from './clause-library.ts';
import { clauseValues } from './clause-values.ts';
import { fillClause } from './fill-clause.ts';
import type { Language } from './language.ts';
import type { LetterModel } from './letter-model.ts';
import type { LetterRules } from './ports.ts';
import { createPlainWriter } from './writer.ts';

/** A clause of a letter as a form shows it, in the letter's order. */
export interface FormClause {
  /** Null for the organisation's own paragraph. */
  readonly use: string | null;
  readonly part: LetterPart;
  readonly role: ClauseRole;
  /** Whether a letter of this type may not go without it. */
  readonly required: boolean;
  /** Whether it is printed: a clause on presence is not, where the letter has none. */
  readonly stands: boolean;
  /** Whether its words are not those of the library. */
  readonly reworded: boolean;
  /** Its words with their fields unfilled; null for tables and lists of data. */
  readonly text: string | null;
}

/** What a form needs to let somebody edit the words, order and inclusion of clauses. */
export interface LetterForm {
  readonly clauses: readonly FormClause[];
  /** Every field that can be written into them, with what it says in this letter. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

/** The form of a checked letter in one language. */
export function letterForm(model: LetterModel, lang: Language, rules: LetterRules): LetterForm {
  const conditions = clauseConditions(model, rules);
  const values = clauseValues(model, createPlainWriter(rules, lang), rules);
  return {
    clauses: chosenClauses(model, rules).map(({ use, part, as, text }): FormClause => {
      if (use === undefined) {
        const role = as ?? 'paragraph';
        const own = { use: null, required: false, stands: true, reworded: false };
        return { ...own, part: part!, role, text: text![lang] };
      }
      const clause = rules.clauseLibrary.clauses.get(use)!;
      return {
        use,
        part: clause.part,
        role: clause.role,
        required: clause.required,
        stands: clause.when.every((condition) => conditions.has(condition)),
        reworded: text !== undefined,
        text: (text ?? clause.text)?.[lang] ?? null,
      };
    }),
    fields: [...values.keys()].map((name) => ({
      name,
      value: fillClause(`{${name}}`, values, lang),
    })),
  };
}
