import { MADE_ANNEXES } from './made-annexes.ts';

/** The parts of documents that there are templates for. */
export const PART_KINDS = ['letter', ...MADE_ANNEXES, 'paper', 'inventory'] as const;

/** One of the parts of documents that there are templates for. */
export type PartKind = (typeof PART_KINDS)[number];
