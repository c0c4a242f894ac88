import type { TextSealer } from '../../kernel/vault.ts';
import { PackError } from '../../packs/errors.ts';
import type { Opening } from '../../packs/manifest/commitments.ts';
import type { PackDraft, SealedPack } from '../../packs/pack-draft.ts';
import type { PackStore } from '../../packs/ports.ts';
import { type Database, purgeDeleted } from './sqlite-database.ts';

/** Rows that one statement inserts: SQLite takes 32,766 parameters. */
const BATCH = 1_000;

/** Keeps packs in the database; drafts, salts and results are sealed, each salt by itself. */
export function createSqlitePacks(deps: { database: Database; sealer: TextSealer }): PackStore {
  const { database, sealer } = deps;
  const place = (row: string, field: 'sealed_draft' | 'sealed_result') => ({
    table: 'packs',
    row,
    field,
  });
  const saltPlace = (id: string, leaf: string) => ({
    table: 'pack_openings',
    row: `${id}/${leaf}`,
    field: 'sealed_opening',
  });

  function resultOf(id: string, sealed: Uint8Array | null): SealedPack | null {
    if (sealed === null) return null;
    return JSON.parse(sealer.open(place(id, 'sealed_result'), sealed)) as SealedPack;
  }

  function draftOf(id: string, sealed: Uint8Array): PackDraft {
    return JSON.parse(sealer.open(place(id, 'sealed_draft'), sealed)) as PackDraft;
  }

  async function drafts(): Promise<Array<PackDraft & { isSealed: boolean }>> {
    const rows = await database
      .selectFrom('packs')
      .select(['id', 'sealed_draft', (row) => row('sealed_result', 'is not', null).as('is_sealed')])
      .orderBy('drafted_at_ms')
      .orderBy('id')
      .execute();
    return rows.map(({ id, sealed_draft, is_sealed }) => ({
      ...draftOf(id, sealed_draft),
      isSealed: Boolean(is_sealed),
    }));
  }

  async function rowOf(id: string) {
    const row = await database
      .selectFrom('packs')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    if (row !== undefined) return row;
    throw new PackError('PACK_UNKNOWN', 'There is no such pack. Look it up in the list again.');
  }

  return {
    async addDraft(draft, items, request) {
      const { id } = draft;
      const leafOf = new Map(draft.commitments.map(({ source, leaf }) => [source, leaf]));
      const rows = items.map(({ source, salt, item }) => {
        const leaf = leafOf.get(source)!;
        const opening: Opening = { salt, item };
        const sealed = sealer.seal(saltPlace(id, leaf), JSON.stringify(opening));
        return { pack_id: id, leaf, sealed_opening: sealed };
      });
      await database.transaction().execute(async (transaction) => {
        const sealed_draft = sealer.seal(place(id, 'sealed_draft'), JSON.stringify(draft));
        await transaction
          .insertInto('packs')
          .values({
            id,
            request: request ?? null,
            sealed_draft,
            sealed_result: null,
            drafted_at_ms: Date.parse(draft.sealedAt),
          })
          .execute();
        for (let from = 0; from < rows.length; from += BATCH) {
          const batch = rows.slice(from, from + BATCH);
          await transaction.insertInto('pack_openings').values(batch).execute();
        }
      });
    },
    async draftFor(request) {
      const row = await database
        .selectFrom('packs')
        .select('id')
        .where('request', '=', request)
        .executeTakeFirst();
      return row?.id ?? null;
    },
    async draft(id) {
      const { sealed_draft } = await rowOf(id);
      return draftOf(id, sealed_draft);
    },
    async opening(id, leaf) {
      const row = await database
        .selectFrom('pack_openings')
        .select('sealed_opening')
        .where('pack_id', '=', id)
        .where('leaf', '=', leaf)
        .executeTakeFirst();
      if (row?.sealed_opening == null) return null;
      return JSON.parse(sealer.open(saltPlace(id, leaf), row.sealed_opening)) as Opening;
    },
    async destroyOpening(id, leaf) {
      await rowOf(id);
      await database
        .updateTable('pack_openings')
        .set({ sealed_opening: null })
        .where('pack_id', '=', id)
        .where('leaf', '=', leaf)
        .execute();
      await purgeDeleted(database);
    },
    async saveSealed(sealed) {
      const { id } = sealed;
      await database
        .updateTable('packs')
        .set({ sealed_result: sealer.seal(place(id, 'sealed_result'), JSON.stringify(sealed)) })
        .where('id', '=', id)
        .execute();
    },
    async list(limit) {
      const rows = await database
        .selectFrom('packs')
        .select(['id', 'drafted_at_ms', 'sealed_result'])
        .orderBy('drafted_at_ms', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        draftedAtMs: Number(row.drafted_at_ms),
        sealed: resultOf(row.id, row.sealed_result),
      }));
    },
    async isSuperseded(statementSha256) {
      return (await drafts()).some(
        ({ isSealed, supersedes }) => isSealed && supersedes === statementSha256,
      );
    },
    async papersOfPacks() {
      return (await drafts()).map(({ id, isSealed, recipe }) => ({
        pack: id,
        isSealed,
        papers: recipe?.papers ?? [],
      }));
    },
    async sealed(id) {
      const { sealed_result } = await rowOf(id);
      return resultOf(id, sealed_result);
    },
  };
}
