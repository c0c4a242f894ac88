import { byPart, chosenClauses, isReworded } from '../clauses/choose-clauses.ts';
import { clauseConditions } from '../clauses/clause-conditions.ts';
import type { ClauseCondition, ClauseRole, LetterPart } from '../clauses/clause-library.ts';
import { clauseValues } from '../clauses/clause-values.ts';
import { fillClause } from '../clauses/fill-clause.ts';
import { type GroundDoubt, groundDoubt } from '../grounds/choose-grounds.ts';
import type { LetterModel } from '../letter-model.ts';
import type { LetterRules } from '../letter-rules.ts';
import { modelFaults } from '../parse-letter.ts';
import type { Language, Localized } from '../writing/language.ts';
import { createPlainWriter } from '../writing/writer.ts';

/** A clause of a letter as a form shows it. */
export interface FormClause {
  /** Its place in the letter's `clauses`, or in the usual list of its type. */
  readonly index: number;
  /** Null for the organisation's own paragraph. */
  readonly use: string | null;
  readonly part: LetterPart;
  readonly role: ClauseRole;
  /** Whether a letter of this type may not go without it. */
  readonly required: boolean;
  /** Whether it is printed: a clause on presence is not, where the letter has none. */
  readonly stands: boolean;
  /** Which of its conditions do not hold: why it does not stand. */
  readonly lacks: readonly ClauseCondition[];
  /** Whether its words are not those of the library. */
  readonly reworded: boolean;
  /** Its words with their fields unfilled; null for tables and lists of data. */
  readonly text: string | null;
  /** The same in every language: a clause is changed in all of them or in none. */
  readonly words: Localized | null;
  /** The library's words, to go back to; null where it has none. */
  readonly usual: Localized | null;
}

/** A field that can be written into clauses. */
export interface FormField {
  readonly name: string;
  /** Words in plural forms may follow a number, and no text. */
  readonly kind: 'number' | 'text';
  /** What it says in this letter. */
  readonly value: string;
}

/** A ground that the letter rests on, or could. */
export interface FormGround {
  readonly id: string;
  /** Its place in the letter's `grounds`; null where it is only offered. */
  readonly index: number | null;
  /** What is doubtful of it on the date of the letter. */
  readonly doubt: GroundDoubt;
  /** Why it is used all the same; null where nobody gave a reason. */
  readonly reason: string | null;
}

/** A demand of the letter, or a ready one that could be. */
export interface FormDemand {
  /** Null for the organisation's own words. */
  readonly id: string | null;
  /** Its place in the letter's `demands`; null where it is only offered. */
  readonly index: number | null;
  readonly words: Localized;
}

/** What a form needs to let somebody edit the clauses of a letter, its grounds and its demands. */
export interface LetterForm {
  /** In the order in which they are printed. Those that the library lacks are told in `faults`. */
  readonly clauses: readonly FormClause[];
  readonly fields: readonly FormField[];
  /** Those of the letter in their order, then those that are offered. */
  readonly grounds: readonly FormGround[];
  /** Those of the letter in their order, then those that are offered. */
  readonly demands: readonly FormDemand[];
  /** What keeps the letter from being written; one sentence each. */
  readonly faults: readonly string[];
}

/** The form of a letter in one language; one with faults has it too, for there they are mended. */
export function letterForm(model: LetterModel, lang: Language, rules: LetterRules): LetterForm {
  const conditions = clauseConditions(model, rules);
  const values = clauseValues(model, createPlainWriter(rules, lang), rules);
  const clauses = chosenClauses(model, rules).flatMap(
    ({ use, part, as, text }, index): FormClause[] => {
      if (use === undefined) {
        const own = { use: null, required: false, stands: true, lacks: [], reworded: false };
        const role = as ?? 'paragraph';
        const words = { words: text!, text: text![lang], usual: null };
        return [{ index, ...own, part: part!, role, ...words }];
      }
      const clause = rules.clauseLibrary.clauses.get(use);
      if (clause === undefined) return [];
      const words = text ?? clause.text;
      const lacks = clause.when.filter((condition) => !conditions.has(condition));
      return [
        {
          index,
          use,
          part: clause.part,
          role: clause.role,
          required: clause.required,
          stands: lacks.length === 0,
          lacks,
          reworded: isReworded(clause, text),
          text: words?.[lang] ?? null,
          words,
          usual: clause.text,
        },
      ];
    },
  );
  return {
    clauses: byPart(clauses),
    fields: [...values].map(([name, value]) => ({
      name,
      kind: typeof value === 'number' ? 'number' : 'text',
      value: fillClause(`{${name}}`, values, lang),
    })),
    grounds: formGrounds(model, rules),
    demands: formDemands(model, rules),
    faults: modelFaults(model, rules),
  };
}

/** Ids that the legal data lack are told in the faults of the form. */
function formGrounds({ grounds, overrides, outgoing }: LetterModel, rules: LetterRules) {
  const known = rules.legal.grounds;
  return inOrder(grounds, [...known.keys()]).flatMap(({ one: id, index }): FormGround[] => {
    const ground = known.get(id);
    if (ground === undefined) return [];
    const reason = overrides.find((override) => override.ground === id)?.reason ?? null;
    return [{ id, index, doubt: groundDoubt(ground, outgoing.date, rules), reason }];
  });
}

function formDemands({ demands }: LetterModel, rules: LetterRules) {
  const known = rules.legal.demands;
  return inOrder(demands, [...known.keys()]).flatMap(({ one, index }): FormDemand[] => {
    if (typeof one !== 'string') return [{ id: null, index, words: one.text }];
    const ready = known.get(one);
    return ready === undefined ? [] : [{ id: one, index, words: ready.text }];
  });
}

/** What is chosen with its place, and then what else there is. */
function inOrder<One>(chosen: readonly One[], all: readonly One[]) {
  return [
    ...chosen.map((one, index) => ({ one, index })),
    ...all.filter((one) => !chosen.includes(one)).map((one) => ({ one, index: null })),
  ];
}
