import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { CONFIG_SCHEMA, readConfig } from '../../server/config.ts';

const root = path.resolve(import.meta.dirname, '../..');
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/** The rows of the table under a heading, cell by cell. */
function tableUnder(heading: string): string[][] {
  const section = readme.split(/^## |^### /m).find((part) => part.startsWith(heading))!;
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .replaceAll('\\|', '¦')
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test('the configuration is told as config.ts has it', () => {
  const defaults = CONFIG_SCHEMA.parse({}) as Record<string, unknown>;
  const wanted = Object.entries(CONFIG_SCHEMA.shape).map(([name, rule]) => {
    const value = defaults[name];
    const shown = value === undefined || (Array.isArray(value) && value.length === 0);
    return [`\`${name}\``, shown ? '' : `\`${String(value)}\``, rule.description];
  });
  expect(tableUnder('Configuration')).toEqual(wanted);
});

test('every command is told, and no other', () => {
  const help = execFileSync(process.execPath, [path.join(root, 'server/cli.ts'), '--help'], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  const listed = help.slice(help.indexOf('Commands:'));
  const commands = [...listed.matchAll(/^ {2}(\w+)/gm)].map((match) => match[1]);
  const told = tableUnder('The command').map(([cell]) => /`dalil (\w+)/.exec(cell!)![1]);
  expect(told.sort()).toEqual(commands.filter((name) => name !== 'help').sort());
});

test('every folder and file of server/ is told', () => {
  const entries = readdirSync(path.join(root, 'server')).filter((name) => name !== 'DECISIONS.md');
  for (const name of entries) {
    const folder = statSync(path.join(root, 'server', name)).isDirectory();
    expect(readme).toMatch(new RegExp(`\\b${name.replace('.', '\\.')}${folder ? '/' : ''}[\\s;]`));
  }
});

test('every npm command that it names is there', () => {
  const named = [...readme.matchAll(/npm (?:run )?(start|test|demo|check|bench|setup)\b/g)];
  expect(named.length).toBeGreaterThan(3);
  for (const match of named) expect(scripts).toHaveProperty(match[1]!);
});

test('faulty settings are named all at once, and never by value', () => {
  const faulty = {
    DALIL_PORT: '99999',
    DALIL_PUBLIC_URL: 'secret://x',
    DALIL_VAULT_PASSPHRASE: 'abc',
  };
  let message = '';
  try {
    readConfig(faulty);
  } catch (error) {
    message = (error as Error).message;
  }
  for (const [name, value] of Object.entries(faulty)) {
    expect(message).toContain(name);
    expect(message).not.toContain(value);
  }
});

test('an empty variable is one that is not set, and a configuration cannot be changed', () => {
  const config = readConfig({ DALIL_PORT: '', DALIL_DATA: '' });
  expect(config.port).toBe(8080);
  expect(Object.isFrozen(config)).toBe(true);
});
