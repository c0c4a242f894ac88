import type { Ground } from '../grounds/legal-data.ts';
import { replyTerm } from '../grounds/reply-term.ts';
import type { LetterModel } from '../letter-model.ts';
import type { LetterRules } from '../letter-rules.ts';
import { presenceFigures } from '../presence-days.ts';
import type { ClauseCondition } from './clause-library.ts';

/** The conditions that hold for a letter; they are the same in every language. */
export function clauseConditions(
  model: LetterModel,
  rules: LetterRules,
): ReadonlySet<ClauseCondition> {
  const { figures, narratives, presence, first } = model;
  const has = (role: string) => model.annexes.some((annex) => annex.role === role);
  const governs = (what: Ground['governs']) =>
    model.grounds.some((id) => rules.legal.grounds.get(id)?.governs === what);
  const told = has('cases') ? narratives.length : 0;
  const holds: Record<ClauseCondition, boolean> = {
    application: model.kind === 'application',
    complaint: model.kind === 'complaint',
    populations: figures.byPrimaryPopulation.length > 0,
    'near.shown': figures.nearOstSites !== null,
    'near.withheld': figures.nearOstSites === null,
    'near.fewer': figures.nearOstSites !== figures.lawEnforcement,
    pattern: model.pattern.length > 0,
    'narratives.one': told === 1,
    'narratives.several': told > 1,
    presence: presence !== undefined,
    'presence.some': presence !== undefined && presenceFigures(presence).intervals > 0,
    'presence.none': presence !== undefined && presenceFigures(presence).intervals === 0,
    'presence.annex': presence !== undefined && has('presence'),
    'grounds.conduct': governs('events'),
    'grounds.procedure': governs('letter'),
    first: first !== undefined,
    'first.unanswered':
      first !== undefined &&
      first.reply === 'none' &&
      model.outgoing.date > replyTerm(first.registered.date, rules.terms).due,
    'first.formal': first?.reply === 'formal',
  };
  const names = Object.keys(holds) as ClauseCondition[];
  return new Set(names.filter((name) => holds[name]));
}
