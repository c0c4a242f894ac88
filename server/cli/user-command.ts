import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { type Command, Option } from 'commander';
import { ROLES, type Role } from '../accounts/user.ts';
import { compose } from '../compose.ts';
import type { CommandContext } from './command-context.ts';

/** `dalil user add`: makes an account. The password is asked for, or comes as a line on stdin. */
export function addUserCommand(program: Command, context: CommandContext): void {
  const user = program.command('user').description('accounts of the service');
  user
    .command('add')
    .description('make an account; the password is asked for, or read from stdin')
    .argument('<login>', 'a pseudonym; it need not name anybody')
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).default('lawyer'))
    .action(async (login: string, { role }: { role: Role }) => {
      const { terminal, config } = context;
      const password = await askPassword(terminal.say);
      const house = await compose(config);
      try {
        await house.addUser({ login, role, password });
      } finally {
        await house.close();
      }
      terminal.result({ login, role });
      terminal.data(`${login} may sign in as ${role}.`);
    });
}

/** A line of stdin; on a screen it is not shown while it is typed. */
async function askPassword(say: (text: string) => void): Promise<string> {
  const screen = process.stdin.isTTY === true;
  if (screen) say('Password:');
  const lines = createInterface({
    input: process.stdin,
    terminal: screen,
    ...(screen ? { output: new Writable({ write: (_part, _encoding, done) => done() }) } : {}),
  });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
  }
}
