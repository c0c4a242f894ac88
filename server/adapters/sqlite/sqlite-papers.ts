import type { TextSealer } from '../../kernel/vault.ts';
import { LetterError } from '../../letters/errors.ts';
import { PAPER_ROLES, type Paper } from '../../letters/papers/papers.ts';
import type { PaperStore } from '../../letters/ports.ts';
import type { Database } from './sqlite-database.ts';

/** Keeps the papers of the organisation, sealed; their sheets are blobs. */
export function createSqlitePapers(deps: { database: Database; sealer: TextSealer }): PaperStore {
  const { database, sealer } = deps;
  const placeOf = (row: string) => ({ table: 'organisation_papers', row, field: 'sealed' });

  /** Editions from the first to the newest; a removed one leaves a row without sheets. */
  async function editions(): Promise<Paper[]> {
    const rows = await database
      .selectFrom('organisation_papers')
      .selectAll()
      .orderBy('number')
      .execute();
    return rows.map(({ id, sealed }) => JSON.parse(sealer.open(placeOf(id), sealed)) as Paper);
  }

  return {
    async add(paper) {
      await database.transaction().execute(async (transaction) => {
        const { last } = await transaction
          .selectFrom('organisation_papers')
          .select(({ fn }) => fn.max('number').as('last'))
          .executeTakeFirstOrThrow();
        const sealed = sealer.seal(placeOf(paper.id), JSON.stringify(paper));
        await transaction
          .insertInto('organisation_papers')
          .values({ id: paper.id, number: Number(last ?? 0) + 1, sealed })
          .execute();
      });
    },
    async current() {
      const all = await editions();
      return PAPER_ROLES.flatMap((role) => {
        const newest = all.filter((paper) => paper.role === role).at(-1);
        return newest === undefined || newest.sheets.length === 0 ? [] : [newest];
      });
    },
    async all() {
      return (await editions()).filter(({ sheets }) => sheets.length > 0);
    },
    async find(id) {
      const found = (await editions()).find((paper) => paper.id === id);
      if (found !== undefined && found.sheets.length > 0) return found;
      throw new LetterError(
        'PAPER_UNKNOWN',
        'There is no such paper. Look it up in the list again.',
      );
    },
    async remove(id) {
      const paper = (await editions()).find((one) => one.id === id);
      if (paper === undefined) return;
      // The row stays, so that the edition before it does not come back.
      const sealed = sealer.seal(placeOf(id), JSON.stringify({ ...paper, sheets: [] }));
      await database
        .updateTable('organisation_papers')
        .set({ sealed })
        .where('id', '=', id)
        .execute();
    },
  };
}
