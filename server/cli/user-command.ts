import { type Command, Option } from 'commander';
import { ROLES, type Role } from '../accounts/user.ts';
import { compose } from '../compose.ts';
import { askSecrets } from './ask-secret.ts';
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
      const [password = ''] = await askSecrets(['Password:'], terminal.say);
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
