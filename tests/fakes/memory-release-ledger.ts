import type { ReleaseLedger } from '../../server/cases/disclosure/ports.ts';
import type { Release } from '../../server/cases/disclosure/release.ts';
import { CasesError } from '../../server/cases/errors.ts';

/** A release ledger in memory that keeps every promise of the port. */
export function createMemoryReleaseLedger(): ReleaseLedger {
  const kept: Release[] = [];
  return {
    releases: async () => structuredClone(kept),
    async add(release, known) {
      if (known !== kept.length) throw new CasesError('LEDGER_MOVED', 'There are others.');
      kept.push(structuredClone(release));
    },
  };
}
