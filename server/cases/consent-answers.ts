import { bishkekDate, type Clock } from '../kernel/time.ts';
import type { CaseRecord } from './case.ts';
import { checkCase } from './check-case.ts';
import type { CodeLists } from './code-lists.ts';
import { CONSENT_SCHEMA, NO_CONSENT } from './consent.ts';
import { CONSENT_LIST_COLUMNS } from './consent-requests.ts';
import { readDay } from './dates.ts';
import type { Release } from './disclosure/release.ts';
import { CasesError } from './errors.ts';
import { columnName } from './import-columns.ts';
import { type ImportProblem, type ProblemList, startProblems } from './import-report.ts';
import type { KeepCases } from './keep-cases.ts';
import type { CaseStore, TableReader } from './ports.ts';

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
  /** Packs that told of a case which was withdrawn: each has to be superseded. */
  readonly packsToSupersede: readonly { readonly pack: string; readonly cases: number }[];
}

/** Takes in the answers that street lawyers bring. */
export type TakeConsentAnswers = (
  bytes: AsyncIterable<Uint8Array>,
  by: { role: string },
) => Promise<ConsentAnswersReport>;

interface Answer {
  readonly record: CaseRecord;
  readonly consent: CaseRecord['consent'];
  readonly isWithdrawal: boolean;
}

/**
 * Creates the taking in of answers. All rows are judged first; with any fault nothing changes. `yes` sets
 * the consent that was asked for, `withdrawn` takes it back, for the narrative and for media alike, so
 * that every later selection leaves the case out; `no` and an empty answer change nothing.
 */
export function createTakeConsentAnswers(deps: {
  store: CaseStore;
  keepCases: KeepCases;
  readTable: TableReader;
  lists: CodeLists;
  clock: Clock;
  releases: () => Promise<readonly Release[]>;
}): TakeConsentAnswers {
  const { store, keepCases, readTable, lists, clock, releases } = deps;

  async function judge(bytes: AsyncIterable<Uint8Array>, problems: ProblemList) {
    const table = await readTable(bytes);
    const names = table.header.map(columnName);
    const missing = CONSENT_LIST_COLUMNS.filter((name) => !names.includes(name));
    for (const column of missing) {
      const message = `The column ${column} is missing. Send the list back with the columns that it had.`;
      problems.add({ row: 1, column, rule: 'missing-column', message });
    }
    const answers: Answer[] = [];
    const seen = new Set<string>();
    let rowCount = 0;
    let unchanged = 0;
    if (missing.length > 0) return { answers, rowCount, unchanged };
    for await (const { row, cells } of table.rows) {
      if (cells.every((cell) => cell.trim() === '')) continue;
      rowCount++;
      if (rowCount > ROW_LIMIT) throw new CasesError('TABLE_UNREADABLE', 'The list is too long.');
      const cell = (name: string) => (cells[names.indexOf(name)] ?? '').trim();
      const answer = await answerOf(cell, row, problems);
      if (answer === 'unchanged') unchanged++;
      else if (answer !== null) {
        const key = `${answer.record.id}/${answer.isWithdrawal ? '' : cell('about')}`;
        if (seen.has(key)) {
          const message = 'Another row answers for the same case. Keep one of them.';
          problems.add({ row, column: 'registry_code', rule: 'duplicate-in-file', message });
        }
        seen.add(key);
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
      return { record, consent, isWithdrawal: true };
    }
    if (said !== 'yes') {
      return refuse('answer', 'unknown-code', 'answer must be yes, no, withdrawn, or empty.');
    }
    const about = cell('about').toLowerCase();
    if (about !== 'narrative' && about !== 'media') {
      return refuse('about', 'unknown-code', 'about must be narrative or media.');
    }
    const given = (name: string) => (cell(name) === '' ? null : cell(name).toLowerCase());
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
      checkCase({ ...record, consent }, { lists, today, fields: ['consent'] });
    } catch (error) {
      if (!(error instanceof CasesError)) throw error;
      return refuse(null, 'contradiction', error.message);
    }
    return { record, consent, isWithdrawal: false };
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
    const withdrawn = answers.filter((answer) => answer.isWithdrawal);
    if (accepted) {
      for (const { record, consent, isWithdrawal } of answers) {
        const reason = isWithdrawal ? 'withdrawn' : 'answered';
        // Two rows may answer for one case: what it holds by now counts, not what it held before.
        const { consent: present } = await store.find(record.id);
        const changed = isWithdrawal ? consent : merged(present, record.consent, consent);
        const after = (await store.historyOf(record.id)).length;
        const by = { role, reason, kind: 'consent' as const };
        await keepCases.edit(record.id, after, { consent: changed }, by);
      }
    }
    return {
      accepted,
      rowCount,
      agreedCount: accepted ? answers.length - withdrawn.length : 0,
      withdrawnCount: accepted ? withdrawn.length : 0,
      unchangedCount: unchanged,
      problems: problems.shown,
      problemCount: problems.count,
      packsToSupersede: accepted ? packsTelling(withdrawn, await releases()) : [],
    };
  };
}

/** What an answer changed, put into what the case holds by now. */
function merged(
  present: CaseRecord['consent'],
  before: CaseRecord['consent'],
  after: CaseRecord['consent'],
): CaseRecord['consent'] {
  return {
    narrative: after.narrative === before.narrative ? present.narrative : after.narrative,
    media: after.media === before.media ? present.media : after.media,
  };
}

function packsTelling(withdrawn: readonly Answer[], releases: readonly Release[]) {
  const ids = new Set(withdrawn.map(({ record }) => record.id));
  return releases.flatMap(({ pack, cells, narratives }) => {
    const told = new Set([
      ...cells.flatMap((cell) => cell.cases.filter((id) => ids.has(id))),
      ...narratives.map((narrative) => narrative.case).filter((id) => ids.has(id)),
    ]);
    return told.size === 0 ? [] : [{ pack, cases: told.size }];
  });
}
