import { LetterError } from './errors.ts';
import type { Language } from './language.ts';
import type { LetterModel } from './letter-model.ts';
import { checkedLetter } from './parse-letter.ts';
import type { DocumentKind, DocumentPrinter, LetterTemplates } from './ports.ts';
import { presentCases } from './present-cases.ts';
import { presentExhibits } from './present-exhibits.ts';
import { presentPresenceLog } from './present-presence-log.ts';
import { presentStatistics } from './present-statistics.ts';
import type { RenderedDocument } from './render-letter.ts';
import { createWriter, type Writer } from './writer.ts';

/** An annex that is made from the model of the letter. */
export type AnnexKind = Exclude<DocumentKind, 'letter'>;

/** Renders one annex in one language. */
export type RenderAnnex = (
  kind: AnnexKind,
  model: LetterModel,
  lang: Language,
) => Promise<RenderedDocument>;

/**
 * Creates the rendering of annexes. Annexes come first, the list of files next, the letter last:
 * each holds digests of what was made before it.
 *
 * @throws {LetterError} from the rendering: `MODEL_INVALID`, for a presence log without presence too,
 *   `TEMPLATE_INVALID` and what the printer throws.
 */
export function createRenderAnnex(deps: {
  printer: DocumentPrinter;
  templates: LetterTemplates;
}): RenderAnnex {
  const { printer, templates } = deps;
  return async function renderAnnex(kind, model, lang) {
    const letter = checkedLetter(model, templates);
    const html = templates.fill(kind, viewOf(kind, letter, createWriter(templates, lang)));
    const { pdf, pages } = await printer.print({ html, date: letter.outgoing.date });
    return { pdf, pages, html, warnings: [] };
  };
}

function viewOf(kind: AnnexKind, model: LetterModel, writer: Writer): object {
  switch (kind) {
    case 'statistics':
      return presentStatistics(model, writer);
    case 'cases':
      return presentCases(model, writer);
    case 'exhibits':
      return presentExhibits(model, writer);
    case 'presence':
      if (model.presence === undefined) {
        throw new LetterError(
          'MODEL_INVALID',
          'The letter has no presence, so there is no log to print: add it or leave the annex out.',
        );
      }
      return presentPresenceLog(model, model.presence, writer);
  }
}
