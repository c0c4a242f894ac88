import { ownTexts } from '../clauses/check-clauses.ts';
import { standingClauses } from '../clauses/choose-clauses.ts';
import { fieldsIn } from '../clauses/fill-clause.ts';
import type { Finding, Tell } from '../findings.ts';
import { faultAt } from '../letter-faults.ts';
import type { LetterModel } from '../letter-model.ts';
import type { LetterRules } from '../letter-rules.ts';
import type { Localized } from '../writing/language.ts';
import { groundDigest } from './confirmations.ts';
import type { Ground, LegalData } from './legal-data.ts';
import { REPLY_TERM } from './legal-data.ts';

/** What makes a ground no safe one on the date of a letter; null for one that a lawyer confirmed. */
export type GroundDoubt = 'unconfirmed' | 'notInForce' | null;

/** What is doubtful of a ground: that it was in force, or that a lawyer has confirmed it. */
export function groundDoubt(ground: Ground, date: string, rules: LetterRules): GroundDoubt {
  if (ground.inForceFrom !== null && date < ground.inForceFrom) return 'notInForce';
  if (ground.inForceTo !== null && date > ground.inForceTo) return 'notInForce';
  return rules.confirmed.ground.has(groundDigest(ground)) ? null : 'unconfirmed';
}

/** A doubtful ground as the draft marks it; null for one that is safe, or used with a reason. */
export function groundMark(
  ground: Ground,
  { outgoing, overrides }: LetterModel,
  rules: LetterRules,
): GroundDoubt {
  const overridden = overrides.some((one) => one.ground === ground.id);
  return overridden ? null : groundDoubt(ground, outgoing.date, rules);
}

/** Faults of the ids of a letter: of grounds, of demands, and of grounds used with a reason. */
export function legalFaults(model: LetterModel, legal: LegalData): string[] {
  const faults = model.grounds.flatMap((id, i) =>
    legal.grounds.has(id)
      ? []
      : [faultAt(['grounds', i], 'expected the id of a ground in grounds.json')],
  );
  model.demands.forEach((demand, i) => {
    if (typeof demand === 'string' && !legal.demands.has(demand)) {
      faults.push(faultAt(['demands', i], 'expected the id of a demand in demands.json'));
    }
  });
  const used = new Set([legal.standing.id, ...model.grounds]);
  if (model.first !== undefined) used.add(REPLY_TERM);
  model.overrides.forEach(({ ground }, i) => {
    if (!used.has(ground)) {
      faults.push(faultAt(['overrides', i, 'ground'], 'expected a ground that the letter uses'));
    }
  });
  return faults;
}

/**
 * What a lawyer must know of the grounds of a letter: one finding a doubtful ground, which keeps the
 * letter from being sealed, or says with which reason it is used all the same.
 */
export function groundFindings(model: LetterModel, rules: LetterRules, tell: Tell): Finding[] {
  return [...usedGrounds(model, rules)].flatMap((ground): Finding[] => {
    const doubt = groundDoubt(ground, model.outgoing.date, rules);
    const values = { ground: ground.id };
    const found: Finding[] = [];
    const override = model.overrides.find((one) => one.ground === ground.id);
    if (doubt !== null && override === undefined) {
      const rule = doubt === 'notInForce' ? 'ground-not-in-force' : 'ground-unconfirmed';
      found.push(withDoubts(tell(rule, 'seal', { values }), ground));
    } else if (override !== undefined && (doubt !== null || isAfterEvents(ground, model))) {
      found.push(
        tell('ground-overridden', 'warn', { values: { ...values, reason: override.reason } }),
      );
    }
    if (doubt !== 'notInForce' && isAfterEvents(ground, model)) {
      const severity = override === undefined ? 'seal' : 'warn';
      found.push(tell('ground-after-events', severity, { values }));
    }
    if (ground.inForceFrom === null) found.push(tell('ground-start-unknown', 'warn', { values }));
    if (ground.article === null) found.push(tell('ground-without-article', 'warn', { values }));
    return found;
  });
}

/** Whether a rule of conduct came into force only after the first of the cases it is held against. */
function isAfterEvents({ governs, inForceFrom }: Ground, { period }: LetterModel): boolean {
  return governs === 'events' && inForceFrom !== null && inForceFrom.slice(0, 7) > period.from;
}

/** The grounds that a letter rests on: its own, and the one on which any organisation writes, if it names it. */
export function usedGrounds(model: LetterModel, rules: LetterRules): ReadonlySet<Ground> {
  const { legal } = rules;
  const texts = [
    ...standingClauses(model, rules).map(({ text }) => text),
    ...ownTexts(model).map(({ text }) => text),
  ];
  const own = model.grounds.map((id) => legal.grounds.get(id)!);
  return new Set(texts.some(namesStanding) ? [legal.standing, ...own] : own);
}

/** Whether a text names the ground on which any organisation writes. */
export function namesStanding(text: Localized | null): boolean {
  return text !== null && fieldsIn(text.ky).some(({ name }) => name === 'law.standing');
}

/** Adds what is uncertain of a ground, which its data say in every language. */
function withDoubts(finding: Finding, { uncertainty }: Ground): Finding {
  const add = (sentence: string, doubt: string) =>
    doubt === '' ? sentence : `${sentence.replace(/\.$/, '')}: ${doubt}.`;
  const { sentence } = finding;
  const told: Localized = {
    ky: add(sentence.ky, uncertainty.ky),
    ru: add(sentence.ru, uncertainty.ru),
    en: add(sentence.en, uncertainty.en),
  };
  return { ...finding, sentence: told };
}
