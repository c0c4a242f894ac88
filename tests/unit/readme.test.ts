import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../server/cli/exit-codes.ts';
import { runCli } from '../../server/cli/run-cli.ts';
import { CONFIG_SCHEMA } from '../../server/config.ts';

const root = path.resolve(import.meta.dirname, '../..');
const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8');
const readme = textOf('README.md');

/** What stands under a heading, up to the next one of any level. */
function sectionOf(heading: string): string {
  const section = readme.split(/^#{2,3} /m).find((part) => part.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`the README has no part "${heading}"`);
  return section;
}

/** The rows of the table whose first column has this title, cell by cell. */
function tableOf(title: string): string[][] {
  const tables = readme.match(/(?:^\|.*\n)+/gm) ?? [];
  const cellsOf = (row: string) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim());
  const found = tables
    .map((table) => table.trimEnd().split('\n').map(cellsOf))
    .find(([head]) => head![0] === title);
  return found!.slice(2);
}

/** What the command answers to `args` on standard output. */
async function outputOf(...args: string[]): Promise<string> {
  let text = '';
  const out = { write: (part: string) => (text += part) };
  const { signal } = new AbortController();
  const code = await runCli(args, { out, err: { write: () => undefined }, signal });
  expect(code).toBe(EXIT.ok);
  return text;
}

const optionsIn = (text: string) =>
  [...new Set(text.match(/--[a-z][a-z0-9-]*/g))]
    .filter((option) => option !== '--json' && option !== '--help')
    .sort();

test('the configuration is told as config.ts has it', () => {
  const defaults = CONFIG_SCHEMA.parse({}) as Record<string, unknown>;
  const wanted = Object.entries(CONFIG_SCHEMA.shape).map(([name, rule]) => {
    const value = defaults[name];
    const none = value === undefined || (Array.isArray(value) && value.length === 0);
    return [`\`${name}\``, none ? '' : `\`${String(value)}\``, rule.description];
  });
  expect(tableOf('variable')).toEqual(wanted);
});

describe('the commands', () => {
  // `custody verify` is a command of its own, with options of its own.
  const told = tableOf('command').map(
    ([usage]) => [/`dalil ([a-z]+(?: [a-z]+)*)/.exec(usage!)![1]!, usage!] as const,
  );

  test('are all told, and no other', async () => {
    const help = await outputOf('--help');
    const listed = help.slice(help.indexOf('Commands:')).matchAll(/^ {2}(\w+)/gm);
    const names = [...listed].map((match) => match[1]!).filter((name) => name !== 'help');
    const commands = new Set(told.map(([name]) => name.split(' ')[0]!));
    expect([...commands].sort()).toEqual(names.sort());
  });

  test.each(told)('%s is told with all its options', async (name, usage) => {
    const help = await outputOf(...name.split(' '), '--help');
    // Descriptions may speak of other options: only the column of names counts.
    const options = [...help.matchAll(/^ {2}(?:-\w, )?(--[a-z0-9-]+)/gm)].map((match) => match[1]!);
    expect(optionsIn(usage)).toEqual(optionsIn(options.join(' ')));
  });

  test('end with the exit codes that are told', () => {
    const codes = tableOf('exit code').map(([code]) => Number(code));
    expect(codes).toEqual(Object.values(EXIT));
  });
});

test('the tree of server/ is the one that is there', () => {
  const tree = /^server\/\n((?: {2}.*\n)+)/m.exec(sectionOf('How it works'))![1]!;
  const told = tree.match(/(?<=^ {2})\S+/gm)!;
  const there = readdirSync(path.join(root, 'server'), { withFileTypes: true }).map((entry) =>
    entry.isDirectory() ? `${entry.name}/` : entry.name,
  );
  expect([...told].sort()).toEqual(there.sort());
});

test('every file of templates/, tests/, server/ and scripts/ that it names is there', () => {
  const named = readme.match(/\b(?:templates|tests|server|scripts)\/[\w./-]*\w/g)!;
  const missing = named.filter((name) => {
    const folder = readdirSync(path.join(root, path.dirname(name)));
    return !folder.includes(path.basename(name));
  });
  expect(missing).toEqual([]);
});

test('every npm command that it names is there', () => {
  const { scripts } = JSON.parse(textOf('package.json'));
  const named = [...readme.matchAll(/`?npm (?:run (\w+)|(start|test))/g)].map(
    (match) => match[1] ?? match[2]!,
  );
  expect(named.length).toBeGreaterThan(3);
  for (const name of named) expect(scripts).toHaveProperty(name);
});

test('the Debian packages are those that the set-up installs', () => {
  const setup = textOf('scripts/setup');
  const always = /^packages='([^']+)'/m.exec(setup)![1]!;
  const withTests = /packages="\$packages ([^"]+)"/.exec(setup)![1]!;
  expect(sectionOf('Try it')).toContain(`\`${always}\``);
  expect(sectionOf('Try it')).toContain(`\`${withTests}\``);
});

test('the commands of an auditor are those that travel in a pack', () => {
  const block = /```\n([^`]+)```/.exec(sectionOf('Verify without us'))![1]!;
  const commands = block
    .trimEnd()
    .split('\n')
    .flatMap((line) => line.replace(/\s+#.*/, '').split(' && '));
  const spelledOut = textOf('templates/pack/VERIFY.txt');
  for (const command of commands) expect(spelledOut).toContain(`   ${command}\n`);
});
