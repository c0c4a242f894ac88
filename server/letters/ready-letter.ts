import { judgeLetter, refuseUnready } from './checks/judge-letter.ts';
import { type UnreadText, unreadTexts } from './checks/kyrgyz-texts.ts';
import { refuseUnequalLanguages } from './checks/refuse-unequal-languages.ts';
import type { Finding } from './findings.ts';
import { sentencesOf } from './findings.ts';
import type { LetterModel } from './letter-model.ts';
import { checkedLetter, invalidLetter } from './parse-letter.ts';
import type { LetterTemplates } from './ports.ts';

/** What a lawyer must know of a letter that may be printed. */
export interface Judgement {
  readonly findings: readonly Finding[];
  readonly unread: readonly UnreadText[];
}

/** A letter that may be printed. */
export interface ReadyLetter extends Judgement {
  readonly letter: LetterModel;
}

/**
 * Checks a letter and everything that keeps it from being printed, or from being sealed.
 *
 * @throws {LetterError} `MODEL_INVALID`, as {@link judgedLetter}, and `TEMPLATE_INVALID` where its
 *   languages say different things.
 */
export function readyLetter(
  model: LetterModel,
  templates: LetterTemplates,
  options: { seals: boolean },
): ReadyLetter {
  const letter = checkedLetter(model, templates);
  const judgement = judgedLetter(letter, templates, options);
  refuseUnequalLanguages(letter, templates);
  return { letter, ...judgement };
}

/**
 * Judges a letter whose form was checked. Its languages are compared by whoever prints it, meanwhile.
 *
 * @throws {LetterError} `MODEL_INVALID` for a stop, `LETTER_NOT_READY` for what keeps it from being
 *   sealed, where a seal follows.
 */
export function judgedLetter(
  letter: LetterModel,
  templates: LetterTemplates,
  { seals }: { seals: boolean },
): Judgement {
  const unread = unreadTexts(letter, templates);
  const findings = judgeLetter(letter, templates, unread);
  const stops = sentencesOf(findings, 'stop', 'en');
  if (stops.length > 0) throw invalidLetter(stops);
  if (seals) refuseUnready(findings);
  return { findings, unread };
}
