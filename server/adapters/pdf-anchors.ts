import { LetterError } from '../letters/errors.ts';

/**
 * The page, from 1, of every named destination of a file that Chromium printed: of each element with
 * an id that a link inside the document points at. Empty for a document without such links.
 *
 * @throws {LetterError} `PRINT_FAILED` when the file is not built the way Chromium builds it.
 * @see ISO 32000-1, 12.3.2.3 (named destinations in the catalog's /Dests)
 */
export function pdfAnchors(pdf: Uint8Array): ReadonlyMap<string, number> {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1');
  const dests = /\n\/Dests (\d+) 0 R/.exec(text)?.[1];
  if (dests === undefined) return new Map();
  const pages = pagesOf(text);
  return new Map(
    [...objectOf(text, dests).matchAll(/\/([A-Za-z0-9._-]+) \[(\d+) 0 R /g)].map(
      ([, name, page]) => {
        const at = pages.indexOf(page!);
        if (at < 0) throw unexpectedForm();
        return [name!, at + 1];
      },
    ),
  );
}

/** The objects of all pages in order, through the tree of pages. */
function pagesOf(text: string): string[] {
  const root = /\/Type \/Catalog\n\/Pages (\d+) 0 R/.exec(text)?.[1];
  if (root === undefined) throw unexpectedForm();
  const found: string[] = [];
  const visit = (id: string) => {
    const kids = /\/Kids \[([^\]]*)\]/.exec(objectOf(text, id))?.[1];
    if (kids === undefined) found.push(id);
    else for (const [, kid] of kids.matchAll(/(\d+) 0 R/g)) visit(kid!);
  };
  visit(root);
  return found;
}

function objectOf(text: string, id: string): string {
  const start = text.indexOf(`\n${id} 0 obj\n`);
  const end = text.indexOf('\nendobj', start);
  if (start < 0 || end < 0) throw unexpectedForm();
  return text.slice(start, end);
}

function unexpectedForm(): LetterError {
  return new LetterError(
    'PRINT_FAILED',
    'Chromium printed a file of a form that is not known, so its sheets cannot be counted: use the Chromium of Debian 12 or later.',
  );
}
