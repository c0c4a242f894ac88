import { type CreateTableBuilder, type Kysely, type SchemaModule, sql } from 'kysely';
import { addCaseHistory } from './sqlite-cases-schema.ts';
import { createReviewsTables } from './sqlite-reviews-schema.ts';

/** The columns of a coded case beside its number, as this step found and made them. */
const CODED_COLUMNS = [
  'id',
  'registry_name',
  'month',
  'oblast',
  'district',
  'site_name',
  'near_ost_site',
  'primary_population',
  'place',
  'response',
  'readiness',
  'consent_level',
  'populations',
  'perpetrators',
  'acts',
  'services',
] as const;

const MAY_BE_NULL: ReadonlySet<string> = new Set(['district', 'site_name', 'response']);

/** The tables that refer to a case. */
const OF_CASES = ['case_history', 'case_reviews', 'case_approvals'] as const;

/**
 * Lays what is sealed of a case apart from what it is found by, and its codes into columns, so that an
 * import writes what is sealed once and a filter goes through short rows. Previews that nobody accepted
 * yet are forgotten: their tables have to be previewed again.
 *
 * Rows are kept in the order of pages (`without rowid`); another database would leave that word out.
 */
export async function layCasesApart(db: Kysely<never>): Promise<void> {
  const { schema } = db;
  const coded = sql.join(CODED_COLUMNS.map((name) => sql.ref(name)));

  await schema
    .createTable('sealed_cases')
    .addColumn('number', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('sealed', 'blob', (column) => column.notNull())
    .addColumn('sealed_decisions', 'blob')
    .execute();
  await sql`insert into sealed_cases select rowid, sealed, sealed_decisions from cases`.execute(db);

  await schema.alterTable('cases').renameTo('former_cases').execute();
  await withCodedColumns(schema, 'cases')
    .addColumn('import_id', 'text')
    .addUniqueConstraint('cases_number', ['number'])
    .addUniqueConstraint('cases_id', ['id'])
    .addUniqueConstraint('cases_registry_name', ['registry_name'])
    .addPrimaryKeyConstraint('cases_key', ['month', 'id'])
    .modifyEnd(sql`without rowid`)
    .execute();
  const codesOf = (list: string) => sql`coalesce((
    select '|' || group_concat(code, '|' order by position) || '|'
    from case_codes where case_id = former_cases.id and list = ${sql.lit(list)}), '')`;
  await sql`insert into cases (number, ${coded}, import_id)
    select rowid, ${sql.join(CODED_COLUMNS.slice(0, -4).map((name) => sql.ref(name)))},
      ${codesOf('population')}, ${codesOf('perpetrator')}, ${codesOf('act')}, ${codesOf('service')},
      import_id
    from former_cases order by month, id`.execute(db);

  for (const table of OF_CASES) {
    await schema.alterTable(table).renameTo(`former_${table}`).execute();
  }
  await addCaseHistory(db);
  await createReviewsTables(db);
  for (const table of OF_CASES) {
    const former = sql.table(`former_${table}`);
    await sql`insert into ${sql.table(table)} select * from ${former}`.execute(db);
    await schema.dropTable(`former_${table}`).execute();
  }
  await schema.dropTable('case_codes').execute();
  await schema.dropTable('former_cases').execute();
  // Those at a site are few, and most have none.
  await schema
    .createIndex('cases_by_site')
    .on('cases')
    .columns(['site_name', 'month', 'id'])
    .where('site_name', 'is not', null)
    .execute();

  await schema.dropTable('import_batches').execute();
  await sql`delete from imports where state in ('staged', 'previewed')`.execute(db);
  await withCodedColumns(schema, 'staged_cases')
    .addColumn('import_id', 'text', (column) =>
      column.notNull().references('imports.id').onDelete('cascade'),
    )
    .addPrimaryKeyConstraint('staged_cases_key', ['import_id', 'number'])
    .modifyEnd(sql`without rowid`)
    .execute();
}

function withCodedColumns(schema: SchemaModule, table: string) {
  const numbered = schema
    .createTable(table)
    .addColumn('number', 'integer', (column) => column.notNull());
  return CODED_COLUMNS.reduce(
    (made, name) =>
      made.addColumn(name, 'text', (column) => (MAY_BE_NULL.has(name) ? column : column.notNull())),
    numbered as CreateTableBuilder<string, string>,
  );
}
