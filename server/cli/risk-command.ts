import { type Command, Option } from 'commander';
import { LANGUAGES, type Language } from '../cases/codes/code-lists.ts';
import { type MediaMoment, readClipMoment } from '../cases/disclosure/media-joins.ts';
import type { CommandContext } from './command-context.ts';
import { UsageError } from './exit-codes.ts';
import { monthsOf } from './months-of.ts';
import { withOpenHouse } from './open-house.ts';
import { refuseUnknownCode } from './refuse-unknown-code.ts';

interface RiskOptions {
  readonly recipient: string;
  readonly use: string;
  readonly from?: string;
  readonly to?: string;
  readonly clip: readonly MediaMoment[];
  readonly lang: Language;
}

/** `dalil risk`: who could still be found through a pack, judged before it is made. */
export function addRiskCommand(program: Command, context: CommandContext): void {
  const { terminal } = context;
  program
    .command('risk')
    .description('who could still be found through a pack of these cases, and how, in plain words')
    .option('--recipient <code>', 'the body that the pack would go to', 'ministry')
    .option('--use <code>', 'what it would be for', 'complaint')
    .option('--from <month>', 'first month, as 2021-02')
    .option('--to <month>', 'last month, as 2021-12')
    .option(
      '--clip <when>',
      'when and where a clip was filmed that may go along, as 2026-03-03T14:00/14:20@site; repeatable',
      (text: string, all: readonly MediaMoment[]) => [...all, clipOf(text)],
      [],
    )
    .addOption(new Option('--lang <language>', 'language').choices([...LANGUAGES]).default('ru'))
    .action(async (options: RiskOptions) => {
      const filter = monthsOf(options);
      const { recipient, use, clip: clips, lang } = options;
      const report = await withOpenHouse(context, async ({ lists, reportRisk, tellRisk }) => {
        refuseUnknownCode('recipient', recipient, { lists, list: 'recipient' });
        refuseUnknownCode('use', use, { lists, list: 'purpose' });
        const found = await reportRisk({ filter, recipient, use, clips, at: new Date() });
        return { ...found, sentences: await tellRisk(found, lang) };
      });
      terminal.result(report);
      for (const sentence of report.sentences) terminal.data(sentence);
      if (report.figures === null || report.figures.found.length > 0) context.end('no');
    });
}

function clipOf(text: string): MediaMoment {
  const moment = readClipMoment(text);
  if (moment !== null) return moment;
  throw new UsageError(
    '--clip takes a day and two times of it, and the site where it is known: 2026-03-03T14:00/14:20@site.',
  );
}
