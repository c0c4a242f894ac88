import { judgeLetter, refuseUnready } from './checks/judge-letter.ts';
import { type UnreadText, unreadTexts } from './checks/kyrgyz-texts.ts';
import { refuseUnequalLanguages } from './checks/refuse-unequal-languages.ts';
import type { Finding } from './findings.ts';
import { sentencesOf } from './findings.ts';
import type { LetterModel } from './letter-model.ts';
import { checkedLetter, invalidLetter } from './parse-letter.ts';
import type { LetterTemplates } from './ports.ts';

/** A letter that may be printed, and what a lawyer must know of it. */
export interface ReadyLetter {
  readonly letter: LetterModel;
  readonly findings: readonly Finding[];
  readonly unread: readonly UnreadText[];
}

/**
 * Checks a letter and everything that keeps it from being printed, or from being sealed.
 *
 * @throws {LetterError} as {@link judgedLetter}, and `TEMPLATE_INVALID` where its languages say
 *   different things.
 */
export function readyLetter(
  model: LetterModel,
  templates: LetterTemplates,
  options: { seals: boolean },
): ReadyLetter {
  const judged = judgedLetter(model, templates, options);
  refuseUnequalLanguages(judged.letter, templates);
  return judged;
}

/**
 * As {@link readyLetter}, for whoever compares the languages while the letter is printed.
 *
 * @throws {LetterError} `MODEL_INVALID` for a fault or a stop, `LETTER_NOT_READY` for what keeps it
 *   from being sealed, where a seal follows.
 */
export function judgedLetter(
  model: LetterModel,
  templates: LetterTemplates,
  { seals }: { seals: boolean },
): ReadyLetter {
  const letter = checkedLetter(model, templates);
  const unread = unreadTexts(letter, templates);
  const findings = judgeLetter(letter, templates, unread);
  const stops = sentencesOf(findings, 'stop', 'en');
  if (stops.length > 0) throw invalidLetter(stops);
  if (seals) refuseUnready(findings);
  return { letter, findings, unread };
}
