import { bishkekDate, type Clock } from '../../kernel/time.ts';
import type { CaseRecord } from '../case.ts';
import type { CodeLists } from '../codes/code-lists.ts';
import { isDate, readDay } from '../dates.ts';
import { CasesError } from '../errors.ts';
import { hiddenHint } from '../import/hidden-columns.ts';
import { columnName } from '../import/import-columns.ts';
import {
  HIDDEN_ROW,
  type ImportProblem,
  type ProblemList,
  startProblems,
} from '../import/import-report.ts';
import { FAULT_SENTENCES } from '../import/row-cells.ts';
import type { CaseStore, TableReader, TableRow } from '../ports.ts';
import { checkCase } from '../registry/check-case.ts';
import type { CaseEdit, KeepCases } from '../registry/keep-cases.ts';
import { CONSENT_SCHEMA, NO_CONSENT } from './consent.ts';
import { CONSENT_LIST_COLUMNS } from './consent-requests.ts';
import type { FollowConsentChanges } from './follow-consent-changes.ts';
import type { PackToSupersede } from './packs-to-supersede.ts';

/** Answers one list may bring. */
const ROW_LIMIT = 5_000;

/** What a list of answers changed, or why it changed nothing. */
export interface ConsentAnswersReport {
  /** False: nothing at all was changed. */
  readonly accepted: boolean;
  readonly rowCount: number;
  readonly agreedCount: number;
  readonly withdrawnCount: number;
  /** Rows without an answer yet, and refusals, which change nothing. */
  readonly unchangedCount: number;
  readonly problems: readonly ImportProblem[];
  readonly problemCount: number;
  /** Packs that the answers do not carry any more: each has to be superseded. */
  readonly packsToSupersede: readonly PackToSupersede[];
}

/** Takes in the answers that street lawyers bring. */
export type TakeConsentAnswers = (
  bytes: AsyncIterable<Uint8Array>,
  by: { role: string },
) => Promise<ConsentAnswersReport>;

interface Answer {
  readonly record: CaseRecord;
  readonly consent: CaseRecord['consent'];
  /** What it answers for: a withdrawal takes back everything. */
  readonly about: 'narrative' | 'media' | 'everything';
}

/**
 * Creates the taking in of answers. All rows are judged first; with any fault nothing changes. `yes` sets
 * the consent that was asked for, `withdrawn` takes it back, for the narrative and for media alike, so
 * that every later selection leaves the case out; `no` and an empty answer change nothing. A list may be
 * older than the retiring of a code in it: its answers hold, and no withdrawal waits for a new list.
 */
export function createTakeConsentAnswers(deps: {
  store: CaseStore;
  keepCases: KeepCases;
  readTable: TableReader;
  lists: CodeLists;
  clock: Clock;
  followChanges: FollowConsentChanges;
}): TakeConsentAnswers {
  const { store, keepCases, readTable, lists, clock, followChanges } = deps;

  async function judge(bytes: AsyncIterable<Uint8Array>, problems: ProblemList) {
    const table = await readTable(bytes);
    const names = table.header.map(columnName);
    const missing = CONSENT_LIST_COLUMNS.filter((name) => !names.includes(name));
    for (const column of missing) {
      const message = `The column ${column} is missing. Send the list back with the columns that it had.${hiddenHint(table.hidden)}`;
      problems.add({ row: 1, column, rule: 'missing-column', message });
    }
    const answers: Answer[] = [];
    const answered = new Map<string, Answer['about'][]>();
    let rowCount = 0;
    let unchanged = 0;
    if (missing.length > 0) return { answers, rowCount, unchanged };
    for await (const tableRow of table.rows) {
      const { row, cells, faults } = tableRow;
      if (faults === undefined && cells.every((cell) => cell.trim() === '')) continue;
      rowCount++;
      if (rowCount > ROW_LIMIT) throw new CasesError('TABLE_UNREADABLE', 'The list is too long.');
      if (!isWhole(tableRow, names, problems)) continue;
      const cell = (name: string) => (cells[names.indexOf(name)] ?? '').trim();
      const answer = await answerOf(cell, row, problems);
      if (answer === 'unchanged') unchanged++;
      else if (answer !== null) {
        const { about, record } = answer;
        const earlier = answered.get(record.id) ?? [];
        // Whatever the order of rows: nothing may give again what another row takes back.
        if (earlier.some((one) => one === about || [one, about].includes('everything'))) {
          const message = 'Another row answers for the same case. Keep one of them.';
          problems.add({ row, column: 'registry_code', rule: 'duplicate-in-file', message });
        }
        answered.set(record.id, [...earlier, about]);
        answers.push(answer);
      }
    }
    return { answers, rowCount, unchanged };
  }

  async function answerOf(
    cell: (name: string) => string,
    row: number,
    problems: ProblemList,
  ): Promise<Answer | 'unchanged' | null> {
    const refuse = (column: string | null, rule: ImportProblem['rule'], message: string) => {
      problems.add({ row, column, rule, message });
      return null;
    };
    // A spreadsheet's apostrophe before a code that looks like a formula is ours.
    const record = await store.findByRegistryCode(
      cell('registry_code').replace(/^'(?=[=+@-])/, ''),
    );
    if (record === null) {
      return refuse('registry_code', 'unknown-code', 'There is no case under this registry_code.');
    }
    const said = cell('answer').toLowerCase();
    if (said === '' || said === 'no') return 'unchanged';
    if (said === 'withdrawn') {
      const consent = { narrative: NO_CONSENT, media: NO_CONSENT };
      return { record, consent, about: 'everything' };
    }
    if (said !== 'yes') {
      return refuse('answer', 'unknown-code', 'answer must be yes, no, withdrawn, or empty.');
    }
    const about = cell('about').toLowerCase();
    if (about !== 'narrative' && about !== 'media') {
      return refuse('about', 'unknown-code', 'about must be narrative or media.');
    }
    const given = (name: string) => (cell(name) === '' ? null : cell(name).toLowerCase());
    // An end that cannot be read must not become a consent without an end.
    for (const name of ['taken_on', 'expires_on']) {
      if (cell(name) !== '' && !isDate(readDay(cell(name)) ?? '')) {
        return refuse(name, 'malformed-value', `${name} must be a day, written 2021-02-14.`);
      }
    }
    const day = (name: string) => (cell(name) === '' ? null : readDay(cell(name)));
    const stated = CONSENT_SCHEMA.safeParse({
      level: cell('level').toUpperCase(),
      recipient: given('recipient'),
      purpose: given('purpose'),
      language: given('language'),
      takenBy: given('taken_by'),
      takenOn: day('taken_on'),
      expiresOn: day('expires_on'),
    });
    if (!stated.success) {
      const field = String(stated.error.issues[0]!.path[0]);
      const column = columnName(field);
      return refuse(column, 'malformed-value', `${column} is not as the list says.`);
    }
    const consent = { ...record.consent, [about]: stated.data };
    try {
      const today = bishkekDate(clock.now());
      const given = { lists, today, fields: ['consent'], before: record, takesRetired: true };
      checkCase({ ...record, consent }, given);
    } catch (error) {
      if (!(error instanceof CasesError)) throw error;
      return refuse(null, 'contradiction', error.message);
    }
    return { record, consent, about };
  }

  /** One change a case: two rows may answer for one, and what it holds by now is what they change. */
  async function editsOf(answers: readonly Answer[], role: string): Promise<CaseEdit[]> {
    const edits: CaseEdit[] = [];
    for (const [id, ofCase] of Map.groupBy(answers, ({ record }) => record.id)) {
      const after = (await store.historyOf(id)).length;
      let { consent } = await store.find(id);
      for (const { about, consent: answered } of ofCase) {
        consent = about === 'everything' ? answered : { ...consent, [about]: answered[about] };
      }
      const isWithdrawal = ofCase.some(({ about }) => about === 'everything');
      const reason = isWithdrawal ? 'withdrawn' : 'answered';
      edits.push({ id, after, changes: { consent }, by: { role, reason, kind: 'consent' } });
    }
    return edits;
  }

  /** Changes the consents, and names the packs that they do not carry any more. */
  async function change(
    edits: readonly CaseEdit[],
    role: string,
  ): Promise<readonly PackToSupersede[]> {
    const before = new Map<string, CaseRecord['consent']>();
    for (const { id } of edits) before.set(id, (await store.find(id)).consent);
    const changes = (await keepCases.editAll(edits)).map(({ id, consent }) => {
      return { case: id, before: before.get(id)!, after: consent };
    });
    return followChanges(changes, { role });
  }

  return async function takeConsentAnswers(bytes, { role }) {
    const problems = startProblems();
    let judged: Awaited<ReturnType<typeof judge>> = { answers: [], rowCount: 0, unchanged: 0 };
    try {
      judged = await judge(bytes, problems);
    } catch (error) {
      if (!(error instanceof CasesError) || error.code !== 'TABLE_UNREADABLE') throw error;
      problems.add({ row: null, column: null, rule: 'file', message: error.message });
    }
    const { answers, rowCount, unchanged } = judged;
    const accepted = problems.count === 0;
    const withdrawn = answers.filter(({ about }) => about === 'everything');
    const superseded = accepted ? await change(await editsOf(answers, role), role) : [];
    return {
      accepted,
      rowCount,
      agreedCount: accepted ? answers.length - withdrawn.length : 0,
      withdrawnCount: accepted ? withdrawn.length : 0,
      unchangedCount: unchanged,
      problems: problems.shown,
      problemCount: problems.count,
      packsToSupersede: superseded,
    };
  };
}

/** Whether a row has every cell, and each that counts can be read; if not, it is a problem. */
function isWhole(
  { row, cells, faults, hidden }: TableRow,
  names: readonly string[],
  problems: ProblemList,
): boolean {
  if (hidden) {
    problems.add({ row, column: null, rule: 'hidden-row', message: HIDDEN_ROW });
    return false;
  }
  if (cells.length !== names.length) {
    const than = cells.length > names.length ? 'more' : 'fewer';
    const message = `This row has ${than} cells than the first row. A separator inside a cell needs quotation marks around the cell.`;
    problems.add({ row, column: null, rule: 'ragged-row', message });
    return false;
  }
  const faulty = CONSENT_LIST_COLUMNS.filter((name) => faults?.has(names.indexOf(name)));
  for (const column of faulty) {
    const message = `${column} ${FAULT_SENTENCES[faults!.get(names.indexOf(column))!]}`;
    problems.add({ row, column, rule: 'untrusted-value', message });
  }
  return faulty.length === 0;
}
