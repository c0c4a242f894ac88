import { type PrintedPdf, printedPdf, unexpectedForm } from './printed-pdf.ts';

/** A piece of the file that is replaced by one of another length. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The file with its edits and with more objects at its end, and with every offset of its
 * cross-reference table moved along.
 *
 * @param edits - in the order of the file, none within another.
 * @param added - what stands between `obj` and `endobj` of each object, numbered on from
 *   `pdf.entryCount`.
 * @throws {LetterError} `PRINT_FAILED` when the file is not built the way Chromium builds it.
 */
export function editPrintedPdf(
  pdf: PrintedPdf,
  edits: readonly Edit[],
  added: readonly string[] = [],
): PrintedPdf {
  const { text, entriesAt, entryCount, tableAt } = pdf;
  const parts: string[] = [];
  /** By how much what stands behind each edit moves. */
  const moves: number[] = [];
  let position = 0;
  let moved = 0;
  for (const edit of edits) {
    parts.push(text.slice(position, edit.start), edit.text);
    position = edit.end;
    moved += edit.text.length - (edit.end - edit.start);
    moves.push(moved);
  }
  /** The offset behind the edits that end at or before it: found by halves, for there are thousands. */
  const moveOf = (offset: number) => {
    let [low, high] = [0, edits.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (edits[middle]!.end <= offset) low = middle + 1;
      else high = middle;
    }
    return offset + (low === 0 ? 0 : moves[low - 1]!);
  };
  parts.push(text.slice(position, tableAt));
  const offsets: number[] = [];
  let end = moveOf(tableAt);
  for (const [i, content] of added.entries()) {
    const object = `${entryCount + i} 0 obj\n${content}\nendobj\n`;
    parts.push(object);
    offsets.push(end);
    end += object.length;
  }
  parts.push(`xref\n0 ${entryCount + added.length}\n`);
  for (let i = 0; i < entryCount; i++) {
    const entry = text.slice(entriesAt + 20 * i, entriesAt + 20 * i + 20);
    const isUsed = entry[17] === 'n';
    const offset = isUsed ? moveOf(Number(entry.slice(0, 10))) : 0;
    parts.push(isUsed ? written(offset) + entry.slice(10) : entry);
  }
  for (const offset of offsets) parts.push(`${written(offset)} 00000 n \n`);
  const tail = text.slice(entriesAt + 20 * entryCount, text.lastIndexOf('\nstartxref\n'));
  const size = `/Size ${entryCount}\n`;
  if (!tail.includes(size)) throw unexpectedForm();
  parts.push(tail.replace(size, `/Size ${entryCount + added.length}\n`));
  return printedPdf(`${parts.join('')}\nstartxref\n${end}\n%%EOF`);
}

function written(offset: number): string {
  return String(offset).padStart(10, '0');
}
