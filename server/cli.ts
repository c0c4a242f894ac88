#!/usr/bin/env -S node --max-semi-space-size=2
import { Command, CommanderError } from 'commander';
import { addAnalyseCommand } from './cli/analyse-command.ts';
import { addAnonymiseCommand } from './cli/anonymise-command.ts';
import { addAuditorCommand } from './cli/auditor-command.ts';
import { addCodesCommand } from './cli/codes-command.ts';
import type { CommandContext } from './cli/command-context.ts';
import { addConsentCommand } from './cli/consent-command.ts';
import { addCustodyCommand } from './cli/custody-command.ts';
import { addDemoCommand } from './cli/demo-command.ts';
import { addDoctorCommand } from './cli/doctor-command.ts';
import { EXIT, type ExitCode, exitCodeOf } from './cli/exit-codes.ts';
import { addImportCommand } from './cli/import-command.ts';
import { addKeyCommand } from './cli/key-command.ts';
import { addKitCommand } from './cli/kit-command.ts';
import { addLetterCommand } from './cli/letter-command.ts';
import { addOpenCommand } from './cli/open-command.ts';
import { addPackCommand } from './cli/pack-command.ts';
import { addPageCommand } from './cli/page-command.ts';
import { addRedactCommand } from './cli/redact-command.ts';
import { addReproduceCommand } from './cli/reproduce-command.ts';
import { addRiskCommand } from './cli/risk-command.ts';
import { addServeCommand } from './cli/serve-command.ts';
import { addStampCommand } from './cli/stamp-command.ts';
import { createTerminal, type TerminalStream } from './cli/terminal.ts';
import { addUserCommand } from './cli/user-command.ts';
import { addVerifyCommand } from './cli/verify-command.ts';
import { composeTools } from './compose-tools.ts';
import { readConfig } from './config.ts';
import { CodedError } from './kernel/errors.ts';

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
  let close = async () => {};
  try {
    const config = readConfig();
    const tools = composeTools(config);
    close = tools.close;
    const context: CommandContext = {
      config,
      terminal,
      tools,
      signal,
      end: (answer) => {
        code = EXIT[answer];
      },
    };
    await createProgram(context, { out, err }).parseAsync(args, { from: 'user' });
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
    await close();
  }
}

function createProgram(
  context: CommandContext,
  { out, err }: { out: TerminalStream; err: TerminalStream },
): Command {
  const program = new Command('dalil')
    .description('Evidence packs that expose nobody and that nobody has to take on trust.')
    .option('--json', 'print the result as JSON')
    .configureOutput({
      writeOut: (text) => out.write(text),
      writeErr: (text) => err.write(text),
    })
    .exitOverride()
    .showHelpAfterError('(dalil --help lists what there is)');
  addServeCommand(program, context);
  addDemoCommand(program, context);
  addImportCommand(program, context);
  addAnonymiseCommand(program, context);
  addAnalyseCommand(program, context);
  addRedactCommand(program, context);
  addLetterCommand(program, context);
  addVerifyCommand(program, context);
  addKitCommand(program, context);
  addPageCommand(program, context);
  addOpenCommand(program, context);
  addReproduceCommand(program, context);
  addRiskCommand(program, context);
  addCodesCommand(program, context);
  addConsentCommand(program, context);
  addAuditorCommand(program, context);
  addStampCommand(program, context);
  addPackCommand(program, context);
  addCustodyCommand(program, context);
  addKeyCommand(program, context);
  addUserCommand(program, context);
  addDoctorCommand(program, context);
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

if (import.meta.main) {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  process.exitCode = await runCli(process.argv.slice(2), {
    out: process.stdout,
    err: process.stderr,
    signal: stop.signal,
  });
}
