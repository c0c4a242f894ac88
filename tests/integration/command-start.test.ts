import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { COMMANDS } from '../../server/cli/commands.ts';
import { runDalil } from '../builders/run-dalil.ts';

/** The names under "Commands:" of a help text. */
const listed = (help: string) =>
  [...help.slice(help.indexOf('Commands:')).matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name!);

test('the command runs as npm links it', () => {
  const program = path.resolve(import.meta.dirname, '../..', manifest.bin.dalil);
  const PATH = `${path.dirname(process.execPath)}:${process.env.PATH}`;
  const said = execFileSync(program, ['verify', '--help'], { env: { PATH }, encoding: 'utf8' });
  expect(said).toMatch(/^Usage: dalil verify /);
});

test.each([[['--help']], [['--help', 'verify']], [['help']], [['--json', '--help']]])(
  '%j lists every command',
  async (args) => {
    const { code, out } = await runDalil(args);
    expect(code).toBe(0);
    expect(listed(out).filter((name) => name !== 'help')).toEqual([...COMMANDS.keys()]);
  },
);

test('a command that there is none of is refused, and what it may be is named', async () => {
  const { code, err } = await runDalil(['verfiy', 'pack.zip']);
  expect(code).toBe(2);
  expect(err).toMatch(/Did you mean verify\?/);
});
