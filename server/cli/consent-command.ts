import { type Command, Option } from 'commander';
import type { ConsentRequest } from '../cases/consent/consent-requests.ts';
import { isDate } from '../cases/dates.ts';
import type { OpenHouse } from '../composition/compose-open.ts';
import type { CommandContext } from './command-context.ts';
import { UsageError } from './exit-codes.ts';
import { writeOutput } from './files.ts';
import { withOpenHouse } from './open-house.ts';
import { openTable } from './open-table.ts';
import { showProblems } from './show-problems.ts';

interface AskOptions extends Pick<ConsentRequest, 'about' | 'level'> {
  readonly out: string;
  readonly recipient?: string;
  readonly purpose?: string;
}

/** `dalil consent`: what is asked of people travels to street lawyers and back by registry code. */
export function addConsentCommand(program: Command, context: CommandContext): void {
  const consent = program
    .command('consent')
    .description('ask for consents through street lawyers, and take in answers and withdrawals');
  consent
    .command('ask')
    .description(
      'write the list that street lawyers ask people by: codes, and nothing that happened',
    )
    .argument('<codes...>', 'registry codes of the cases')
    .requiredOption('--out <file.csv>', 'the list, to be filled in and sent back')
    .addOption(
      new Option('--about <what>', 'what is asked for')
        .choices(['narrative', 'media'])
        .default('narrative'),
    )
    .addOption(
      new Option('--level <level>', 'counted, told anonymised, or identified to one body')
        .choices(['C1', 'C2', 'C3'])
        .makeOptionMandatory(),
    )
    .option('--recipient <code>', 'the body it would go to')
    .option('--purpose <code>', 'what it would be for')
    .action(async (codes: string[], options: AskOptions) => ask(codes, options, context));
  consent
    .command('answers')
    .description('take in such a list with answers: all rows or none; names packs to be superseded')
    .argument('<file>', 'the list as it came back: CSV or XLSX')
    .action(async (file: string) => takeAnswers(file, context));
  consent
    .command('ended')
    .description('name the packs that rest on consents that do not hold any more')
    .option('--on <date>', 'on this day instead of today: a day to come tells what ends until then')
    .action(async ({ on }: { on?: string }) => listEnded(on, context));
}

async function listEnded(on: string | undefined, context: CommandContext) {
  const { terminal } = context;
  if (on !== undefined && !isDate(on)) {
    throw new UsageError('--on takes a day, written 2027-01-31.');
  }
  const lost = await withOpenHouse(context, (house) => house.listLostPacks(on));
  terminal.result({ packs: lost });
  if (lost.length === 0) {
    terminal.data('Every pack rests on consents that hold.');
    return;
  }
  for (const { pack, cases, sent } of lost) {
    terminal.data(`${pack}: ${cases} ${cases === 1 ? 'case' : 'cases'}${sent ? ', sent' : ''}`);
  }
  terminal.fail(
    'Make a pack that supersedes each. What was sent cannot be called back: tell the street lawyers so.',
  );
  return context.end('no');
}

async function ask(codes: readonly string[], options: AskOptions, context: CommandContext) {
  const { terminal } = context;
  const { about, level, recipient = null, purpose = null, out } = options;
  const list = await withOpenHouse(context, async (house) => {
    const cases = await idsOf(codes, house);
    return await house.askConsent({ cases, about, level, recipient, purpose });
  });
  await writeOutput(out, list);
  terminal.result({ out, cases: new Set(codes).size });
  terminal.data(out);
  terminal.say(
    'Whoever fills it in writes yes, no or withdrawn under answer, and for yes the language, the role that asked, and the day.',
  );
}

async function idsOf(codes: readonly string[], { cases }: OpenHouse): Promise<string[]> {
  const ids = new Set<string>();
  const unknown: string[] = [];
  for (const code of codes) {
    const found = await cases.findByRegistryCode(code);
    if (found === null) unknown.push(code);
    else ids.add(found.id);
  }
  if (unknown.length === 0) return [...ids];
  throw new UsageError(
    `${unknown.length} of the codes are of no case that is there (the first stands at place ${codes.indexOf(unknown[0]!) + 1}). Look them up in the registry.`,
  );
}

async function takeAnswers(file: string, context: CommandContext) {
  const { terminal } = context;
  const report = await withOpenHouse(context, async (house) =>
    house.takeConsentAnswers(await openTable(file), { role: 'lawyer' }),
  );
  terminal.result(report);
  showProblems(report, terminal);
  if (!report.accepted) {
    terminal.fail(
      `Nothing was changed: ${report.problemCount} problems in ${report.rowCount} rows.`,
    );
    return context.end('no');
  }
  const { agreedCount, withdrawnCount, unchangedCount, packsToSupersede } = report;
  terminal.data(
    `${agreedCount} agreed, ${withdrawnCount} withdrew, ${unchangedCount} are as before.`,
  );
  for (const { pack, cases, sent } of packsToSupersede) {
    const left = sent ? ' It was sent and cannot be called back: tell the street lawyer so.' : '';
    terminal.warn(
      `${pack} rests on consents that do not hold any more, of ${cases} cases: make a pack that supersedes it.${left}`,
    );
  }
}
