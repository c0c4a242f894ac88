import path from 'node:path';
import type { AttachedFile } from '../../letters/ports.ts';
import { editPrintedPdf } from './edit-printed-pdf.ts';
import { catalogIdOf, objectOf, offsetOf, type PrintedPdf, unexpectedForm } from './printed-pdf.ts';

/**
 * Puts files into a printed one, byte for byte and not compressed, under the last part of their path.
 * Each is said to be the data that the document was made from, as PDF/A-3 asks it of whatever is
 * attached.
 *
 * @param date - as the document is dated, `YYYY-MM-DD`: that of each file too.
 * @throws {LetterError} `PRINT_FAILED` when the file is not built the way Chromium builds it.
 * @see ISO 32000-1, 7.11.3 and 7.11.4; ISO 19005-3, 6.8 and annex E (associated files)
 */
export function attachFiles(
  pdf: PrintedPdf,
  files: readonly AttachedFile[],
  date: string,
): PrintedPdf {
  if (files.length === 0) return pdf;
  const catalogId = catalogIdOf(pdf);
  const catalog = objectOf(pdf, catalogId);
  if (!catalog.endsWith('>>') || /\/(?:AF|Names)\b/.test(catalog)) throw unexpectedForm();
  // Names of a tree stand in the order of their bytes.
  const named = files
    .map((file) => ({ ...file, name: path.posix.basename(file.path) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const added: string[] = [];
  const specifications = named.map(({ name, mediaType, bytes }) => {
    const content = pdf.entryCount + added.length;
    added.push(
      embeddedFile(mediaType, bytes, date),
      `<</Type /Filespec\n/F (${name})\n/UF (${name})\n/AFRelationship /Data\n/EF <</F ${content} 0 R\n/UF ${content} 0 R>>>>`,
    );
    return { name, reference: `${content + 1} 0 R` };
  });
  const tree = specifications.map(({ name, reference }) => `(${name}) ${reference}`).join(' ');
  const associated = specifications.map(({ reference }) => reference).join(' ');
  const end = offsetOf(pdf, catalogId) + catalog.length;
  const text = `\n/Names <</EmbeddedFiles <</Names [${tree}]>>>>\n/AF [${associated}]>>`;
  return editPrintedPdf(pdf, [{ start: end - 2, end, text }], added);
}

function embeddedFile(mediaType: string, bytes: Uint8Array, date: string): string {
  const modified = `D:${date.replaceAll('-', '')}000000Z`;
  const content = Buffer.from(bytes).toString('latin1');
  return `<</Type /EmbeddedFile\n/Subtype /${mediaType.replace('/', '#2F')}\n/Params <</Size ${bytes.length}\n/ModDate (${modified})>>\n/Length ${bytes.length}>> stream\n${content}\nendstream`;
}
