import type { ExpressionBuilder, Kysely, SelectQueryBuilder, Transaction } from 'kysely';
import { type CodeLists, lawEnforcementCodes } from '../../cases/codes/code-lists.ts';
import { CONSENT_LEVELS } from '../../cases/consent/consent.ts';
import { CasesError } from '../../cases/errors.ts';
import type { CaseStore } from '../../cases/ports.ts';
import type { CaseFilter } from '../../cases/registry/case-filter.ts';
import type { CaseEvent } from '../../cases/registry/case-history.ts';
import type { OutputNamer, TextSealer } from '../../kernel/vault.ts';
import { insertCases, replaceCase } from './insert-cases.ts';
import { createCaseSealer } from './sealed-case.ts';
import type { CasesSchema, CasesTable } from './sqlite-cases-schema.ts';

const PAGE_LIMIT = 1_000;
/** Thrown within a transaction, which ends without a change only by throwing. */
const MOVED = Symbol('a history moved');

type CasesQuery<Output> = SelectQueryBuilder<CasesSchema, 'cases', Output>;

/** Keeps cases in a relational database; the filter runs there, on coded columns and keyed names. */
export function createSqliteCases(deps: {
  db: Kysely<CasesSchema>;
  sealer: TextSealer;
  namer: OutputNamer;
  lists: CodeLists;
}): CaseStore {
  const { db, lists } = deps;
  const cases = createCaseSealer(deps);

  /** Adds the conditions of a filter; `matchesFilter` says what each means. */
  function narrowed<Output>(from: CasesQuery<Output>, filter: CaseFilter): CasesQuery<Output> {
    const { fromMonth, toMonth, sites, lawEnforcement, minimumConsent } = filter;
    let query = from;
    if (fromMonth !== undefined) query = query.where('month', '>=', fromMonth);
    if (toMonth !== undefined) query = query.where('month', '<=', toMonth);
    if (sites !== undefined) query = query.where('site_name', 'in', sites.map(cases.siteName));
    if (filter.oblasts !== undefined) query = query.where('oblast', 'in', filter.oblasts);
    if (filter.districts !== undefined) query = query.where('district', 'in', filter.districts);
    if (filter.readiness !== undefined) query = query.where('readiness', 'in', filter.readiness);
    if (filter.registryCode !== undefined) {
      query = query.where('registry_name', '=', cases.registryName(filter.registryCode));
    }
    for (const [column, codes] of codedConditions(filter))
      query = query.where(hasAny(column, codes));
    if (lawEnforcement !== undefined) {
      const flagged = hasAny('perpetrators', [...lawEnforcementCodes(lists)]);
      query = query.where((eb) => (lawEnforcement ? flagged(eb) : eb.not(flagged(eb))));
    }
    if (filter.nearOstSite !== undefined) {
      query = query.where('near_ost_site', '=', filter.nearOstSite);
    }
    if (minimumConsent !== undefined) {
      const enough = CONSENT_LEVELS.slice(CONSENT_LEVELS.indexOf(minimumConsent));
      query = query.where('consent_level', 'in', enough);
    }
    return query;
  }

  const everyCase = () => db.selectFrom('cases').selectAll();

  async function refuseUnknown(id: string): Promise<void> {
    const row = await everyCase().where('id', '=', id).executeTakeFirst();
    if (row === undefined) throw unknownCase();
  }

  /** Rows with what is sealed of them, in the order of pages: read at once, for another may go meanwhile. */
  async function withSealed(rows: CasesQuery<CasesTable>) {
    const found = await db
      .selectFrom(rows.as('cases'))
      .innerJoin('sealed_cases', 'sealed_cases.number', 'cases.number')
      .selectAll('cases')
      .select(['sealed_cases.sealed', 'sealed_cases.sealed_decisions'])
      .execute();
    const place = (row: CasesTable) => `${row.month}.${row.id}`;
    return found.sort((a, b) => (place(a) < place(b) ? -1 : 1));
  }

  async function rowOf(id: string) {
    const [row] = await withSealed(everyCase().where('id', '=', id));
    if (row === undefined) throw unknownCase();
    return row;
  }

  async function addEvent(
    transaction: Transaction<CasesSchema>,
    id: string,
    number: number,
    event: CaseEvent,
  ) {
    const entry = { case_id: id, number, sealed: cases.sealEvent(id, number, event) };
    await transaction.insertInto('case_history').values(entry).execute();
  }

  return {
    async insertAll(records, event) {
      await db.transaction().execute(async (transaction) => {
        await insertCases(transaction, cases, records);
        if (event === undefined) return;
        for (const { id } of records) await addEvent(transaction, id, 0, event);
      });
    },
    async knownRegistryCodes(codes) {
      const asked = new Map(codes.map((code) => [cases.registryName(code), code]));
      if (asked.size === 0) return new Set();
      const rows = await db
        .selectFrom('cases')
        .select('registry_name')
        .where('registry_name', 'in', [...asked.keys()])
        .execute();
      return new Set(rows.map((row) => asked.get(row.registry_name)!));
    },
    find: async (id) => cases.fromRow(await rowOf(id)),
    async page({ filter, limit, after }) {
      const wanted = Math.min(Math.max(1, Math.trunc(limit)), PAGE_LIMIT);
      let query = narrowed(everyCase(), filter);
      if (after !== undefined) {
        const [month = '', id = ''] = after.split('.');
        // The first condition says nothing new, but it lets the reading begin at the month.
        query = query
          .where('month', '>=', month)
          .where(({ eb, or }) => or([eb('month', '>', month), eb('id', '>', id)]));
      }
      const rows = await withSealed(
        query
          .orderBy('month')
          .orderBy('id')
          .limit(wanted + 1),
      );
      const shown = rows.slice(0, wanted);
      const last = shown.at(-1);
      const more = rows.length > wanted && last !== undefined;
      return { cases: shown.map(cases.fromRow), next: more ? `${last.month}.${last.id}` : null };
    },
    async count(filter) {
      const query = narrowed(
        db.selectFrom('cases').select(({ fn }) => fn.countAll<number>().as('total')),
        filter,
      );
      return Number((await query.executeTakeFirstOrThrow()).total);
    },
    async replaceAll(replacements) {
      for (const { record } of replacements) await refuseUnknown(record.id);
      try {
        await db.transaction().execute(async (transaction) => {
          for (const { record, after, event } of replacements) {
            if ((await historyLength(transaction, record.id)) !== after) throw MOVED;
            await addEvent(transaction, record.id, after, event);
            await replaceCase(transaction, cases, record);
          }
        });
      } catch (error) {
        if (error !== MOVED) throw error;
        return false;
      }
      return true;
    },
    async historyOf(id) {
      await refuseUnknown(id);
      const rows = await db
        .selectFrom('case_history')
        .selectAll()
        .where('case_id', '=', id)
        .orderBy('number')
        .execute();
      // By its place, not by what it says: an entry that was taken out leaves the others unopenable.
      return rows.map(({ sealed }, number) => cases.openEvent(id, number, sealed));
    },
    async findByRegistryCode(code) {
      const name = cases.registryName(code);
      const [row] = await withSealed(everyCase().where('registry_name', '=', name));
      return row === undefined ? null : cases.fromRow(row);
    },
    async saveDecisions(id, decisions) {
      const { numUpdatedRows } = await db
        .updateTable('sealed_cases')
        .set({ sealed_decisions: cases.sealDecisions(id, decisions) })
        .where('number', '=', (eb) =>
          eb.selectFrom('cases').select('cases.number').where('id', '=', id),
        )
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) throw unknownCase();
    },
    decisionsOf: async (id) => cases.openDecisions(id, (await rowOf(id)).sealed_decisions),
  };
}

function unknownCase(): CasesError {
  return new CasesError('CASE_UNKNOWN', 'There is no such case. Look it up in the list again.');
}

async function historyLength(transaction: Transaction<CasesSchema>, id: string): Promise<number> {
  const { length } = await transaction
    .selectFrom('case_history')
    .select(({ fn }) => fn.countAll<number>().as('length'))
    .where('case_id', '=', id)
    .executeTakeFirstOrThrow();
  return Number(length);
}

/** The conditions on lists of which a case may have several codes, by column. */
function codedConditions({ populations, services, perpetrators, acts }: CaseFilter) {
  const given = { populations, services, perpetrators, acts };
  return Object.entries(given).flatMap(([column, codes]) =>
    codes === undefined ? [] : [[column as keyof typeof given, codes] as const],
  );
}

/** That a case has any of the codes. */
function hasAny(
  column: 'populations' | 'services' | 'perpetrators' | 'acts',
  codes: readonly string[],
) {
  return ({ eb, fn, or, ref, val }: ExpressionBuilder<CasesSchema, 'cases'>) =>
    or(codes.map((code) => eb(fn<number>('instr', [ref(column), val(`|${code}|`)]), '>', 0)));
}
