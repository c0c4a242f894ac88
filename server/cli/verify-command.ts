import type { Command } from 'commander';
import { readLogKey, readPublicKey, withPackFile } from '../adapters/pack-file.ts';
import { isSha256 } from '../kernel/digest.ts';
import { chainHolds, type Earlier, judgeChain } from '../verification/judge-chain.ts';
import { presentChain, presentReport } from '../verification/present-report.ts';
import type { Report } from '../verification/report.ts';
import type { VerificationRequest } from '../verification/verify-pack.ts';
import type { CommandContext } from './command-context.ts';
import { UsageError } from './exit-codes.ts';
import { readInput } from './files.ts';

const SMALL_FILE_BYTE_LIMIT = 65_536;

interface VerifyOptions {
  readonly key?: string;
  readonly statementSha256?: string;
  readonly logKey?: string;
  readonly opening?: string;
  readonly supersedes: readonly string[];
}

/** `dalil verify`: judges a pack. Needs no vault; exits 0 for a valid pack only. */
export function addVerifyCommand(program: Command, context: CommandContext): void {
  program
    .command('verify')
    .description('judge a pack from its bytes and what you bring')
    .argument('<pack.zip>', 'the pack')
    .option('--key <file.pem>', 'the organisation’s public key, from elsewhere than the pack')
    .option('--statement-sha256 <hex>', 'the digest of its statement, from elsewhere than the pack')
    .option('--log-key <file.pem>', 'the public key of its custody log, from elsewhere too')
    .option('--opening <file.json>', 'an opening of a withheld item that you were given')
    .option('--supersedes <files...>', 'earlier packs that it replaces, or their statement.txt', [])
    .action(async (file: string, options: VerifyOptions) => {
      const { terminal } = context;
      const { opening, supersedes } = options;
      const keys = await broughtKeys(options);
      const report = await judge(file, {
        ...keys,
        ...(opening === undefined ? {} : { openings: await textOf(opening) }),
      });
      const chain =
        supersedes.length === 0
          ? null
          : judgeChain(report, await Promise.all(supersedes.map((one) => earlierOf(one, keys))));
      terminal.result(chain === null ? report : { ...report, chain });
      terminal.data(presentReport(report).trimEnd());
      if (chain !== null) terminal.data(`\n${presentChain(chain).trimEnd()}`);
      const committed = report.openings.every(({ result }) => result === 'COMMITTED');
      if (report.verdict !== 'valid' || !committed || (chain !== null && !chainHolds(chain))) {
        context.end('no');
      }
    });

  type Keys = Pick<VerificationRequest, 'publicKeyPem' | 'logKeyPem' | 'statementSha256'>;

  async function broughtKeys({ key, statementSha256, logKey }: VerifyOptions): Promise<Keys> {
    const hash = statementSha256?.toLowerCase();
    if (hash !== undefined && !isSha256(hash)) {
      throw new UsageError('The option --statement-sha256 needs 64 hexadecimal digits.');
    }
    return {
      ...(key === undefined ? {} : { publicKeyPem: readPublicKey(await smallFile(key)) }),
      ...(logKey === undefined ? {} : { logKeyPem: readLogKey(await smallFile(logKey)) }),
      ...(hash === undefined ? {} : { statementSha256: hash }),
    };
  }

  async function judge(file: string, by: Omit<VerificationRequest, 'pack'>): Promise<Report> {
    const { terminal, tools, signal } = context;
    return await withPackFile(file, async (pack) =>
      tools.verifyPack({
        ...by,
        pack,
        onProgress: (done, total) => terminal.progress('Verifying', done, total, 'bytes'),
        signal,
      }),
    );
  }

  /** An earlier pack, by the same keys but under a statement of its own; or its statement. */
  async function earlierOf(file: string, { publicKeyPem, logKeyPem }: Keys): Promise<Earlier> {
    if (file.endsWith('.txt')) return { statement: await textOf(file) };
    return {
      report: await judge(file, {
        ...(publicKeyPem === undefined ? {} : { publicKeyPem }),
        ...(logKeyPem === undefined ? {} : { logKeyPem }),
      }),
    };
  }
}

const smallFile = (file: string) => readInput(file, SMALL_FILE_BYTE_LIMIT);

async function textOf(file: string): Promise<string> {
  return Buffer.from(await smallFile(file)).toString('utf8');
}
