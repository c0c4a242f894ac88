import { createReadStream } from 'node:fs';
import path from 'node:path';
import { type Command, Option } from 'commander';
import type { z } from 'zod';
import { readAll } from '../kernel/blobs.ts';
import type { ReplyDue } from '../responses/follow-up.ts';
import {
  ANSWERED,
  presentFollowed,
  presentReply,
  presentSending,
  presentSubmission,
  REGISTRATION,
  SENT,
} from '../responses/present.ts';
import { REPLY_KINDS, type Reply, type Submission, WAYS } from '../responses/submission.ts';
import type { CommandContext } from './command-context.ts';
import { UsageError } from './exit-codes.ts';
import { readStart, writeOutput } from './files.ts';
import { withOpenHouse } from './open-house.ts';

const ROLE = 'lawyer';
const PACK = ['<pack>', 'the id of a sealed pack, or its file'] as const;
const SUBMISSION = ['--submission <id>', 'which sending, where there were several'] as const;
const DAY = 'a day in Bishkek, such as 2026-11-27';

/** `dalil pack`: records what came of a sealed pack: sent, registered, answered. */
export function addPackCommand(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const pack = program
    .command('pack')
    .description('record what came of a sealed pack: that it was sent, registered, answered');

  pack
    .command('sent')
    .description('record that a pack was sent; the custody log has it first')
    .argument(...PACK)
    .requiredOption('--on <date>', DAY)
    .addOption(new Option('--by <way>', 'how it went').choices(WAYS).makeOptionMandatory())
    .option('--number <number>', 'our outgoing number')
    .option('--to <whom>', 'where it went, if not to the body that its letter is addressed to')
    .action(async (given: string, options: Readonly<Record<string, string>>) => {
      const { on: sentOn, ...others } = options;
      const entered = checked(SENT, { sentOn, ...others });
      const submission = await withOpenHouse(context, ({ followPacks }) =>
        followPacks.sent(idOf(given), entered, ROLE),
      );
      const presented = presentSending(submission);
      terminal.result(presented);
      terminal.data(submission.id);
      terminal.say(sentenceOf(submission));
      if (presented.warning !== null) terminal.warn(presented.warning);
    });

  pack
    .command('registered')
    .description('record, or correct, the number and day under which the reader registered a pack')
    .argument(...PACK)
    .requiredOption('--number <number>', 'the incoming number of the reader')
    .requiredOption('--on <date>', DAY)
    .option(...SUBMISSION)
    .action(async (given: string, options: { number: string; on: string; submission?: string }) => {
      const { submission, ...registration } = options;
      const entered = checked(REGISTRATION, registration);
      const changed = await withOpenHouse(context, ({ followPacks }) =>
        followPacks.registered(placeOf(given, submission), entered, ROLE),
      );
      terminal.result(presentSubmission(changed));
      terminal.data(changed.id);
      terminal.say(sentenceOf(changed));
    });

  pack
    .command('answered')
    .description('keep the file of a reply, encrypted; the custody log has its digest')
    .argument(...PACK)
    .argument('<file>', 'the reply as it came: a scan, a PDF, a message')
    .requiredOption('--on <date>', `when it came: ${DAY}`)
    .addOption(
      new Option(
        '--kind <kind>',
        'formal: it leaves the requests aside; forwarded: to another office',
      )
        .choices(REPLY_KINDS)
        .makeOptionMandatory(),
    )
    .option('--number <number>', 'the number that the reply names')
    .option('--dated <date>', 'the day that the reply names')
    .option(...SUBMISSION)
    .action(async (given: string, file: string, options: Readonly<Record<string, string>>) => {
      const { on: receivedOn, submission, ...others } = options;
      const { number, dated, ...entered } = checked(ANSWERED, { receivedOn, ...others });
      if ((number === undefined) !== (dated === undefined)) {
        throw new UsageError(
          'A reply has a number and a day, or neither. Give --number and --dated.',
        );
      }
      const reference = number === undefined ? {} : { reference: { number, on: dated! } };
      // Before anything is recorded: the file is there, and may be read.
      await readStart(file, 1);
      const fileName = path.basename(file).normalize('NFC');
      const reply = await withOpenHouse(context, ({ followPacks }) =>
        followPacks.answered(
          placeOf(given, submission),
          { ...entered, ...reference, fileName, bytes: createReadStream(file) },
          ROLE,
        ),
      );
      terminal.result(presentReply(reply));
      terminal.data(reply.id);
      terminal.say(`The reply is kept; its SHA-256 is ${reply.sha256}. Keep the paper too.`);
    });

  pack
    .command('responses')
    .description('when and how a pack was sent, how it was registered, and the replies to it')
    .argument(...PACK)
    .action(async (given: string) => {
      const followed = await withOpenHouse(context, ({ followUpPack }) =>
        followUpPack(idOf(given)),
      );
      terminal.result({ submissions: followed.map(presentFollowed) });
      for (const { submission, replies, term } of followed) {
        terminal.data(`${submission.id}  ${sentenceOf(submission)}`);
        if (term !== null) terminal.data(`  ${termLine(term)}`);
        for (const reply of replies) terminal.data(`  ${replyLine(reply)}`);
      }
      if (followed.length === 0) terminal.say('Nothing was recorded of this pack yet.');
    });

  pack
    .command('reply')
    .description('write the file of a reply, byte for byte as it came')
    .argument(...PACK)
    .argument('<reply>', 'the id of the reply, from dalil pack responses')
    .requiredOption('--out <file>', 'where it goes')
    .action(async (given: string, id: string, { out }: { out: string }) => {
      await withOpenHouse(context, async ({ followPacks, blobs }) => {
        const reply = await followPacks.reply(idOf(given), id);
        await writeOutput(out, await readAll(blobs.read(reply.blob)));
        terminal.result({ ...presentReply(reply), out });
        terminal.data(out);
      });
    });
}

const idOf = (given: string) => path.basename(given, '.zip');

function placeOf(given: string, submission: string | undefined) {
  return { pack: idOf(given), ...(submission === undefined ? {} : { submission }) };
}

function checked<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const field = String(parsed.error.issues[0]!.path[0]);
  throw new UsageError(
    `${OPTION_OF[field] ?? `--${field}`} is not of its form: days are written 2026-11-27, numbers have up to 60 characters.`,
  );
}

const OPTION_OF: Readonly<Record<string, string>> = { sentOn: '--on', receivedOn: '--on' };

function sentenceOf({ sentOn, by, to, number, registered }: Submission): string {
  return [
    `sent ${sentOn}, ${by}`,
    ...(number === null ? [] : [`under ${number}`]),
    ...(to === null ? [] : [`to ${to}`]),
    registered === null
      ? 'not registered yet'
      : `registered ${registered.on} under ${registered.number}`,
  ].join(', ');
}

function termLine({ due, overdue, provisional, confirmed }: ReplyDue): string {
  return [
    overdue ? `no reply came by ${due}: a reminder can be sent` : `a reply is in time until ${due}`,
    ...(provisional ? ['counted by a calendar that is not final'] : []),
    ...(confirmed ? [] : ['by a term that no lawyer has confirmed']),
  ].join(', ');
}

function replyLine({ id, receivedOn, kind, reference, sha256 }: Reply): string {
  const named = reference === null ? '' : `, ${reference.number} of ${reference.on}`;
  return `${id}  ${kind} reply of ${receivedOn}${named}, SHA-256 ${sha256}`;
}
