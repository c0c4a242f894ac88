import { refuseUnequal } from './compare-languages.ts';
import { LANGUAGES, type Language } from './language.ts';
import type { LetterModel } from './letter-model.ts';
import { letterWarnings } from './letter-warnings.ts';
import { type LintFinding, lintLetter } from './lint-letter.ts';
import { checkedLetter, invalidLetter } from './parse-letter.ts';
import type { DocumentPrinter, LetterTemplates } from './ports.ts';
import { type LetterView, presentLetter } from './present-letter.ts';
import { createWriter } from './writer.ts';

/** A rendered letter or annex. */
export interface RenderedDocument {
  /** Tagged, in embedded fonts; the same bytes whenever the model is the same. */
  readonly pdf: Uint8Array;
  readonly pages: number;
  /** What was printed. */
  readonly html: string;
  /** What a lawyer must look at before signing; one sentence each. */
  readonly warnings: readonly string[];
}

/** Renders the letter in one language. */
export type RenderLetter = (model: LetterModel, lang: Language) => Promise<RenderedDocument>;

/**
 * Creates the rendering of letters.
 *
 * The model is checked again and its own words are read by the linter, so that no letter leaves that
 * contradicts itself or would be returned, whoever made it.
 *
 * @throws {LetterError} from the rendering: `MODEL_INVALID`, `TEMPLATE_INVALID` and what the printer
 *   throws.
 */
export function createRenderLetter(deps: {
  printer: DocumentPrinter;
  templates: LetterTemplates;
}): RenderLetter {
  const { printer, templates } = deps;
  return async function renderLetter(model, lang) {
    const letter = checkedLetter(model, templates);
    const findings = lintLetter(letter, templates.contested);
    const stops = sentences(findings, 'stop');
    if (stops.length > 0) throw invalidLetter(stops);
    const html = letterHtml(letter, lang, templates);
    const { pdf, pages } = await printer.print({ html, date: letter.outgoing.date });
    const warnings = [...sentences(findings, 'warn'), ...letterWarnings(letter, templates.legal)];
    return { pdf, pages, html, warnings };
  };
}

/**
 * The letter as complete HTML, from a checked model. All languages are written and compared, so that
 * none leaves that says something else than the others.
 */
export function letterHtml(model: LetterModel, lang: Language, templates: LetterTemplates): string {
  const views = Object.fromEntries(
    LANGUAGES.map((one) => [one, presentLetter(model, createWriter(templates, one), templates)]),
  ) as Record<Language, LetterView>;
  refuseUnequal(views);
  return templates.fill('letter', views[lang]);
}

function sentences(findings: readonly LintFinding[], severity: LintFinding['severity']): string[] {
  return findings.filter((one) => one.severity === severity).map(({ sentence }) => sentence);
}
