import type { ReleaseLedger } from '../../cases/disclosure/ports.ts';
import type { Release } from '../../cases/disclosure/release.ts';
import { CasesError } from '../../cases/errors.ts';
import type { TextSealer } from '../../kernel/vault.ts';
import type { Database } from './sqlite-database.ts';

/** As it is kept: every case once, and cells as places in that list. */
interface KeptRelease extends Omit<Release, 'cells'> {
  readonly cases: readonly string[];
  readonly cells: ReadonlyArray<{
    readonly table: string;
    readonly code: string;
    readonly minimum: number;
    readonly cases: readonly number[];
  }>;
}

/** Keeps the release ledger in the database, sealed. */
export function createSqliteReleaseLedger(deps: {
  database: Database;
  sealer: TextSealer;
}): ReleaseLedger {
  const { database, sealer } = deps;
  // The place is bound into each seal, so that rows cannot change places.
  const placeOf = (number: number) => ({
    table: 'releases',
    row: String(number),
    field: 'sealed',
  });
  return {
    async releases() {
      const rows = await database.selectFrom('releases').selectAll().orderBy('number').execute();
      rows.forEach(({ number }, i) => {
        if (Number(number) !== i + 1) throw incomplete();
      });
      return rows.map(({ number, sealed }) =>
        unfold(JSON.parse(sealer.open(placeOf(Number(number)), sealed)) as KeptRelease),
      );
    },
    async add(release, known) {
      const number = known + 1;
      const sealed = sealer.seal(placeOf(number), JSON.stringify(fold(release)));
      const { numInsertedOrUpdatedRows } = await database
        .insertInto('releases')
        .values({ number, sealed })
        .onConflict((conflict) => conflict.column('number').doNothing())
        .executeTakeFirst();
      if (numInsertedOrUpdatedRows !== 1n) throw moved();
    },
  };
}

function fold({ cells, ...rest }: Release): KeptRelease {
  const cases = [...new Set(cells.flatMap((cell) => cell.cases))];
  const placeOf = new Map(cases.map((id, place) => [id, place]));
  return {
    ...rest,
    cases,
    cells: cells.map((cell) => ({ ...cell, cases: cell.cases.map((id) => placeOf.get(id)!) })),
  };
}

function unfold({ cases, cells, ...rest }: KeptRelease): Release {
  return {
    ...rest,
    cells: cells.map((cell) => ({ ...cell, cases: cell.cases.map((place) => cases[place]!) })),
  };
}

function moved(): CasesError {
  return new CasesError(
    'LEDGER_MOVED',
    'Another pack was published meanwhile, so this one has to be checked again. Start it once more.',
  );
}

function incomplete(): CasesError {
  return new CasesError(
    'LEDGER_INCOMPLETE',
    'A record of an earlier pack is missing, so no new pack can be checked against it. Restore the database from a backup.',
  );
}
