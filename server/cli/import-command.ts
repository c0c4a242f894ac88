import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { FileError } from './exit-codes.ts';
import { withOpenHouse } from './open-house.ts';

/** `dalil import`: takes in cases, all or none, and says by row and column what is wrong. */
export function addImportCommand(program: Command, context: CommandContext): void {
  program
    .command('import')
    .description('take in cases from a table (templates/import/cases.md says how it looks)')
    .argument('<file.csv>', 'the table')
    .option('--dry-run', 'judge everything, keep nothing')
    .action(async (file: string, { dryRun = false }: { dryRun?: boolean }) => {
      const { terminal } = context;
      const report = await withOpenHouse(context, async (house) =>
        house.importCases({ bytes: await openTable(file), dryRun }),
      );
      terminal.result(report);
      for (const { row, column, message } of report.problems) {
        const where = [row === null ? null : `row ${row}`, column].filter((one) => one !== null);
        terminal.data(where.length === 0 ? message : `${where.join(', ')}: ${message}`);
      }
      const unlisted = report.problemCount - report.problems.length;
      if (unlisted > 0) terminal.data(`and ${unlisted} more`);
      for (const notice of report.notices) terminal.say(notice);
      if (report.accepted) {
        terminal.data(
          dryRun
            ? `${report.rowCount} cases can be imported.`
            : `${report.importedCount} cases were imported.`,
        );
      } else {
        terminal.fail(
          `Nothing was imported: ${report.problemCount} problems in ${report.rowCount} rows.`,
        );
        context.end('no');
      }
    });
}

async function openTable(file: string): Promise<AsyncIterable<Uint8Array>> {
  const stream = createReadStream(file);
  try {
    await once(stream, 'open');
    return stream;
  } catch (cause) {
    throw new FileError(
      'FILE_UNREADABLE',
      'The table cannot be opened. Check its name and that it may be read.',
      { cause },
    );
  }
}
