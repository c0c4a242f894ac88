import { catalogIdOf, objectOf, type PrintedPdf, unexpectedForm } from './printed-pdf.ts';

/**
 * The page, from 1, of every named destination of a file that Chromium printed: of each element with
 * an id that a link inside the document points at. Empty for a document without such links.
 *
 * @throws {LetterError} `PRINT_FAILED` when the file is not built the way Chromium builds it.
 * @see ISO 32000-1, 12.3.2.3 (named destinations in the catalog's /Dests)
 */
export function pdfAnchors(pdf: PrintedPdf): ReadonlyMap<string, number> {
  const catalog = objectOf(pdf, catalogIdOf(pdf));
  const dests = /\n\/Dests (\d+) 0 R/.exec(catalog)?.[1];
  if (dests === undefined) return new Map();
  const pages = new Map(pagesOf(pdf, catalog).map((id, i) => [id, i + 1]));
  return new Map(
    [...objectOf(pdf, Number(dests)).matchAll(/\/([A-Za-z0-9._-]+) \[(\d+) 0 R /g)].map(
      ([, name, page]) => {
        const at = pages.get(page!);
        if (at === undefined) throw unexpectedForm();
        return [name!, at];
      },
    ),
  );
}

/** The objects of all pages in order, through the tree of pages. */
function pagesOf(pdf: PrintedPdf, catalog: string): string[] {
  const root = /\/Pages (\d+) 0 R/.exec(catalog)?.[1];
  if (root === undefined) throw unexpectedForm();
  const found: string[] = [];
  const visit = (id: string) => {
    const kids = /\/Kids \[([^\]]*)\]/.exec(objectOf(pdf, Number(id)))?.[1];
    if (kids === undefined) found.push(id);
    else for (const [, kid] of kids.matchAll(/(\d+) 0 R/g)) visit(kid!);
  };
  visit(root);
  return found;
}
