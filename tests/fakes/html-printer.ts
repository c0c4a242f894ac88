import { sha256 } from '../../server/kernel/digest.ts';
import type { DocumentPrinter, PrintableDocument } from '../../server/letters/ports.ts';

/** A printer that keeps what it was given; its "file" is the digest of the document. */
export function createHtmlPrinter(): DocumentPrinter & { readonly printed: PrintableDocument[] } {
  const printed: PrintableDocument[] = [];
  return {
    printed,
    async print(document) {
      printed.push(document);
      const text = `%PDF ${sha256(`${document.date}\n${document.html}`)}`;
      return { pdf: new TextEncoder().encode(text), pages: 1, anchors: anchorsOf(document.html) };
    },
  };
}

/** Whatever a link points at lies on the only page. */
function anchorsOf(html: string): Map<string, number> {
  return new Map([...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => [id!, 1]));
}
