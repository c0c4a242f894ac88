import { sha256 } from '../kernel/digest.ts';
import type { LetterModel } from './letter-model.ts';
import { checkedLetter } from './parse-letter.ts';
import type { DocumentPrinter, LetterTemplates } from './ports.ts';
import type { RenderedDocument } from './render-letter.ts';
import { presentInventory } from './sheets/present-inventory.ts';
import { presentPage } from './sheets/present-page.ts';
import type { Language } from './writing/language.ts';
import { createWriter } from './writing/writer.ts';

/** Renders the inventory of the disc in one language. */
export type RenderInventory = (
  model: LetterModel,
  letters: LetterModel['annexes'][number]['files'],
  lang: Language,
) => Promise<RenderedDocument>;

/**
 * Creates the rendering of the disc's inventory, which comes last: it holds the digests of the
 * letters.
 *
 * @throws {LetterError} from the rendering: `MODEL_INVALID`, `TEMPLATE_INVALID` and what the printer
 *   throws.
 */
export function createRenderInventory(deps: {
  printer: DocumentPrinter;
  templates: LetterTemplates;
}): RenderInventory {
  const { printer, templates } = deps;
  return async function renderInventory(model, letters, lang) {
    const letter = checkedLetter(model, templates);
    const writer = createWriter(templates, lang);
    const view = presentInventory(letter, letters, writer);
    const html = templates.fill({
      page: presentPage(letter, writer, `${view.head.heading}. ${view.head.of}`),
      parts: [{ kind: 'inventory', id: 'inventory', view }],
    });
    const { pdf, pages } = await printer.print({ html, date: letter.outgoing.date });
    return { pdf, pages, html, contentSha256: sha256(html) };
  };
}
