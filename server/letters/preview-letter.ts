import type { Language } from './language.ts';
import type { LetterModel } from './letter-model.ts';
import { letterWarnings } from './letter-warnings.ts';
import { type LintFinding, lintLetter } from './lint-letter.ts';
import { checkedLetter } from './parse-letter.ts';
import type { LetterTemplates } from './ports.ts';
import { letterHtml } from './render-letter.ts';
import { boundAnnexes } from './sheet-numbers.ts';

/** A letter as it will be printed, and what stands in its way. */
export interface LetterPreview {
  /** Complete HTML that references nothing. */
  readonly html: string;
  /** Stops first; a letter with a stop is not printed. */
  readonly findings: readonly LintFinding[];
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
  const found = [
    ...lintLetter(letter, templates.contested),
    ...letterWarnings(letter, templates.legal).map((sentence) => ({
      rule: 'look-again',
      severity: 'warn' as const,
      sentence,
    })),
  ];
  const of = (severity: LintFinding['severity']) =>
    found.filter((finding) => finding.severity === severity);
  const html = letterHtml(letter, lang, templates, { bound: boundAnnexes(letter), sheets: null });
  return { html, findings: [...of('stop'), ...of('warn')] };
}
