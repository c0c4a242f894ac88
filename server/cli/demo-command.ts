import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { EXIT, UsageError } from './exit-codes.ts';

interface DemoCommandOptions {
  out: string;
  cases?: string;
  footage: string[];
  plan: string[];
  ownerAgreed: boolean;
}

/** `dalil demo`: the main job from end to end on the sample (or given) material. */
export function addDemoCommand(program: Command, context: CommandContext): void {
  program
    .command('demo')
    .description('do the main job on sample (or given) material, in a vault of its own')
    .option('--out <folder>', 'where pack, letters and report go', 'demo')
    .option('--cases <file.csv>', 'cases instead of the sample’s')
    .option('--footage <file...>', 'clips instead of the sample’s', [])
    .option('--plan <file.json...>', 'plans that a person made of the clips, in their order', [])
    .option('--owner-agreed', 'the owners of the given cameras agreed to this use', false)
    .action(async ({ out, cases, footage, plan, ownerAgreed }: DemoCommandOptions) => {
      if (plan.length > footage.length) {
        throw new UsageError(
          'There are more plans than clips. Give a clip with --footage for each.',
        );
      }
      // The scripts are no part of the service: it starts without them.
      const { runDemo } = await import('../../scripts/demo.ts');
      const code = await runDemo(
        { out, footage, plans: plan, ownerAgreed, ...(cases === undefined ? {} : { cases }) },
        context,
      );
      if (code !== EXIT.ok) context.end('no');
    });
}
