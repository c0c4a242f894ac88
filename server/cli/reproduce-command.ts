import path from 'node:path';
import type { Command } from 'commander';
import type { NotReproduced } from '../packs/reproduce-pack.ts';
import type { CommandContext } from './command-context.ts';
import { withOpenHouse } from './open-house.ts';

/** Why a file was not judged, for people. */
const WHY: Readonly<Record<NotReproduced, string>> = {
  'no-recipe': 'the pack was drafted before what it is rebuilt from was kept',
  'sources-changed': 'a case or a recording was changed, withdrawn or erased since',
  'paper-gone': 'a paper of the organisation that is bound behind the letter was destroyed since',
  'tools-changed': 'it comes out otherwise, but by other versions of the tools',
  'salt-destroyed': 'what opens an exhibit was destroyed',
  'plan-gone': 'the plan that the copy was made by was not saved',
  'analysis-gone': 'the recording was analysed anew since',
  'still-of-clip': 'it is a still of a clip, and its time is not kept',
  failed: 'the tools refused the recording this time',
};

const STEPS = { render: ['Printing', 'documents'], redact: ['Redacting', 'copies'] } as const;

/** `dalil reproduce`: rebuilds a sealed pack from the vault, and compares it file by file. */
export function addReproduceCommand(program: Command, context: CommandContext): void {
  const { terminal, signal } = context;
  program
    .command('reproduce')
    .description('rebuild everything but the seal of a pack from the vault, and compare')
    .argument('<pack>', 'the id of a sealed pack, or its file')
    .action(async (given: string) => {
      const pack = path.basename(given, '.zip');
      const files = await withOpenHouse(context, ({ reproducePack }) =>
        reproducePack(pack, {
          onProgress: (step, done, total) => {
            const [doing, unit] = STEPS[step];
            terminal.progress(doing, done, total, unit);
          },
          signal,
        }),
      );
      const different = files.filter(({ result }) => result === 'DIFFERENT');
      const open = files.filter(({ result }) => result === 'NOT CHECKED');
      const first = different[0]?.path ?? null;
      terminal.result({ pack, firstDifferent: first, files });
      for (const { path: file, why } of open) {
        terminal.data(`NOT CHECKED  ${file}: ${WHY[why!]}`);
      }
      for (const { path: file } of different) terminal.data(`DIFFERENT    ${file}`);
      const equal = files.length - different.length - open.length;
      terminal.data(`EQUAL        ${equal} of ${files.length} files`);
      if (first !== null) terminal.fail(`The first file that differs is ${first}.`);
      if (equal < files.length) context.end('no');
    });
}
