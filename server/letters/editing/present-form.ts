import { presentSaid } from '../checks/present-findings.ts';
import type { LetterForm } from './letter-form.ts';

/** What leaves of the form of a letter, field by field. */
export function presentForm({ clauses, fields, grounds, demands, faults }: LetterForm) {
  return {
    clauses: clauses.map((clause) => ({
      index: clause.index,
      use: clause.use,
      part: clause.part,
      role: clause.role,
      required: clause.required,
      stands: clause.stands,
      lacks: [...clause.lacks],
      reworded: clause.reworded,
      text: clause.text,
      words: clause.words === null ? null : presentSaid(clause.words),
      usual: clause.usual === null ? null : presentSaid(clause.usual),
    })),
    fields: fields.map(({ name, kind, value }) => ({ name, kind, value })),
    grounds: grounds.map(({ id, index, doubt, reason }) => ({ id, index, doubt, reason })),
    demands: demands.map(({ id, index, words }) => ({ id, index, words: presentSaid(words) })),
    faults: [...faults],
  };
}
