import { LetterError } from './errors.ts';
import type { PrintedDocument, PrintedLayout } from './ports.ts';
import type { SheetNumbers } from './sheets/sheet-numbers.ts';

/** Passes after which a document is given up: numbers that never take room settle in two. */
const MOST_PASSES = 4;

/**
 * Prints a document that shows these numbers, or none where none are known yet; gives null where the
 * layout is not wanted.
 */
export type PrintWith = (
  sheets: SheetNumbers | null,
  isWanted: (layout: PrintedLayout) => boolean,
) => Promise<PrintedDocument | null>;

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
  let sheets = guess;
  for (let pass = 1; pass <= MOST_PASSES; pass++) {
    const shown = sheets;
    const printed = await print(shown, (layout) => {
      sheets = sheetsOf(layout);
      return isShown(sheets, shown);
    });
    if (printed !== null) return { printed, sheets: sheetsOf(printed) };
  }
  throw new LetterError(
    'PRINT_FAILED',
    'The numbers of the sheets do not settle, so the references would be wrong: change a word of the letter and print again.',
  );
}

function sheetsOf({ anchors, pages }: PrintedLayout): SheetNumbers {
  return { at: anchors, total: pages };
}

function isShown(found: SheetNumbers, shown: SheetNumbers | null): boolean {
  if (shown === null) return found.at.size === 0;
  return (
    found.total === shown.total &&
    found.at.size === shown.at.size &&
    [...found.at].every(([id, sheet]) => shown.at.get(id) === sheet)
  );
}
