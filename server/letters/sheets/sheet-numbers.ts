import type { Annex, LetterModel } from '../letter-model.ts';
import { PAPER_ROLES, type PaperRole } from '../papers/papers.ts';
import { MADE_ANNEXES, type MadeAnnex } from './made-annexes.ts';

/** Where the annexes and exhibits of one bound document lie. Sheets count from 1, the letter's first. */
export interface SheetNumbers {
  /** First sheet by the id of an annex or exhibit, as {@link annexId} and {@link exhibitId} name it. */
  readonly at: ReadonlyMap<string, number>;
  readonly total: number;
}

/** From which sheet to which. */
export interface SheetRange {
  readonly first: number;
  readonly last: number;
}

/** An annex that is bound behind the letter. */
export type BoundAnnex = Annex & { readonly role: MadeAnnex | PaperRole };

/** The name of an annex inside the document. */
export const annexId = (number: number) => `annex-${number}`;

/** The name of an exhibit inside the document. */
export const exhibitId = (exhibit: string) => `exhibit-${exhibit}`;

/**
 * The annexes that are bound behind the letter, in order: those that can be made from it, and papers
 * of which it has the sheets. One that comes as a PDF of its own is listed and not made again.
 */
export function boundAnnexes({ annexes }: LetterModel): BoundAnnex[] {
  return annexes.filter(
    (annex): annex is BoundAnnex =>
      (PAPER_ROLES.some((role) => role === annex.role) && annex.scans !== undefined) ||
      (MADE_ANNEXES.some((role) => role === annex.role) &&
        !annex.files.some(({ path }) => path.toLowerCase().endsWith('.pdf'))),
  );
}

/** The sheets of a bound annex: each begins on a new sheet, and the next begins behind it. */
export function sheetsOf(
  number: number,
  bound: readonly BoundAnnex[],
  { at, total }: SheetNumbers,
): SheetRange | null {
  const first = at.get(annexId(number));
  if (first === undefined) return null;
  const next = bound[bound.findIndex((annex) => annex.number === number) + 1];
  const behind = next === undefined ? undefined : at.get(annexId(next.number));
  return { first, last: (behind ?? total + 1) - 1 };
}
