import { replyTerm } from '../grounds/reply-term.ts';
import { faultAt } from '../letter-faults.ts';
import type { LetterModel } from '../letter-model.ts';
import type { LetterRules } from '../letter-rules.ts';

/** Faults of a letter that lacks what its type needs, or has what its type forbids; one sentence each. */
export function typeFaults(model: LetterModel, { types, terms }: LetterRules): string[] {
  const type = types.get(model.type)!;
  const { first, narratives, outgoing } = model;
  const faults: string[] = [];
  if (type.first === 'required' && first === undefined) {
    faults.push(faultAt(['first'], 'expected number, date and registration of the earlier letter'));
  }
  if (type.first === 'none' && first !== undefined) {
    faults.push(faultAt(['first'], 'is not a field of this type of letter; take it out'));
  }
  if (type.narratives === 'none' && narratives.length > 0) {
    faults.push(
      faultAt(['narratives'], 'expected none: this type of letter carries no accounts of cases'),
    );
  }
  if (first === undefined) return faults;
  if (first.registered.date < first.date) {
    faults.push(faultAt(['first', 'registered', 'date'], 'expected a day not before first.date'));
  }
  if (first.registered.date > outgoing.date) {
    faults.push(
      faultAt(['first', 'registered', 'date'], 'expected a day not after the date of this letter'),
    );
  } else if (type.first === 'required') {
    if (first.reply !== 'none') {
      faults.push(
        faultAt(['first', 'reply'], 'expected none: a letter that was answered needs no reminder'),
      );
    }
    const { due } = replyTerm(first.registered.date, terms);
    if (outgoing.date <= due) {
      faults.push(
        faultAt(
          ['outgoing', 'date'],
          `expected a day after ${due}: until then an answer to the earlier letter is in time`,
        ),
      );
    }
  }
  return faults;
}
