import { CodedError } from '../../kernel/errors.ts';
import {
  PRESENCE_CERTAINTIES,
  PRESENCE_KINDS,
  PRESENCE_SOURCES,
  type PresenceLog,
  parsePresenceLog,
} from './presence-log.ts';
import { openPresenceRow, type PresenceProblem, type PresenceRow } from './presence-row.ts';
import { holder } from './presence-spans.ts';
import { spanOf } from './presence-time.ts';

/** The columns of the presence template, in its order; a file may have them in any. */
export const PRESENCE_COLUMNS = [
  'date',
  'from',
  'to',
  'kind',
  'source',
  'certainty',
  'reviewed',
] as const;

const ROW_LIMIT = 10_000;
const PROBLEMS_SHOWN = 500;

/** A table of text whose header was read and whose rows follow. Row 1 is the header. */
export interface PresenceTable {
  readonly header: readonly string[];
  readonly rows: AsyncIterable<{ readonly row: number; readonly cells: readonly string[] }>;
}

/** What an import found; `log` is there only when nothing is wrong. */
export interface PresenceImportReport {
  readonly log: PresenceLog | null;
  /** Rows read, without the header and empty rows. */
  readonly rowCount: number;
  readonly problems: readonly PresenceProblem[];
  readonly problemCount: number;
}

/**
 * Imports a presence table of one camera, all of it or nothing. A row without a `kind` is a window
 * of recording, reviewed or not; a row with one is a stay, inside windows that were reviewed. Times
 * are what the camera's clock showed. It never throws for what the file says: that is reported.
 *
 * @param openTable - opens the file; what it or the reading raises as a coded error is reported.
 * @param camera - an opaque name; the table names none.
 * @throws {PresenceError} `PRESENCE_LOG_INVALID` when `camera` is none.
 */
export async function importPresence(
  openTable: () => Promise<PresenceTable>,
  camera: string,
): Promise<PresenceImportReport> {
  const problems: PresenceProblem[] = [];
  let problemCount = 0;
  const add = (problem: PresenceProblem) => {
    problemCount++;
    if (problems.length < PROBLEMS_SHOWN) problems.push(problem);
  };
  const log = { version: 1, clockChecks: [], recorded: [], reviewed: [], intervals: [] } as {
    version: 1;
    clockChecks: PresenceLog['clockChecks'];
    recorded: PresenceLog['recorded'];
    reviewed: PresenceLog['reviewed'];
    intervals: PresenceLog['intervals'];
  };
  const rowOfStay: number[] = [];
  let rowCount = 0;
  try {
    const table = await openTable();
    const places = readHeader(table.header, add);
    if (problemCount === 0) await readRows(table, places);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    add({ row: null, column: null, message: error.message });
  }
  if (problemCount === 0 && rowCount === 0) {
    const message = 'The file has a header, but no rows below it.';
    add({ row: null, column: null, message });
  }
  if (problemCount === 0) refuseUnreviewed();
  return {
    log: problemCount === 0 ? parsePresenceLog(log) : null,
    rowCount,
    problems,
    problemCount,
  };

  async function readRows(
    table: PresenceTable,
    places: ReadonlyMap<string, number>,
  ): Promise<void> {
    const seen = new Map<string, number>();
    for await (const { row, cells } of table.rows) {
      if (cells.every((cell) => cell.trim() === '')) continue;
      if (++rowCount > ROW_LIMIT) {
        const message = 'The file has more than 10,000 rows. Split it, by month for instance.';
        add({ row, column: null, message });
        return;
      }
      if (cells.length !== table.header.length) {
        const message = `This row has ${cells.length} cells, but the header has ${table.header.length}.`;
        add({ row, column: null, message });
        continue;
      }
      const earlier = seen.get(cells.join('\0'));
      if (earlier !== undefined) {
        add({
          row,
          column: null,
          message: `This row is the same as row ${earlier}. Take one out.`,
        });
        continue;
      }
      seen.set(cells.join('\0'), row);
      readRow(openPresenceRow({ row, cells, places, add }), row);
    }
  }

  function readRow(open: PresenceRow, row: number): void {
    const span = open.span();
    const reviewed = open.oneOf('reviewed', ['yes', 'no']);
    if (open.text('kind') === '') {
      for (const column of ['source', 'certainty'] as const) {
        if (open.text(column) === '') continue;
        open.refuse(column, `${column} says something of a stay, but kind is empty.`);
      }
      if (span === null) return;
      log.recorded.push({ camera, from: span.from, to: span.to });
      if (reviewed === 'yes') log.reviewed.push({ camera, from: span.from, to: span.to });
      return;
    }
    const kind = open.oneOf('kind', PRESENCE_KINDS);
    const source = open.oneOf('source', PRESENCE_SOURCES);
    const certainty = open.oneOf('certainty', PRESENCE_CERTAINTIES);
    if (reviewed === 'no') {
      open.refuse('reviewed', 'reviewed says no, but a stay is seen only in what was reviewed.');
    }
    if (span === null || kind === null || source === null || certainty === null) return;
    log.intervals.push({ camera, start: span.from, end: span.to, kind, source, certainty });
    rowOfStay.push(row);
  }

  /** Tells stays outside of reviewed windows by their rows, one by one. */
  function refuseUnreviewed(): void {
    const wasReviewed = holder(log.reviewed.map(({ from, to }) => spanOf(from, to)));
    for (const [i, { start, end }] of log.intervals.entries()) {
      if (wasReviewed(spanOf(start, end))) continue;
      const message =
        'This stay lies, wholly or in part, outside of the windows that were reviewed. Add a row without a kind for the window, with reviewed yes.';
      add({ row: rowOfStay[i]!, column: 'from', message });
    }
  }
}

function readHeader(
  header: readonly string[],
  add: (problem: PresenceProblem) => void,
): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [index, cell] of header.entries()) {
    const name = cell.trim().toLowerCase();
    const column = `column ${index + 1}`;
    if (!PRESENCE_COLUMNS.some((one) => one === name)) {
      const message = `The name in ${column} is not in the template. Take it out.`;
      add({ row: 1, column, message });
    } else if (places.has(name)) {
      add({ row: 1, column: name, message: `The column ${name} stands twice. Keep one of them.` });
    } else places.set(name, index);
  }
  for (const name of PRESENCE_COLUMNS) {
    if (places.has(name)) continue;
    const message = `The column ${name} is missing. Add it, as in the template.`;
    add({ row: 1, column: name, message });
  }
  return places;
}
