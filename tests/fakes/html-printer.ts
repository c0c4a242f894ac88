import { sha256 } from '../../server/kernel/digest.ts';
import type { DocumentPrinter, PrintableDocument } from '../../server/letters/ports.ts';

/** A printer that keeps what it was given; its "file" is the digest of the document. */
export function createHtmlPrinter(): DocumentPrinter & { readonly printed: PrintableDocument[] } {
  const printed: PrintableDocument[] = [];
  const print = async (document: PrintableDocument) => {
    printed.push(document);
    const text = `%PDF ${sha256(`${document.date}\n${document.html}`)}`;
    return { pdf: new TextEncoder().encode(text), pages: 1, anchors: anchorsOf(document.html) };
  };
  return {
    printed,
    print,
    async printWanted(document, isWanted) {
      const { pdf, ...layout } = await print(document);
      return isWanted(layout) ? { pdf, ...layout } : null;
    },
  };
}

/** Whatever a link points at lies on the only page. */
function anchorsOf(html: string): Map<string, number> {
  return new Map([...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => [id!, 1]));
}
