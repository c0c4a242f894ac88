import { type Command, Option } from 'commander';
import {
  isOffered,
  LANGUAGES,
  type Language,
  LIST_NAMES,
  type ListName,
} from '../cases/codes/code-lists.ts';
import type { CommandContext } from './command-context.ts';
import { UsageError } from './exit-codes.ts';
import { readJson, writeOutput } from './files.ts';
import { withOpenHouse } from './open-house.ts';

interface CodesOptions {
  readonly out?: string;
  readonly set?: string;
  readonly retire?: string;
  readonly takeBack?: string;
  readonly reason?: string;
  readonly history?: boolean;
  readonly lang: Language;
}

const NO_CHANGE = { added: [], renamed: [], retired: [], takenBack: [] };

/** `dalil codes`: the lists of acts, populations, perpetrators … as the organisation keeps them. */
export function addCodesCommand(program: Command, context: CommandContext): void {
  program
    .command('codes')
    .description(
      'show the coded lists of cases, add codes to them, change their words, or retire codes',
    )
    .argument('[list]', `one of ${LIST_NAMES.join(', ')}`)
    .option('--out <file.json>', 'write the lists to a file, to be edited')
    .option('--set <file.json>', 'take lists from an edited file; codes can be added, none can go')
    .addOption(
      new Option(
        '--retire <code>',
        'keep a code of the list for older cases only; new ones are not given it',
      ).conflicts(['set', 'out', 'history']),
    )
    .addOption(
      new Option('--take-back <code>', 'give a retired code of the list again').conflicts([
        'retire',
        'set',
        'out',
        'history',
      ]),
    )
    .option('--reason <text>', 'why they are changed')
    .option('--history', 'show what was changed, when and by which role')
    .addOption(
      new Option('--lang <language>', 'language of the words')
        .choices([...LANGUAGES])
        .default('ru'),
    )
    .action(async (list: string | undefined, options: CodesOptions) => {
      if (list !== undefined && !(LIST_NAMES as string[]).includes(list)) {
        throw new UsageError(`There is no such list. Choose from ${LIST_NAMES.join(', ')}.`);
      }
      if (options.retire !== undefined || options.takeBack !== undefined) {
        await retire(list as ListName | undefined, options, context);
      } else if (options.set !== undefined) await set(options.set, options, context);
      else if (options.history === true) await showHistory(context);
      else await show(list, options, context);
    });
}

async function show(
  list: string | undefined,
  { out, lang }: CodesOptions,
  context: CommandContext,
) {
  const { terminal } = context;
  const { version, lists } = await withOpenHouse(context, ({ codeLists }) => codeLists.current());
  const wanted = LIST_NAMES.filter((name) => list === undefined || name === list);
  const chosen = Object.fromEntries(wanted.map((name) => [name, lists[name]]));
  if (out !== undefined) await writeOutput(out, `${JSON.stringify(chosen, null, 2)}\n`);
  terminal.result({ version, lists: chosen });
  if (out !== undefined) return terminal.data(out);
  for (const name of wanted) {
    terminal.data(name);
    for (const one of lists[name]) {
      terminal.data(`  ${one.code}   ${one.label[lang]}${isOffered(one) ? '' : '   (retired)'}`);
    }
  }
}

async function showHistory(context: CommandContext) {
  const { terminal } = context;
  const changes = await withOpenHouse(context, ({ codeLists }) => codeLists.history());
  terminal.result(changes);
  for (const { version, at, role, reason, added, renamed, retired, takenBack } of changes) {
    terminal.data(`${version}   ${at}   ${role}${reason === null ? '' : `   ${reason}`}`);
    for (const { list, code } of added) terminal.data(`  ${list}/${code} added`);
    for (const { list, code } of renamed) terminal.data(`  ${list}/${code} in other words`);
    for (const { list, code } of retired) terminal.data(`  ${list}/${code} retired`);
    for (const { list, code } of takenBack) terminal.data(`  ${list}/${code} taken back`);
  }
}

async function retire(
  list: ListName | undefined,
  { retire: code, takeBack, reason }: CodesOptions,
  context: CommandContext,
) {
  const { terminal } = context;
  if (list === undefined) {
    throw new UsageError('Name the list that the code is in, as in dalil codes act --retire CODE.');
  }
  const retired = code !== undefined;
  const by = { role: 'lawyer', reason: reason ?? null };
  const { before, version } = await withOpenHouse(context, async ({ codeLists }) => {
    const { version: after } = await codeLists.current();
    const one = { list, code: code ?? takeBack!, retired };
    return { before: after, version: (await codeLists.retire(after, one, by)).version };
  });
  terminal.result({ version, list, code: code ?? takeBack, retired });
  if (version === before) {
    return terminal.data(retired ? 'It was retired already.' : 'It was not retired.');
  }
  terminal.data(
    retired
      ? 'It stays in the cases that have it, and new ones are not given it.'
      : 'New cases can be given it again.',
  );
  terminal.say('A service that is running follows when it is started again.');
}

async function set(file: string, { reason }: CodesOptions, context: CommandContext) {
  const { terminal } = context;
  const given = await readJson(file);
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new UsageError(
      'The file has no lists in it. dalil codes --out writes one to begin with.',
    );
  }
  const { version, change } = await withOpenHouse(context, async ({ codeLists }) => {
    const { version: after } = await codeLists.current();
    const by = { role: 'lawyer', reason: reason ?? null };
    const edition = await codeLists.replace(after, given as Record<string, unknown>, by);
    const history = await codeLists.history();
    return {
      version: edition.version,
      change: edition.version === after ? NO_CHANGE : history.at(-1)!,
    };
  });
  const { added, renamed } = change;
  terminal.result({ version, added, renamed });
  terminal.data(`${added.length} codes were added, ${renamed.length} have other words.`);
  if (change === NO_CHANGE) return;
  terminal.say('A service that is running follows when it is started again.');
}
