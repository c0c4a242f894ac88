import { faultAt } from '../letter-faults.ts';
import type { ChosenClause, LetterModel } from '../letter-model.ts';
import type { LetterRules } from '../letter-rules.ts';
import { LANGUAGES, type Language, type Localized } from '../writing/language.ts';
import { createWriter } from '../writing/writer.ts';
import { chosenClauses, standingClauses } from './choose-clauses.ts';
import { clauseConditions } from './clause-conditions.ts';
import { fieldNames } from './clause-library.ts';
import { clauseValues } from './clause-values.ts';
import { type FieldValues, fieldsIn, hasForms } from './fill-clause.ts';

const NAMES: Readonly<Record<Language, string>> = { ky: 'Kyrgyz', ru: 'Russian', en: 'English' };

/**
 * Faults of the clauses of a letter and of the fields in its own words; one sentence each. Only a
 * letter whose clauses the library has can be written: see {@link chosenClauseFaults}.
 */
export function clauseFaults(model: LetterModel, rules: LetterRules): string[] {
  const unknown = chosenClauseFaults(model.clauses ?? [], rules);
  if (unknown.length > 0) return unknown;
  const values = Object.fromEntries(
    LANGUAGES.map((lang) => [lang, clauseValues(model, createWriter(rules, lang), rules)]),
  ) as Record<Language, FieldValues>;
  return [
    ...missingClauses(model, rules),
    ...groundsTwice(model, rules),
    ...ownTexts(model).flatMap(({ path, text }) => fieldFaults(path, text, values)),
  ];
}

/** A text in which a lawyer may write fields, and where it stands. */
export interface OwnText {
  readonly path: readonly PropertyKey[];
  readonly text: Localized;
}

/** The texts of a letter in which fields are filled: clauses in other words, own ones, demands. */
export function ownTexts({ clauses = [], demands, subject }: LetterModel): readonly OwnText[] {
  return [
    ...(subject === undefined ? [] : [{ path: ['subject'], text: subject }]),
    ...clauses.flatMap(({ text }, i) =>
      text === undefined ? [] : [{ path: ['clauses', i, 'text'], text }],
    ),
    ...demands.flatMap((demand, i) =>
      typeof demand === 'string' ? [] : [{ path: ['demands', i, 'text'], text: demand.text }],
    ),
  ];
}

/** Faults of the ids in a list of clauses; one sentence each. */
export function chosenClauseFaults(clauses: readonly ChosenClause[], rules: LetterRules): string[] {
  const seen = new Set<string>();
  return clauses.flatMap(({ use, text }, i) => {
    if (use === undefined) return [];
    const at = ['clauses', i, 'use'];
    const clause = rules.clauseLibrary.clauses.get(use);
    if (clause === undefined) {
      return [faultAt(at, 'expected the id of a clause in templates/letters/clauses.json')];
    }
    if (seen.has(use)) return [faultAt(at, 'expected every clause once')];
    seen.add(use);
    return clause.text === null && text !== undefined
      ? [
          faultAt(
            ['clauses', i, 'text'],
            'is not a field of this clause, which has no words; take it out',
          ),
        ]
      : [];
  });
}

/** What a letter of this type may not go without, and does. */
function missingClauses(model: LetterModel, rules: LetterRules): string[] {
  const conditions = clauseConditions(model, rules);
  const chosen = new Set(chosenClauses(model, rules).map(({ use }) => use));
  return rules.types.get(model.type)!.clauses.flatMap((id) => {
    const { required, when } = rules.clauseLibrary.clauses.get(id)!;
    const needed = required && when.every((condition) => conditions.has(condition));
    return needed && !chosen.has(id)
      ? [faultAt(['clauses'], `expected the clause ${id}, which this type of letter needs`)]
      : [];
  });
}

/** A list of all grounds beside one of some of them would name these twice. */
function groundsTwice(model: LetterModel, rules: LetterRules): string[] {
  const standing = standingClauses(model, rules).map(({ role }) => role);
  const some = standing.includes('conduct') || standing.includes('procedure');
  return some && standing.includes('grounds')
    ? [faultAt(['clauses'], 'expected law.grounds, or law.conduct and law.procedure, but not both')]
    : [];
}

function fieldFaults(
  path: readonly PropertyKey[],
  text: Localized,
  values: Readonly<Record<Language, FieldValues>>,
): string[] {
  const faults = LANGUAGES.flatMap((lang) =>
    fieldsIn(text[lang]).flatMap(({ name, forms }) => {
      const at = [...path, lang];
      const value = values[lang].get(name);
      if (value === undefined) {
        return [faultAt(at, `expected a field that this letter has, not {${name}}`)];
      }
      if (forms.length > 0 && typeof value === 'string') {
        return [faultAt(at, `expected {${name}} without words, for it is no number`)];
      }
      return hasForms(forms.length, lang)
        ? []
        : [faultAt(at, `expected one word for each plural form behind {${name}: …}`)];
    }),
  );
  const others = LANGUAGES.filter((lang) => fieldNames(text[lang]) !== fieldNames(text.ky));
  return faults.concat(
    others.map((lang) => faultAt(path, `expected the same fields in ${NAMES[lang]} as in Kyrgyz`)),
  );
}
