import { CasesError } from '../errors.ts';
import { type Disclosure, findDisclosures } from './find-disclosures.ts';
import type { ReleaseLedger } from './ports.ts';
import type { Release } from './release.ts';

/** What a release would tell, and how many releases it was judged against. */
export interface CheckedRelease {
  readonly release: Release;
  readonly earlier: number;
  readonly found: readonly Disclosure[];
  /** `DISCLOSURE_RISK` when anything was found. */
  readonly refusal: CasesError | null;
}

/** Judges releases against all that was published before, and remembers those that go out. */
export interface DisclosureControl {
  /** Finds what would isolate someone; refuses nothing. */
  check(release: Release): Promise<CheckedRelease>;
  /** The same, and throws {CasesError} `DISCLOSURE_RISK` when something was found. */
  admit(release: Release): Promise<CheckedRelease>;
  /**
   * Records a release that is about to go out.
   *
   * @throws {CasesError} `DISCLOSURE_RISK` when something was found, `LEDGER_MOVED` when another
   *   release went out since the check.
   */
  record(checked: CheckedRelease): Promise<void>;
}

/** Creates the control over a ledger. */
export function createDisclosureControl({ ledger }: { ledger: ReleaseLedger }): DisclosureControl {
  async function check(release: Release): Promise<CheckedRelease> {
    const releases = await ledger.releases();
    const found = findDisclosures(release, releases);
    return { release, earlier: releases.length, found, refusal: refusalOf(found) };
  }

  return {
    check,
    async admit(release) {
      const checked = await check(release);
      if (checked.refusal !== null) throw checked.refusal;
      return checked;
    },
    async record({ release, earlier, refusal }) {
      if (refusal !== null) throw refusal;
      await ledger.add(release, earlier);
    },
  };
}

/** What to say of findings: it names the counts, but no case and no number. */
function refusalOf(found: readonly Disclosure[]): CasesError | null {
  if (found.length === 0) return null;
  const reasons = [...new Set(found.map(({ kind }) => REASONS[kind]))].join(' ');
  const cells = [
    ...new Set(found.flatMap((one) => one.cells.map(({ table, code }) => `${table}/${code}`))),
  ];
  const named = cells.length === 0 ? '' : ` It is about: ${cells.slice(0, 10).join(', ')}.`;
  return new CasesError('DISCLOSURE_RISK', `${reasons}${named}`);
}

const REASONS: Readonly<Record<Disclosure['kind'], string>> = {
  'small-cell': 'A figure tells of too few cases. Widen the period or the place.',
  difference:
    'Subtracted from an earlier pack, a figure tells of too few cases. Take a period that no earlier pack has, the very cases of the earlier pack, or wait until there are more.',
  derived:
    'Added to and subtracted from others that were published, figures tell of too few cases. Take a period that no earlier pack has, or the very cases of an earlier one.',
  'story-changed':
    'A story was published before in other words or with other attributes. Tell it as before, or leave it out.',
};
