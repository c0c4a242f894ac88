import type { ClauseLibrary } from './clause-library.ts';
import type { ContestedWord } from './contested-words.ts';
import type { LegalData } from './legal-data.ts';
import type { LetterTypes } from './letter-types.ts';
import type { MessageCatalogs } from './message-catalog.ts';
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
}

/** Prints HTML. The same document gives the same bytes, at any time and in any time zone. */
export interface DocumentPrinter {
  /**
   * @throws {LetterError} `CHROMIUM_MISSING`, `CHROMIUM_FAILED`, `PRINT_BUSY`, `PRINT_TIMED_OUT`,
   *   `PRINT_FAILED`, `FONT_MISSING` or `FONT_LACKS_CHARACTERS`.
   */
  print(document: PrintableDocument): Promise<PrintedDocument>;
}

/** The documents there are templates for. */
export const DOCUMENT_KINDS = ['letter', 'statistics', 'presence', 'cases', 'exhibits'] as const;

/** One of the documents there are templates for. */
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

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
   * Fills a template. Every value is escaped; a value the template names and `view` lacks throws
   * `TEMPLATE_INVALID`.
   */
  fill(kind: DocumentKind, view: object): string;
  readonly contested: readonly ContestedWord[];
}
