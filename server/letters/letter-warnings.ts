import { legalWarnings } from './choose-grounds.ts';
import { narrativeDoubts } from './compare-languages.ts';
import type { LegalData } from './legal-data.ts';
import type { LetterModel } from './letter-model.ts';

/** What a lawyer must look at before signing, besides the linter's findings; one sentence each. */
export function letterWarnings(model: LetterModel, legal: LegalData): string[] {
  const has = (role: string) => model.annexes.some((annex) => annex.role === role);
  return [
    ...legalWarnings(model, legal),
    ...(model.narratives.length > 0 && !has('cases')
      ? ['The letter has narratives, but no annex with the role cases: they are not mentioned.']
      : []),
    ...(model.presence !== undefined && !has('presence')
      ? ['The letter speaks of presence, but has no annex with the role presence.']
      : []),
    ...narrativeDoubts(model),
    ...joinableMonths(model).map(
      (month) =>
        `A narrative and the presence log share the month ${month}: together they can point at a person, so a lawyer must decide.`,
    ),
  ];
}

/** Months in which a narrative could be found in the presence log. */
function joinableMonths({ narratives, presence }: LetterModel): string[] {
  const logged = new Set(presence?.intervals.map(({ date }) => date.slice(0, 7)));
  return [...new Set(narratives.map(({ month }) => month))].filter((month) => logged.has(month));
}
