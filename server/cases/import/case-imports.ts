import type { JsonValue } from '../../kernel/canonical-json.ts';
import { startSha256 } from '../../kernel/digest.ts';
import { type RandomBytes, systemRandom } from '../../kernel/ids.ts';
import { bishkekDate, type Clock } from '../../kernel/time.ts';
import type { CodeLists } from '../codes/code-lists.ts';
import { CasesError } from '../errors.ts';
import type { CaseStore, ImportStore, KeptImport, TableReader } from '../ports.ts';
import type { ImportMapping } from './import-mapping.ts';
import { type ImportReport, startProblems } from './import-report.ts';
import { createJudgeTable } from './judge-table.ts';

/** Notes in the custody log that cases came in or went again; `detail` is sealed there. */
export type RecordImport = (event: {
  kind: 'received' | 'withdrawn';
  role: string;
  detail: JsonValue;
}) => Promise<unknown>;

/** A table on its way in. */
export interface ImportRequest {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** How the columns of another table become ours; without it the file follows the template. */
  readonly mapping?: ImportMapping | undefined;
  /** Take the rows that have no problem, and leave out the others. */
  readonly onlyValid?: boolean;
  /** True: everything is judged, nothing is kept. */
  readonly dryRun: boolean;
}

/** Imports of cases: looked at, accepted, undone. */
export interface CaseImports {
  /** Judges a table and keeps what is valid, sealed, until it is accepted or a day has passed. */
  preview(request: Omit<ImportRequest, 'dryRun' | 'onlyValid'>): Promise<ImportReport>;
  /**
   * Makes cases of a previewed table. Without `onlyValid` a table with problems is refused.
   *
   * @throws {CasesError} `IMPORT_UNKNOWN`, `IMPORT_OVER`, `REGISTRY_CODE_TAKEN`.
   */
  accept(id: string, choice: { onlyValid: boolean; role: string }): Promise<KeptImport>;
  /**
   * Takes the cases of an import out again, as long as nobody worked on any of them.
   *
   * @throws {CasesError} `IMPORT_UNKNOWN`, `IMPORT_OVER`, `IMPORT_TOUCHED`.
   */
  undo(id: string, by: { role: string }): Promise<KeptImport>;
  list(): Promise<readonly KeptImport[]>;
  /** Preview and acceptance at once: all rows, or with `onlyValid` the valid ones, or none. */
  run(request: ImportRequest): Promise<ImportReport>;
}

/** Creates the imports. Nothing is a case before all that is accepted of a table is one. */
export function createCaseImports(deps: {
  store: Pick<CaseStore, 'knownRegistryCodes'>;
  imports: ImportStore;
  readTable: TableReader;
  lists: CodeLists;
  clock: Clock;
  /** Cases that packs told of. */
  published: () => Promise<ReadonlySet<string>>;
  recordCustody: RecordImport;
  random?: RandomBytes;
}): CaseImports {
  const { imports, clock, published, recordCustody, random = systemRandom } = deps;
  const judgeTable = createJudgeTable({ ...deps, random });

  async function judge(request: ImportRequest & { keeps: boolean }): Promise<ImportReport> {
    const { bytes, mapping, dryRun, keeps } = request;
    const digest = startSha256();
    async function* hashed() {
      for await (const part of bytes) {
        digest.update(part);
        yield part;
      }
    }
    const now = clock.now();
    const problems = startProblems();
    const id = keeps ? await imports.begin(now) : null;
    try {
      const judged = await judgeTable({
        bytes: hashed(),
        mapping,
        today: bishkekDate(now),
        problems,
        take: async (cases) => {
          if (id !== null) await imports.stage(id, cases);
        },
      });
      const { validCount, notices } = judged;
      const table = digest.digest();
      if (await imports.wasImported(table)) {
        notices.push('The very same file was imported before.');
      }
      const isKept = id !== null && validCount > 0;
      if (isKept) {
        await imports.finish(id, { table, caseCount: validCount, problemCount: problems.count });
      } else if (id !== null) await imports.discard(id);
      return {
        accepted: problems.count === 0,
        dryRun,
        rowCount: judged.rowCount,
        validCount,
        importedCount: 0,
        importId: isKept ? id : null,
        problems: problems.shown,
        problemCount: problems.count,
        droppedColumns: judged.droppedColumns,
        withoutBasisCount: judged.withoutBasisCount,
        withoutBasisRows: judged.withoutBasisRows,
        notices,
      };
    } catch (error) {
      // Nobody can accept what was not read to its end: its texts must not lie there for a day.
      if (id !== null) await imports.discard(id).catch(leaveToExpire);
      throw error;
    }
  }

  async function accept(id: string, choice: { onlyValid: boolean; role: string }) {
    const { problemCount } = await imports.find(id);
    if (problemCount > 0 && !choice.onlyValid) {
      throw new CasesError(
        'IMPORT_OVER',
        'The table has problems. Mend it and preview it again, or say that only its valid rows are to be imported.',
      );
    }
    await imports.accept(id, clock.now());
    const kept = await imports.find(id);
    const detail = { import: id, cases: kept.caseCount };
    await recordCustody({ kind: 'received', role: choice.role, detail });
    return kept;
  }

  async function discardUnaccepted(id: string): Promise<void> {
    if ((await imports.find(id)).state === 'previewed') await imports.discard(id);
  }

  return {
    preview: (request) => judge({ ...request, dryRun: false, keeps: true }),
    accept,
    async undo(id, { role }) {
      await imports.undo(id, await published());
      const kept = await imports.find(id);
      const detail = { import: id, cases: kept.caseCount };
      await recordCustody({ kind: 'withdrawn', role, detail });
      return kept;
    },
    list: () => imports.list(),
    async run(request) {
      const { dryRun, onlyValid = false } = request;
      const report = await judge({ ...request, keeps: !dryRun });
      const accepted = onlyValid ? report.validCount > 0 : report.accepted;
      const { importId } = report;
      if (importId === null) return { ...report, accepted };
      if (!accepted) {
        await imports.discard(importId);
        return { ...report, importId: null };
      }
      try {
        const { caseCount } = await accept(importId, { onlyValid, role: 'lawyer' });
        return { ...report, accepted, importedCount: caseCount };
      } catch (error) {
        // Whoever runs both at once has no preview to come back to. What is a case already stays one.
        await discardUnaccepted(importId).catch(leaveToExpire);
        throw error;
      }
    },
  };
}

/** What could not be discarded is forgotten after a day; the error that led here says more. */
function leaveToExpire(): void {}
