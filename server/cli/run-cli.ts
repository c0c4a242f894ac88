import { Command, CommanderError } from 'commander';
import type { Tools } from '../composition/compose-tools.ts';
import { readConfig } from '../config.ts';
import { CodedError } from '../kernel/errors.ts';
import type { CommandContext } from './command-context.ts';
import { COMMANDS } from './commands.ts';
import { EXIT, type ExitCode, exitCodeOf } from './exit-codes.ts';
import { createTerminal, type TerminalStream } from './terminal.ts';

/**
 * Runs one command line.
 *
 * @param args - without the names of Node and of the program.
 * @returns the exit code: 0 ok, 1 the answer is no, 2 usage, 3 unreadable input.
 */
export async function runCli(
  args: readonly string[],
  streams: { out: TerminalStream; err: TerminalStream; signal: AbortSignal },
): Promise<ExitCode> {
  const { out, err, signal } = streams;
  let code: ExitCode = EXIT.ok;
  const terminal = createTerminal({ out, err, json: args.includes('--json') });
  let tools: Promise<Tools> | undefined;
  try {
    const config = readConfig();
    const context: CommandContext = {
      config,
      terminal,
      async tools() {
        tools ??= import('../composition/compose-tools.ts').then(({ composeTools }) =>
          composeTools(config),
        );
        return await tools;
      },
      signal,
      end: (answer) => {
        code = EXIT[answer];
      },
    };
    const program = await createProgram(context, args, { out, err });
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (signal.aborted) {
      terminal.fail('Stopped. Nothing half-done was kept.');
      return EXIT.no;
    }
    terminal.settle();
    terminal.fail(sentenceOf(error));
    return exitCodeOf(error);
  } finally {
    // Tools that could not be made have been told of.
    await (await tools?.catch(() => undefined))?.close();
  }
}

/** With the one command that is asked for; with all of them when none is. */
async function createProgram(
  context: CommandContext,
  args: readonly string[],
  { out, err }: { out: TerminalStream; err: TerminalStream },
): Promise<Command> {
  const program = new Command('dalil')
    .description('Evidence packs that expose nobody and that nobody has to take on trust.')
    .option('--json', 'print the result as JSON')
    .configureOutput({
      writeOut: (text) => out.write(text),
      writeErr: (text) => err.write(text),
    })
    .exitOverride()
    .showHelpAfterError('(dalil --help lists what there is)');
  // What stands before its name may ask something of the program, its help for one.
  const asked = COMMANDS.get(args.find((arg) => arg !== '--json') ?? '');
  for (const load of asked === undefined ? COMMANDS.values() : [asked]) {
    const addCommand = await load();
    addCommand(program, context);
  }
  for (const command of program.commands) {
    command.copyInheritedSettings(program).option('--json', 'print the result as JSON');
  }
  return program;
}

/** One sentence that is safe to show. What nobody foresaw tells its kind only, for the report. */
function sentenceOf(error: unknown): string {
  if (error instanceof CodedError) return error.message;
  const kind = error instanceof Error ? error.name : typeof error;
  return `Something went wrong that Dalil did not foresee (${kind}). Nothing was lost; please report how it came about.`;
}
