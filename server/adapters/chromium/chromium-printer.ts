import { LetterError } from '../../letters/errors.ts';
import type {
  DocumentPrinter,
  PrintableDocument,
  PrintedDocument,
  PrintedLayout,
} from '../../letters/ports.ts';
import { pdfAnchors } from '../pdf/pdf-anchors.ts';
import { prepareForArchive } from '../pdf/pdf-archive.ts';
import { attachFiles } from '../pdf/pdf-attachments.ts';
import { checkPdfFacts } from '../pdf/pdf-facts.ts';
import { fixPdfIdentity } from '../pdf/pdf-identity.ts';
import { settleSoftHyphens } from '../pdf/pdf-soft-hyphens.ts';
import { readPrintedPdf } from '../pdf/printed-pdf.ts';
import type { ChromiumPages } from './chromium-pages.ts';

/** Options of every print: page size from the style sheet, tags for readers, bookmarks. */
export const PRINT_OPTIONS = {
  preferCSSPageSize: true,
  printBackground: true,
  tagged: true,
  outline: true,
  // Would run a script in the page; the fonts are the machine's own and need no waiting.
  waitForFonts: false,
} as const;

/**
 * Prints with Chromium. The page is used once, because a page that is used again counts its
 * structure ids on and gives other bytes.
 */
export function createChromiumPrinter(deps: { pages: ChromiumPages }): DocumentPrinter {
  const printWanted: DocumentPrinter['printWanted'] = async (document, isWanted) => {
    const printed = await deps.pages
      .withPage(async (page) => {
        await page.setContent(document.html, { waitUntil: 'load' });
        // Finished before the page is given back: Chromium then opens the next one, and both would
        // wait for the same processors, three times as long.
        return await finished(await page.pdf(PRINT_OPTIONS), document, isWanted).catch(
          faultOfLetter,
        );
      })
      .catch((cause: unknown) => {
        if (cause instanceof LetterError) throw cause;
        throw new LetterError(
          'PRINT_FAILED',
          'Chromium failed while printing: try again; if it fails twice, split the annexes.',
          { cause },
        );
      });
    if (printed instanceof LetterError) throw printed;
    return printed;
  };
  return {
    printWanted,
    print: async (document) => (await printWanted(document, () => true))!,
  };
}

/** What is wrong with the letter itself, as a value: Chromium has not failed, and prints the next one. */
function faultOfLetter(error: unknown): LetterError {
  if (error instanceof LetterError) return error;
  throw error;
}

/** What Chromium printed, checked, read and made to depend on nothing but the letter. */
async function finished(
  printed: Uint8Array,
  { date, attachments = [] }: PrintableDocument,
  isWanted: (layout: PrintedLayout) => boolean,
): Promise<PrintedDocument | null> {
  const pdf = readPrintedPdf(printed);
  const { pages } = checkPdfFacts(pdf);
  const anchors = pdfAnchors(pdf);
  if (!isWanted({ pages, anchors })) return null;
  const part = attachments.length === 0 ? 2 : 3;
  const prepared = prepareForArchive(await settleSoftHyphens(pdf), { date, part });
  const whole = attachFiles(prepared, attachments, date);
  return { pdf: fixPdfIdentity(whole, date), pages, anchors };
}
