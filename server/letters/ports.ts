import type { FindContestedWords } from './checks/contested-words.ts';
import type { LetterVariant, SavedVariant } from './editing/letter-variant.ts';
import type { Confirmation } from './grounds/confirmations.ts';
import type { LetterRules } from './letter-rules.ts';
import type { Paper, PaperSheet } from './papers/papers.ts';
import type { BarChartView } from './sheets/bar-chart.ts';
import type { MapView } from './sheets/oblast-map.ts';
import type { DocumentView } from './sheets/present-document.ts';

/** A file that an annex was made from, as it lies in the pack. */
export interface AttachedFile {
  /** The last part of it names the file: ASCII letters, digits, dots and hyphens, no two alike. */
  readonly path: string;
  readonly mediaType: 'application/json' | 'text/csv';
  readonly bytes: Uint8Array;
}

/** A page of HTML to print, and what the file says of itself. */
export interface PrintableDocument {
  /** Complete HTML. It may reference nothing: every request is refused. */
  readonly html: string;
  /** `YYYY-MM-DD`; becomes the file's date of creation, so that no clock reaches the bytes. */
  readonly date: string;
  /** What is put into the file beside its pages. */
  readonly attachments?: readonly AttachedFile[];
}

/** How a document came to lie on its pages. */
export interface PrintedLayout {
  readonly pages: number;
  /** The page, from 1, of everything inside the document that a link of it points at. */
  readonly anchors: ReadonlyMap<string, number>;
}

/** A printed file. */
export interface PrintedDocument extends PrintedLayout {
  readonly pdf: Uint8Array;
}

/** Prints HTML. The same document gives the same bytes, at any time and in any time zone. */
export interface DocumentPrinter {
  /**
   * @throws {LetterError} `CHROMIUM_MISSING`, `CHROMIUM_FAILED`, `PRINT_BUSY`, `PRINT_TIMED_OUT`,
   *   `PRINT_FAILED`, `FONT_MISSING` or `FONT_LACKS_CHARACTERS`.
   */
  print(document: PrintableDocument): Promise<PrintedDocument>;
  /**
   * As `print`, for a document that shows numbers of its own pages: null where its layout is not
   * wanted, so that a file that is printed again is not finished in vain.
   */
  printWanted(
    document: PrintableDocument,
    isWanted: (layout: PrintedLayout) => boolean,
  ): Promise<PrintedDocument | null>;
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
  /** Draws a map as an SVG picture of its own. */
  drawMap(map: MapView): string;
  readonly contested: FindContestedWords;
}

/** Keeps what lawyers confirmed of grounds and readers of Kyrgyz texts. */
export interface ConfirmationStore {
  all(): Promise<readonly Confirmation[]>;
  /** A thing that was confirmed before is confirmed anew. */
  add(confirmations: readonly Confirmation[]): Promise<void>;
}

/**
 * The sheets of a paper: of a PDF its pages, of a picture the picture, upright.
 *
 * @throws {LetterError} `PAPER_UNREADABLE`, `PAPER_REFUSED` for a PDF that is locked or holds more
 *   than its pages, `PAPER_TOO_LARGE`, `PAPER_TOOL_MISSING`.
 */
export type ReadPaper = (bytes: Uint8Array) => Promise<readonly PaperSheet[]>;

/** Keeps the papers of the organisation. */
export interface PaperStore {
  /** Keeps an edition, which takes the place of the one before. */
  add(paper: Paper): Promise<void>;
  /** The edition of each role that is bound behind letters now, in the order of the roles. */
  current(): Promise<readonly Paper[]>;
  /** Every edition that is kept, the first one first. */
  all(): Promise<readonly Paper[]>;
  /** Any edition that is kept. Throws {LetterError} `PAPER_UNKNOWN`. */
  find(id: string): Promise<Paper>;
  /** Forgets an edition; its sheets are for the caller to destroy, and before that: nothing else names them. */
  remove(id: string): Promise<void>;
}

/** Keeps the organisation's variants of letters; no edition is ever changed. */
export interface VariantStore {
  /** The newest edition of each. */
  list(): Promise<readonly SavedVariant[]>;
  /** Without a version the newest edition; null for what was never saved. */
  find(id: string, version?: number): Promise<SavedVariant | null>;
  /** Adds the edition after `after`; false when somebody added it first. */
  add(id: string, after: number, variant: LetterVariant): Promise<boolean>;
}
