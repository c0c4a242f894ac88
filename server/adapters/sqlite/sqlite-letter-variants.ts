import type { TextSealer } from '../../kernel/vault.ts';
import type { LetterVariant } from '../../letters/editing/letter-variant.ts';
import type { VariantStore } from '../../letters/ports.ts';
import type { Database } from './sqlite-database.ts';
import type { LetterVariantsTable } from './sqlite-letter-variants-schema.ts';

/** Keeps the variants of letters, every edition, sealed. */
export function createSqliteLetterVariants(deps: {
  database: Database;
  sealer: TextSealer;
}): VariantStore {
  const { database, sealer } = deps;
  const placeOf = (id: string, version: number) => ({
    table: 'letter_variants',
    row: `${id}/${version}`,
    field: 'sealed',
  });
  const open = ({ id, version, sealed }: LetterVariantsTable) => ({
    id,
    version,
    variant: JSON.parse(sealer.open(placeOf(id, version), sealed)) as LetterVariant,
  });
  const rows = () => database.selectFrom('letter_variants').selectAll();

  return {
    async list() {
      const all = await rows().orderBy('id').orderBy('version').execute();
      const latest = new Map(all.map((row) => [row.id, row]));
      return [...latest.values()].map(open);
    },
    async find(id, version) {
      const of = rows().where('id', '=', id);
      const row = await (version === undefined
        ? of.orderBy('version', 'desc')
        : of.where('version', '=', version)
      ).executeTakeFirst();
      return row === undefined ? null : open(row);
    },
    async add(id, after, variant) {
      const version = after + 1;
      const sealed = sealer.seal(placeOf(id, version), JSON.stringify(variant));
      return await database.transaction().execute(async (transaction) => {
        const { last } = await transaction
          .selectFrom('letter_variants')
          .select(({ fn }) => fn.max('version').as('last'))
          .where('id', '=', id)
          .executeTakeFirstOrThrow();
        if (Number(last ?? 0) !== after) return false;
        await transaction.insertInto('letter_variants').values({ id, version, sealed }).execute();
        return true;
      });
    },
  };
}
