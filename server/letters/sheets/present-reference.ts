import type { Writer } from '../writing/writer.ts';
import type { BoundAnnex, SheetNumbers } from './sheet-numbers.ts';
import { annexId, exhibitId, sheetsOf } from './sheet-numbers.ts';

/** A reference that can be followed on the screen, and found on paper: «Прил. 3, л. 14». */
export interface ReferenceView {
  readonly href: string;
  readonly text: string;
}

/** What references are made from. */
export interface References {
  /** The annexes that are bound behind the letter. */
  readonly bound: readonly BoundAnnex[];
  /** Null until the document was printed once. */
  readonly sheets: SheetNumbers | null;
}

/** No annex is bound, so nothing can be referred to: a letter by itself. */
export const NO_REFERENCES: References = { bound: [], sheets: null };

/** The reference to a bound annex; null to one that is not bound. */
export function referToAnnex(
  role: BoundAnnex['role'],
  { bound, sheets }: References,
  writer: Writer,
): ReferenceView | null {
  const annex = bound.find((one) => one.role === role);
  if (annex === undefined) return null;
  const range = sheets === null ? null : sheetsOf(annex.number, bound, sheets);
  return {
    href: `#${annexId(annex.number)}`,
    text: written(annex.number, range, writer),
  };
}

/** The reference to an exhibit in the bound annex that shows it. */
export function referToExhibit(
  exhibit: string,
  annex: BoundAnnex,
  { sheets }: References,
  writer: Writer,
): ReferenceView {
  const sheet = sheets?.at.get(exhibitId(exhibit));
  return {
    href: `#${exhibitId(exhibit)}`,
    text: written(annex.number, sheet === undefined ? null : { first: sheet, last: sheet }, writer),
  };
}

function written(
  annex: number,
  range: { first: number; last: number } | null,
  writer: Writer,
): string {
  if (range === null) return writer.line('letter.refBare', { annex });
  const key = range.first === range.last ? 'letter.ref' : 'letter.refs';
  return writer.line(key, { annex, sheets: sheetRange(range) });
}

/** «14», or «9–10» where there are several. */
export function sheetRange({ first, last }: { first: number; last: number }): string {
  return first === last ? String(first) : `${first}–${last}`;
}
