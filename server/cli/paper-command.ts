import path from 'node:path';
import { type Command, Option } from 'commander';
import { LARGEST_PAPER_BYTES, PAPER_ROLES, type PaperRole } from '../letters/papers/papers.ts';
import type { CommandContext } from './command-context.ts';
import { UsageError } from './exit-codes.ts';
import { readInput, writeOutput } from './files.ts';
import { withOpenHouse } from './open-house.ts';

const ROLE = 'lawyer';
const ID = ['<id>', 'the id of a paper from the list'] as const;

/** `dalil paper`: the organisation's papers that are bound behind every pack's letter. */
export function addPaperCommand(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const paper = program
    .command('paper')
    .description('the certificate of registration and the signatory’s authority, bound in letters');

  paper
    .command('list', { isDefault: true })
    .description('list all editions, which of them are bound now, and in how many packs and drafts')
    .action(async () => {
      const editions = await withOpenHouse(context, ({ listPapers }) => listPapers());
      terminal.result(
        editions.map(({ id, role, addedOn, sheets, current, packs, drafts }) => ({
          id,
          role,
          addedOn,
          sheets: sheets.length,
          current,
          packs,
          drafts,
        })),
      );
      for (const { id, role, addedOn, sheets, current, packs, drafts } of editions) {
        const state = current ? 'bound' : 'replaced';
        terminal.data(
          `${state.padEnd(8)}  ${role.padEnd(12)}  ${id}  ${addedOn}  sheets: ${sheets.length}, packs: ${packs.length}, drafts: ${drafts.length}`,
        );
      }
      const lacks = PAPER_ROLES.filter(
        (role) => !editions.some((one) => one.current && one.role === role),
      );
      for (const role of lacks) {
        terminal.say(`No ${role} yet: letters go without it. dalil paper add FILE --as ${role}`);
      }
    });

  paper
    .command('add')
    .description('take in a paper; of its file only what the sheets look like is kept, in grey')
    .argument('<file>', 'a PDF of at most ten sheets, or a picture')
    .addOption(new Option('--as <role>', 'what it is').choices(PAPER_ROLES).makeOptionMandatory())
    .action(async (file: string, { as: role }: { as: PaperRole }) => {
      const bytes = await readInput(file, LARGEST_PAPER_BYTES);
      const { id, sheets } = await withOpenHouse(context, ({ takePaper }) =>
        takePaper({ role, bytes: once(bytes), by: ROLE }),
      );
      terminal.result({ id, role, sheets: sheets.length });
      terminal.data(id);
      terminal.say(`Sheets: ${sheets.length}. Look at each: dalil paper show ${id} --out FOLDER`);
    });

  paper
    .command('show')
    .description('write the sheets of a paper as letters show them')
    .argument(...ID)
    .requiredOption('--out <folder>', 'where they go; the folder must exist')
    .action(async (id: string, { out }: { out: string }) => {
      const [found] = await withOpenHouse(context, ({ gatherPapers }) => gatherPapers([id]));
      const files: string[] = [];
      for (const [i, { jpeg }] of found!.scans.entries()) {
        const file = path.join(out, `${found!.role}-${id}-${i + 1}.jpg`);
        await writeOutput(file, Buffer.from(jpeg, 'base64'));
        files.push(file);
        terminal.data(file);
      }
      terminal.result({ id, files });
      terminal.say('These copies are not encrypted: look at them, and delete them.');
    });

  paper
    .command('destroy')
    .description('destroy a paper; letters of packs that were made with it cannot be made again')
    .argument(...ID)
    .option('--confirm <id>', 'the same id again')
    .action(async (id: string, { confirm }: { confirm?: string }) => {
      if (confirm !== id) {
        throw new UsageError(
          'Destroying cannot be undone. Name the paper, and name it once more with --confirm.',
        );
      }
      const { packs, drafts, destroyed } = await withOpenHouse(
        context,
        async ({ listPapers, destroyPaper }) => {
          const edition = (await listPapers()).find((one) => one.id === id);
          return {
            destroyed: await destroyPaper({ id, by: ROLE }),
            packs: edition?.packs ?? [],
            drafts: edition?.drafts ?? [],
          };
        },
      );
      terminal.result({ id, destroyed, packs, drafts });
      terminal.data(`Sheets destroyed: ${destroyed}.`);
      for (const pack of packs) {
        terminal.say(`${pack} stays valid, and its letters cannot be made again.`);
      }
      for (const draft of drafts) {
        terminal.say(`The draft ${draft} still holds its sheets, and is not sealed any more.`);
      }
    });
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
