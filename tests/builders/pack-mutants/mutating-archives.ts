import type { FindingCode } from '../../../server/verification/findings.ts';
import { putTogether, type RawEntry, takeApart } from '../raw-zip.ts';
import type { SealedForTest } from '../sealed-pack.ts';

/** A way to damage an archive, and exactly what must be found in it. */
export interface ArchiveMutant {
  readonly name: string;
  readonly make: (pack: SealedForTest) => Uint8Array;
  readonly finds: readonly FindingCode[];
}

/** The file that most mutants are about. */
export const CASE = 'data/cases/C-01.json';

/** Changes the entry at a path inside the pack. */
export function changing(path: string, change: (entry: RawEntry) => RawEntry) {
  return ({ id, zip }: SealedForTest) =>
    putTogether(
      takeApart(zip).map((entry) => (entry.name === `${id}/${path}` ? change(entry) : entry)),
    );
}

/** Adds an entry after the one at a path. */
export function adding(path: string, add: (entry: RawEntry, pack: SealedForTest) => RawEntry) {
  return (pack: SealedForTest) =>
    putTogether(
      takeApart(pack.zip).flatMap((entry) =>
        entry.name === `${pack.id}/${path}` ? [entry, add(entry, pack)] : [entry],
      ),
    );
}
