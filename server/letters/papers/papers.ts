import type { StoredBlob } from '../../kernel/blobs.ts';

/** What is bound behind letters as pictures of its sheets, and was put in once for the organisation. */
export const PAPER_ROLES = ['registration', 'authority'] as const;

/** The certificate of registration, or what gives the signatory authority. */
export type PaperRole = (typeof PAPER_ROLES)[number];

/** The most sheets of one paper. */
export const MOST_SHEETS = 10;

/** The largest file that is taken in. */
export const LARGEST_PAPER_BYTES = 30 * 1024 * 1024;

/** One sheet: a grey JPEG of at most 150 dots an inch of an A4 sheet, and nothing but pixels. */
export interface PaperSheet {
  readonly jpeg: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A sheet as it is kept. */
export type KeptSheet = Omit<PaperSheet, 'jpeg'> & StoredBlob;

/** One edition of a paper of the organisation. */
export interface Paper {
  readonly id: string;
  readonly role: PaperRole;
  /** The day, `YYYY-MM-DD`, in Bishkek. */
  readonly addedOn: string;
  readonly sheets: readonly KeptSheet[];
}
