import type { SchemaModule } from 'kysely';

/** What a case is found and counted by: coded categories, and keyed names of what is finer. */
export interface CodedCase {
  /** Its row in `sealed_cases`. */
  number: number;
  id: string;
  /** Keyed name of the registry code: equal for equal codes, meaningless without the vault key. */
  registry_name: string;
  month: string;
  oblast: string;
  district: string | null;
  /** Keyed name of the site code, which is finer than a district. */
  site_name: string | null;
  near_ost_site: string;
  primary_population: string;
  place: string;
  response: string | null;
  readiness: string;
  consent_level: string;
  /** All codes in the order in which the case names them, as `|pwid|msm|`; empty for none. */
  populations: string;
  perpetrators: string;
  acts: string;
  services: string;
}

/**
 * One row a case, narrow and in the order of the pages, so that going through all of 100,000 takes no
 * longer than a page may: a filter needs no index.
 */
export interface CasesTable extends CodedCase {
  /** The import that it came with. */
  import_id: string | null;
}

/** One row a case that no one accepted yet. */
export interface StagedCasesTable extends CodedCase {
  import_id: string;
}

/** What of a case is personal or finer than a district and a month; written once, staged or not. */
export interface SealedCasesTable {
  number: number;
  /** Registry code, day, site, duration, age, gender, narrative, consents. */
  sealed: Uint8Array;
  /** Decisions on the narrative; they quote it. */
  sealed_decisions: Uint8Array | null;
}

/** One row an import. What its table held is in no column. */
export interface ImportsTable {
  id: string;
  /** `staged` while its table is read, then as the port says. */
  state: 'staged' | 'previewed' | 'imported' | 'undone';
  started_at: string;
  /** Keyed name of the table's digest: tells the same file, and nobody which file it was. */
  table_name: string | null;
  case_count: number;
  problem_count: number;
}

/** One row an entry in a case's history. */
export interface CaseHistoryTable {
  case_id: string;
  /** 0 for the first. */
  number: number;
  /** What was done, by which role, and what the fields held before. */
  sealed: Uint8Array;
}

/** The tables of the cases. */
export interface CasesSchema {
  cases: CasesTable;
  sealed_cases: SealedCasesTable;
  staged_cases: StagedCasesTable;
  case_history: CaseHistoryTable;
  imports: ImportsTable;
}

/** Creates the tables of the cases. Portable SQL: nothing here is SQLite's alone. */
export async function createCasesTables({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema
    .createTable('cases')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('registry_name', 'text', (column) => column.notNull().unique())
    .addColumn('month', 'text', (column) => column.notNull())
    .addColumn('oblast', 'text', (column) => column.notNull())
    .addColumn('district', 'text')
    .addColumn('site_name', 'text')
    .addColumn('near_ost_site', 'text', (column) => column.notNull())
    .addColumn('primary_population', 'text', (column) => column.notNull())
    .addColumn('place', 'text', (column) => column.notNull())
    .addColumn('response', 'text')
    .addColumn('readiness', 'text', (column) => column.notNull())
    .addColumn('consent_level', 'text', (column) => column.notNull())
    .addColumn('sealed', 'blob', (column) => column.notNull())
    .addColumn('sealed_decisions', 'blob')
    .execute();
  await schema.createIndex('cases_by_month').on('cases').columns(['month', 'id']).execute();
  await schema
    .createIndex('cases_by_site')
    .on('cases')
    .columns(['site_name', 'month', 'id'])
    .execute();
  await schema
    .createTable('case_codes')
    .addColumn('case_id', 'text', (column) =>
      column.notNull().references('cases.id').onDelete('cascade'),
    )
    .addColumn('list', 'text', (column) => column.notNull())
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('case_codes_key', ['case_id', 'list', 'code'])
    .execute();
  await schema
    .createIndex('case_codes_by_code')
    .on('case_codes')
    .columns(['list', 'code', 'case_id'])
    .execute();
}

/** Adds imports, and to each case the one that it came with. */
export async function addImports({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema
    .createTable('imports')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('started_at', 'text', (column) => column.notNull())
    .addColumn('table_name', 'text')
    .addColumn('case_count', 'integer', (column) => column.notNull())
    .addColumn('problem_count', 'integer', (column) => column.notNull())
    .execute();
  await schema
    .createTable('import_batches')
    .addColumn('import_id', 'text', (column) =>
      column.notNull().references('imports.id').onDelete('cascade'),
    )
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('sealed', 'blob', (column) => column.notNull())
    .addPrimaryKeyConstraint('import_batches_key', ['import_id', 'number'])
    .execute();
  await schema.alterTable('cases').addColumn('import_id', 'text').execute();
  await schema.createIndex('cases_by_import').on('cases').column('import_id').execute();
}

/** Adds the history of cases. */
export async function addCaseHistory({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema
    .createTable('case_history')
    .addColumn('case_id', 'text', (column) =>
      column.notNull().references('cases.id').onDelete('cascade'),
    )
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('sealed', 'blob', (column) => column.notNull())
    .addPrimaryKeyConstraint('case_history_key', ['case_id', 'number'])
    .execute();
}
