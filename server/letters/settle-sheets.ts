import { LetterError } from './errors.ts';
import type { PrintedDocument } from './ports.ts';
import type { SheetNumbers } from './sheets/sheet-numbers.ts';

/** Passes after which a document is given up: numbers that never take room settle in two. */
const MOST_PASSES = 4;

/** Prints a document that shows these numbers; null where none are known yet. */
export type PrintWith = (sheets: SheetNumbers | null) => Promise<PrintedDocument>;

/**
 * Prints a document that names its own sheets: prints, counts, and prints again with what was counted,
 * until the numbers that it shows are those that it has.
 *
 * @param guess - numbers of an earlier print; right ones save a pass, wrong ones change nothing.
 * @throws {LetterError} `PRINT_FAILED` when the numbers do not settle, and what `print` throws.
 */
export async function settleSheets(
  print: PrintWith,
  guess: SheetNumbers | null,
): Promise<{ printed: PrintedDocument; sheets: SheetNumbers }> {
  let shown = guess;
  for (let pass = 1; pass <= MOST_PASSES; pass++) {
    const printed = await print(shown);
    const sheets: SheetNumbers = { at: printed.anchors, total: printed.pages };
    if (isShown(sheets, shown)) return { printed, sheets };
    shown = sheets;
  }
  throw new LetterError(
    'PRINT_FAILED',
    'The numbers of the sheets do not settle, so the references would be wrong: change a word of the letter and print again.',
  );
}

function isShown(found: SheetNumbers, shown: SheetNumbers | null): boolean {
  if (shown === null) return found.at.size === 0;
  return (
    found.total === shown.total &&
    found.at.size === shown.at.size &&
    [...found.at].every(([id, sheet]) => shown.at.get(id) === sheet)
  );
}
