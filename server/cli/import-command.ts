import type { Command } from 'commander';
import { parseMapping } from '../cases/import/import-mapping.ts';
import type { MappingProposal } from '../cases/import/propose-mapping.ts';
import type { CommandContext } from './command-context.ts';
import { UsageError } from './exit-codes.ts';
import { readJson, refuseSameFile, writeOutput } from './files.ts';
import { withOpenHouse } from './open-house.ts';
import { openTable } from './open-table.ts';
import { showProblems } from './show-problems.ts';
import type { Terminal } from './terminal.ts';

interface ImportOptions {
  readonly mapping?: string;
  readonly dryRun?: boolean;
  readonly proposeMapping?: string;
  readonly onlyValid?: boolean;
  readonly list?: boolean;
  readonly undo?: string;
}

/** `dalil import`: takes in cases, all or none, and says by row and column what is wrong. */
export function addImportCommand(program: Command, context: CommandContext): void {
  program
    .command('import')
    .description('take in cases from a table (templates/import/cases.md says how it looks)')
    .argument('[file]', 'the table: CSV, XLSX, or events of DHIS2 as JSON or CSV')
    .option('--mapping <file.json>', 'says which columns and codes of another table are ours')
    .option('--propose-mapping <file.json>', 'only look at the columns and begin a mapping')
    .option('--dry-run', 'judge everything, keep nothing')
    .option('--only-valid', 'take the rows that have no problem, leave out the others')
    .option('--list', 'show the latest imports')
    .option('--undo <import>', 'take the cases of an import out again')
    .action(async (file: string | undefined, options: ImportOptions) => {
      if (options.list === true) await list(context);
      else if (options.undo !== undefined) await undo(options.undo, context);
      else if (file === undefined) {
        throw new UsageError('Name the table to import. dalil import --help says how.');
      } else if (options.proposeMapping === undefined) await importCases(file, options, context);
      else await propose(file, options.proposeMapping, context);
    });
}

async function propose(file: string, out: string, { terminal, tools }: CommandContext) {
  await refuseSameFile(file, out);
  const proposal = await (await tools()).proposeMapping(await openTable(file));
  await writeOutput(out, `${JSON.stringify(proposal.mapping, null, 2)}\n`);
  terminal.result({ out, ...proposal });
  showProposal(proposal, terminal);
  terminal.data(out);
}

function showProposal({ columns, missing }: MappingProposal, terminal: Terminal): void {
  for (const { name, target, because, samples, unknownValues } of columns) {
    const reason = because === 'personal' ? 'dropped at the door' : (target ?? 'not read');
    const shown = samples.length === 0 ? '' : `   ${samples.join(' · ')}`;
    terminal.data(`${name}  →  ${reason}${shown}`);
    if (unknownValues.length > 0) {
      terminal.data(`    not in the list yet: ${unknownValues.join(' · ')}`);
    }
  }
  if (missing.length > 0) {
    terminal.warn(`Nothing was found for ${missing.join(', ')}, which every case needs.`);
  }
  terminal.say('Look through the file, mend it, then import with --mapping and --dry-run.');
}

async function list(context: CommandContext): Promise<void> {
  const { terminal } = context;
  const imports = await withOpenHouse(context, (house) => house.imports.list());
  terminal.result(imports);
  for (const { id, state, startedAt, caseCount } of imports) {
    terminal.data(`${id}  ${startedAt}  ${state.padEnd(9)}  ${caseCount} cases`);
  }
}

async function undo(id: string, context: CommandContext): Promise<void> {
  const kept = await withOpenHouse(context, (house) => house.imports.undo(id, { role: 'lawyer' }));
  context.terminal.result(kept);
  context.terminal.data(`${kept.caseCount} cases were taken out again.`);
}

async function importCases(file: string, options: ImportOptions, context: CommandContext) {
  const { terminal } = context;
  const { dryRun = false, onlyValid = false } = options;
  const mapping =
    options.mapping === undefined ? undefined : parseMapping(await readJson(options.mapping));
  const report = await withOpenHouse(context, async (house) =>
    house.imports.run({ bytes: await openTable(file), dryRun, onlyValid, mapping }),
  );
  terminal.result(report);
  showProblems(report, terminal);
  for (const notice of report.notices) terminal.say(notice);
  const leftOut = report.rowCount - report.validCount;
  const left =
    report.problemCount === 0 ? '' : `; ${counted(leftOut, 'row')} ${was(leftOut)} left out`;
  if (report.accepted && dryRun) {
    terminal.data(`${counted(report.validCount, 'case')} can be imported${left}.`);
  } else if (report.accepted) {
    terminal.data(
      `${counted(report.importedCount, 'case')} ${was(report.importedCount)} imported${left}.`,
    );
    terminal.say(`To take them out again: dalil import --undo ${report.importId}`);
  } else {
    const { problemCount, rowCount, validCount } = report;
    const valid =
      validCount === 0 ? '' : ` ${counted(validCount, 'valid row')}: --only-valid takes these.`;
    const where = rowCount === 0 ? '' : ` in ${counted(rowCount, 'row')}`;
    terminal.fail(`Nothing was imported: ${counted(problemCount, 'problem')}${where}.${valid}`);
    context.end('no');
  }
}

const was = (count: number) => (count === 1 ? 'was' : 'were');
const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
