import type { Ground, LegalData } from './legal-data.ts';
import { faultAt } from './letter-faults.ts';
import type { LetterModel } from './letter-model.ts';

/** Whether a ground is known to have been in force on the date of the letter. */
function inForce(ground: Ground, date: string): 'yes' | 'no' | 'unknown' {
  if (ground.inForceFrom !== null && date < ground.inForceFrom) return 'no';
  if (ground.inForceTo !== null && date > ground.inForceTo) return 'no';
  return ground.inForceFrom === null ? 'unknown' : 'yes';
}

/** Faults of the ids of a letter: unknown ones, and grounds that were not in force on its date. */
export function legalFaults(model: LetterModel, legal: LegalData): string[] {
  const faults = model.grounds.flatMap((id, i) => {
    const ground = legal.grounds.get(id);
    if (ground === undefined) {
      return [faultAt(['grounds', i], 'expected the id of a ground in grounds.json')];
    }
    if (inForce(ground, model.outgoing.date) === 'no') {
      return [faultAt(['grounds', i], 'expected a ground in force on the date of the letter')];
    }
    return [];
  });
  model.demands.forEach((demand, i) => {
    if (typeof demand === 'string' && !legal.demands.has(demand)) {
      faults.push(faultAt(['demands', i], 'expected the id of a demand in demands.json'));
    }
  });
  if (inForce(legal.standing, model.outgoing.date) === 'no') {
    faults.push(
      faultAt(
        ['outgoing', 'date'],
        'expected a day on which the law on appeals in grounds.json is in force',
      ),
    );
  }
  return faults;
}

/** What a lawyer must look at before the letter is signed; one sentence per ground. */
export function legalWarnings(model: LetterModel, legal: LegalData): string[] {
  const used = [legal.standing, ...model.grounds.map((id) => legal.grounds.get(id)!)];
  return [...new Set(used)].flatMap((ground) => {
    const doubts: string[] = [];
    if (ground.confirmedBy === null || ground.confirmedAt === null) {
      doubts.push('no lawyer has confirmed it');
    }
    if (inForce(ground, model.outgoing.date) === 'unknown') {
      doubts.push('it is not known since when it is in force');
    }
    if (ground.article === null) doubts.push('the letter names the act without an article');
    if (doubts.length === 0) return [];
    return [
      `Ground ${ground.id}: ${[...doubts, ground.uncertainty.en].filter(Boolean).join('; ')}.`,
    ];
  });
}
