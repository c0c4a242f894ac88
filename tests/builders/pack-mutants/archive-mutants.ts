import { ADDED_ENTRIES } from './added-entries.ts';
import { DROPPED_ENTRIES } from './dropped-entries.ts';
import type { ArchiveMutant } from './mutating-archives.ts';
import { ODD_HEADERS } from './odd-headers.ts';
import { ODD_SURROUNDINGS } from './odd-surroundings.ts';

/** Mutants of the archive as such: its entries, headers and the bytes around them. */
export const ARCHIVE_MUTANTS: readonly ArchiveMutant[] = [
  ...DROPPED_ENTRIES,
  ...ADDED_ENTRIES,
  ...ODD_HEADERS,
  ...ODD_SURROUNDINGS,
];
