import { type Command, InvalidArgumentError } from 'commander';
import type { CaseFilter } from '../cases/registry/case-filter.ts';
import type { FoundCase } from '../cases/registry/search-cases.ts';
import { askSecrets } from './ask-secret.ts';
import type { CommandContext } from './command-context.ts';
import { monthsOf } from './months-of.ts';
import { withOpenHouse } from './open-house.ts';
import { refuseUnknownCode } from './refuse-unknown-code.ts';

interface FindOptions {
  readonly from?: string;
  readonly to?: string;
  readonly oblast: readonly string[];
  readonly act: readonly string[];
  readonly population: readonly string[];
  readonly limit: number;
}

const MOST = 1_000;
const gathered = (code: string, all: readonly string[]) => [...all, code];

/** `dalil find`: the cases whose narrative or registry code has words, which are never an argument. */
export function addFindCommand(program: Command, context: CommandContext): void {
  const { terminal, signal } = context;
  program
    .command('find')
    .description(
      'find cases by words of their narratives or registry codes; the words come from standard input or are asked for, so that no list of commands has them',
    )
    .option('--from <month>', 'first month, as 2021-02')
    .option('--to <month>', 'last month, as 2021-12')
    .option('--oblast <code>', 'of this oblast; repeatable', gathered, [])
    .option('--act <code>', 'with this act; repeatable', gathered, [])
    .option('--population <code>', 'of this population; repeatable', gathered, [])
    .option('--limit <number>', 'the most cases to show', limitOf, 100)
    .action(async (options: FindOptions) => {
      const filter = filterOf(options);
      const [words = ''] = await askSecrets(['Words, which are not shown:'], terminal.say);
      const { found, more } = await withOpenHouse(
        context,
        async ({ lists, cases, searchCases }) => {
          for (const option of ['oblast', 'act', 'population'] as const) {
            for (const code of options[option])
              refuseUnknownCode(option, code, { lists, list: option });
          }
          const total = await cases.count(filter);
          const all: FoundCase[] = [];
          let opened = 0;
          let after: string | null | undefined;
          while (after !== null && all.length <= options.limit) {
            const enough = options.limit + 1 - all.length;
            const place = after === undefined ? {} : { after };
            const page = await searchCases({ words, filter, enough, signal, ...place });
            all.push(...page.found);
            opened += page.opened;
            after = page.next;
            terminal.progress('Searching', opened, total, 'cases');
          }
          terminal.settle();
          return { found: all.slice(0, options.limit), more: all.length > options.limit };
        },
      );
      const shown = found.map(({ record, in: places }) => ({
        id: record.id,
        registryCode: record.registryCode,
        month: record.month,
        oblast: record.oblast,
        in: places,
      }));
      terminal.result({ cases: shown, more });
      for (const one of shown) {
        terminal.data(`${one.registryCode}   ${one.month}   ${one.oblast}   ${one.in.join(', ')}`);
      }
      if (more) terminal.warn('There are more. Narrow the search, or raise --limit.');
      if (shown.length > 0) return;
      terminal.say('No case has these words. Try the beginnings of words, or another language.');
      context.end('no');
    });
}

function limitOf(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MOST) return limit;
  throw new InvalidArgumentError(`Give a number from 1 to ${MOST}.`);
}

function filterOf({ oblast, act, population, ...months }: FindOptions): CaseFilter {
  return {
    ...monthsOf(months),
    ...(oblast.length === 0 ? {} : { oblasts: oblast }),
    ...(act.length === 0 ? {} : { acts: act }),
    ...(population.length === 0 ? {} : { populations: population }),
  };
}
