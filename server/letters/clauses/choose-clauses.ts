import type { ChosenClause, LetterModel } from '../letter-model.ts';
import type { LetterRules } from '../letter-rules.ts';
import { LANGUAGES, type Localized } from '../writing/language.ts';
import { clauseConditions } from './clause-conditions.ts';
import type { Clause, ClauseRole, LetterPart } from './clause-library.ts';

/** A clause as it stands in one letter. */
export interface StandingClause {
  readonly part: LetterPart;
  readonly role: ClauseRole;
  /** The clause of the library; null for an own paragraph. */
  readonly clause: Clause | null;
  /** Its words, unfilled; null for tables, grounds and demands. */
  readonly text: Localized | null;
}

/** The clauses of a letter as they were chosen: its own list, or the usual one of its type. */
export function chosenClauses(model: LetterModel, rules: LetterRules): readonly ChosenClause[] {
  return (
    model.clauses ?? rules.types.get(model.type)!.clauses.map((id): ChosenClause => ({ use: id }))
  );
}

/** Whether words were put in the place of a clause's own. */
export function isReworded(clause: Clause, text: Localized | undefined): boolean {
  return text !== undefined && LANGUAGES.some((lang) => text[lang] !== clause.text?.[lang]);
}

/**
 * The clauses that stand in a letter, in its order: those whose conditions hold. Parts keep together:
 * each stands where its first clause does.
 */
export function standingClauses(model: LetterModel, rules: LetterRules): readonly StandingClause[] {
  const conditions = clauseConditions(model, rules);
  const standing = chosenClauses(model, rules).flatMap((chosen): StandingClause[] => {
    if (chosen.use === undefined) {
      return [
        { part: chosen.part!, role: chosen.as ?? 'paragraph', clause: null, text: chosen.text! },
      ];
    }
    const clause = rules.clauseLibrary.clauses.get(chosen.use)!;
    if (!clause.when.every((condition) => conditions.has(condition))) return [];
    const { part, role } = clause;
    return [{ part, role, clause, text: chosen.text ?? clause.text }];
  });
  return byPart(standing);
}

/** Clauses as a letter has them: parts keep together, each where its first clause stands. */
export function byPart<One extends { readonly part: LetterPart }>(clauses: readonly One[]): One[] {
  const parts = [...new Set(clauses.map(({ part }) => part))];
  return parts.flatMap((part) => clauses.filter((one) => one.part === part));
}
