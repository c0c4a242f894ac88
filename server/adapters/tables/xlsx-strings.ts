import { CasesError } from '../../cases/errors.ts';
import type { XlsxArchive } from './xlsx-archive.ts';
import { readWholeXml } from './xlsx-xml.ts';

const PART_LIMIT_BYTES = 256 * 1_048_576;
/** Characters of all shared strings: 100,000 narratives of a page's half. */
const TEXT_LIMIT = 64 * 1_048_576;
/** A spreadsheet's own limit is 32,767 characters in a cell; beyond it a cell is too long for a case. */
export const XLSX_CELL_LIMIT = 40_000;

/** Reads the texts that the cells of a workbook refer to by number (ECMA-376 part 1, 18.4). */
export async function readXlsxStrings(
  archive: XlsxArchive,
  part: string | null,
): Promise<readonly string[]> {
  if (part === null) return [];
  const strings: string[] = [];
  let text = '';
  let total = 0;
  let inText = false;
  let inPhonetics = false;
  await readWholeXml(archive.read(part, PART_LIMIT_BYTES), {
    open(name) {
      if (name === 'si') text = '';
      if (name === 'rPh') inPhonetics = true;
      inText = name === 't' && !inPhonetics;
    },
    text(piece) {
      if (inText && text.length < XLSX_CELL_LIMIT) text += piece.slice(0, XLSX_CELL_LIMIT);
    },
    close(name) {
      inText = false;
      if (name === 'rPh') inPhonetics = false;
      if (name !== 'si') return;
      total += text.length;
      if (total > TEXT_LIMIT) {
        throw new CasesError(
          'TABLE_UNREADABLE',
          'The workbook holds more text than one import takes. Save the sheet as CSV, or split it.',
        );
      }
      strings.push(decodeEscapes(text));
    },
  });
  return strings;
}

/** `_x000D_` → the character it stands for (18.4: ST_Xstring). */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
