import type { BarChartView } from './bar-chart.ts';
import type { ClauseLibrary } from './clause-library.ts';
import type { ContestedWord } from './contested-words.ts';
import type { LegalData } from './legal-data.ts';
import type { LetterTypes } from './letter-types.ts';
import { MADE_ANNEXES } from './made-annexes.ts';
import type { MessageCatalogs } from './message-catalog.ts';
import type { DocumentView } from './present-document.ts';
import type { ReplyTerms } from './reply-term.ts';

/** A page of HTML to print, and what the file says of itself. */
export interface PrintableDocument {
  /** Complete HTML. It may reference nothing: every request is refused. */
  readonly html: string;
  /** `YYYY-MM-DD`; becomes the file's date of creation, so that no clock reaches the bytes. */
  readonly date: string;
}

/** A printed file. */
export interface PrintedDocument {
  readonly pdf: Uint8Array;
  readonly pages: number;
  /** The page, from 1, of everything inside the document that a link of it points at. */
  readonly anchors: ReadonlyMap<string, number>;
}

/** Prints HTML. The same document gives the same bytes, at any time and in any time zone. */
export interface DocumentPrinter {
  /**
   * @throws {LetterError} `CHROMIUM_MISSING`, `CHROMIUM_FAILED`, `PRINT_BUSY`, `PRINT_TIMED_OUT`,
   *   `PRINT_FAILED`, `FONT_MISSING` or `FONT_LACKS_CHARACTERS`.
   */
  print(document: PrintableDocument): Promise<PrintedDocument>;
}

/** The parts of documents that there are templates for. */
export const PART_KINDS = ['letter', ...MADE_ANNEXES, 'inventory'] as const;

/** One of the parts of documents that there are templates for. */
export type PartKind = (typeof PART_KINDS)[number];

/** What a letter is checked and written by, besides its own words. */
export interface LetterRules {
  readonly legal: LegalData;
  readonly library: ClauseLibrary;
  readonly types: LetterTypes;
  readonly terms: ReplyTerms;
  readonly messages: MessageCatalogs;
}

/** All that the texts of letters are made from, read and checked once. */
export interface LetterTemplates extends LetterRules {
  /**
   * Writes a document as complete HTML. Every value is escaped; a value that a template names and
   * its view lacks throws `TEMPLATE_INVALID`.
   */
  fill(document: DocumentView): string;
  /** Draws bars as an SVG picture of its own. */
  drawBars(chart: BarChartView): string;
  readonly contested: readonly ContestedWord[];
}
