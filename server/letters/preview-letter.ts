import { judgeLetter } from './checks/judge-letter.ts';
import { type UnreadText, unreadTexts } from './checks/kyrgyz-texts.ts';
import type { Finding } from './findings.ts';
import type { LetterModel } from './letter-model.ts';
import { checkedLetter } from './parse-letter.ts';
import type { LetterTemplates } from './ports.ts';
import { letterHtml } from './render-letter.ts';
import { boundAnnexes } from './sheets/sheet-numbers.ts';
import type { Language } from './writing/language.ts';

/** A letter as it will be printed, and what stands in its way. */
export interface LetterPreview {
  /** Complete HTML that references nothing. */
  readonly html: string;
  /** The gravest first; a letter with a stop is not printed, one with a seal not sealed. */
  readonly findings: readonly Finding[];
  /** Its Kyrgyz texts that no named reader has confirmed. */
  readonly unread: readonly UnreadText[];
}

/**
 * The letter with its annexes while it is being written: no PDF is made, so sheets are not counted
 * yet, and stops of the linter are shown instead of thrown.
 *
 * @throws {LetterError} `MODEL_INVALID` when the fields contradict each other, `TEMPLATE_INVALID`.
 */
export function previewLetter(
  model: LetterModel,
  lang: Language,
  templates: LetterTemplates,
): LetterPreview {
  const letter = checkedLetter(model, templates);
  const unread = unreadTexts(letter, templates);
  const findings = judgeLetter(letter, templates, unread);
  return {
    html: letterHtml(
      letter,
      lang,
      templates,
      { bound: boundAnnexes(letter), sheets: null },
      findings,
    ),
    findings,
    unread,
  };
}
