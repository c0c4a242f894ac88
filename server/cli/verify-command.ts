import type { Command } from 'commander';
import { readLogKey, readPublicKey, withPackFile } from '../adapters/pack-file.ts';
import { isSha256 } from '../kernel/digest.ts';
import { presentReport } from '../verification/present-report.ts';
import type { CommandContext } from './command-context.ts';
import { UsageError } from './exit-codes.ts';
import { readInput } from './files.ts';

const KEY_BYTE_LIMIT = 65_536;

interface VerifyOptions {
  readonly key?: string;
  readonly statementSha256?: string;
  readonly logKey?: string;
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
    .action(async (file: string, options: VerifyOptions) => {
      const { terminal, tools, signal } = context;
      const { key, statementSha256, logKey } = options;
      if (statementSha256 !== undefined && !isSha256(statementSha256.toLowerCase())) {
        throw new UsageError('The option --statement-sha256 needs 64 hexadecimal digits.');
      }
      const hash = statementSha256?.toLowerCase();
      const report = await withPackFile(file, async (pack) =>
        tools.verifyPack({
          pack,
          ...(key === undefined
            ? {}
            : { publicKeyPem: readPublicKey(await readInput(key, KEY_BYTE_LIMIT)) }),
          ...(logKey === undefined
            ? {}
            : { logKeyPem: readLogKey(await readInput(logKey, KEY_BYTE_LIMIT)) }),
          ...(isSha256(hash) ? { statementSha256: hash } : {}),
          onProgress: (done, total) => terminal.progress('Verifying', done, total, 'bytes'),
          signal,
        }),
      );
      terminal.result(report);
      terminal.data(presentReport(report).trimEnd());
      if (report.verdict !== 'valid') context.end('no');
    });
}
