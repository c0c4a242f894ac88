import type { ImportReport } from '../cases/import/import-report.ts';
import type { Terminal } from './terminal.ts';

/** Shows what is wrong in a table by row and column, as the template names them. */
export function showProblems(
  { problems, problemCount }: Pick<ImportReport, 'problems' | 'problemCount'>,
  terminal: Pick<Terminal, 'data'>,
): void {
  for (const { row, column, message } of problems) {
    const where = [row === null ? null : `row ${row}`, column].filter((one) => one !== null);
    terminal.data(where.length === 0 ? message : `${where.join(', ')}: ${message}`);
  }
  if (problemCount > problems.length) terminal.data(`and ${problemCount - problems.length} more`);
}
