import path from 'node:path';
import { type Command, Option } from 'commander';
import { readCertificates } from '../adapters/keys/pkijs-certificates.ts';
import { readLogKey, readPublicKey, withPackFile } from '../adapters/pack-file.ts';
import { loadReportText } from '../adapters/report-texts.ts';
import { composeVerify } from '../composition/compose-verify.ts';
import { TEMPLATES_DIR } from '../config.ts';
import { isSha256 } from '../kernel/digest.ts';
import { LANGUAGES, type Language } from '../letters/writing/language.ts';
import type { BroughtOrigin } from '../verification/check-seal.ts';
import { chainHolds, type Earlier, judgeChain } from '../verification/judge-chain.ts';
import { presentChain, presentReport } from '../verification/present-report.ts';
import type { Report } from '../verification/report.ts';
import { reportInWords } from '../verification/report-in-words.ts';
import type { VerificationRequest } from '../verification/verify-pack.ts';
import type { CommandContext } from './command-context.ts';
import { FileError, UsageError } from './exit-codes.ts';
import { readInput } from './files.ts';

/** Keys, notes and time stamps have a few thousand bytes at most. */
const SMALL_FILE_BYTE_LIMIT = 65_536;
/** An auditor's file has a line for each item of a pack, and packs may have thousands. */
const OPENINGS_BYTE_LIMIT = 16 * 1_048_576;
/** Certificates of many authorities may lie in one file. */
const ROOTS_BYTE_LIMIT = 1_048_576;

interface VerifyOptions {
  readonly key?: string;
  readonly statementSha256?: string;
  readonly logKey?: string;
  readonly opening?: string;
  readonly supersedes: readonly string[];
  readonly revoked: readonly string[];
  readonly signerCa: readonly string[];
  readonly tsaCa: readonly string[];
  readonly timestamp: readonly string[];
  readonly lang: Language;
}

/** `dalil verify`: judges a pack. Needs no vault; exits 0 for a valid pack only. */
export function addVerifyCommand(program: Command, context: CommandContext): void {
  program
    .command('verify')
    .description('judge a pack from its bytes and what you bring')
    .argument('<pack.zip>', 'the pack')
    .option(
      '--key <file.pem|digest>',
      'the organisation’s public key or its SHA-256, from elsewhere than the pack',
    )
    .option('--statement-sha256 <hex>', 'the digest of its statement, from elsewhere than the pack')
    .option('--log-key <file.pem>', 'the public key of its custody log, from elsewhere too')
    .option('--opening <file.json>', 'an opening of a withheld item that you were given')
    .option('--supersedes <files...>', 'earlier packs that it replaces, or their statement.txt', [])
    .option('--revoked <notes...>', 'notes that revoke keys', [])
    .option('--signer-ca <files...>', 'certificates of authorities that vouch for signers', [])
    .option('--tsa-ca <files...>', 'certificates of time stamp authorities that you trust', [])
    .option('--timestamp <files...>', 'time stamps that travel beside the pack', [])
    .addOption(
      new Option(
        '--lang <language>',
        'the language of the report, and of the words beside the codes of --json',
      )
        .choices(LANGUAGES)
        .default('en'),
    )
    .action(async (file: string, options: VerifyOptions) => {
      const { terminal } = context;
      const { opening, supersedes } = options;
      const keys = await broughtKeys(options);
      const report = await judge(file, {
        ...keys,
        ...(await broughtTrust(options)),
        ...(opening === undefined ? {} : { openings: await textOf(opening, OPENINGS_BYTE_LIMIT) }),
      });
      const chain =
        supersedes.length === 0
          ? null
          : judgeChain(report, await Promise.all(supersedes.map((one) => earlierOf(one, keys))));
      const text = await loadReportText(TEMPLATES_DIR, options.lang);
      terminal.result(reportInWords(chain === null ? report : { ...report, chain }, text));
      terminal.data(presentReport(report, text).trimEnd());
      if (chain !== null) terminal.data(`\n${presentChain(chain, text).trimEnd()}`);
      const committed = report.openings.every(({ result }) => result === 'COMMITTED');
      const stamped = report.timestamps.every(({ result }) => result !== 'FAIL');
      const follows = chain === null || chainHolds(chain);
      if (report.verdict !== 'valid' || !committed || !stamped || !follows) context.end('no');
    });

  type Keys = Pick<
    VerificationRequest,
    'publicKeyPem' | 'sealSha256' | 'logKeyPem' | 'statementSha256'
  >;

  async function broughtKeys({ key, statementSha256, logKey }: VerifyOptions): Promise<Keys> {
    const hash = statementSha256?.toLowerCase();
    if (hash !== undefined && !isSha256(hash)) {
      throw new UsageError('The option --statement-sha256 needs 64 hexadecimal digits.');
    }
    return {
      ...(key === undefined ? {} : await broughtKey(key)),
      ...(logKey === undefined ? {} : { logKeyPem: readLogKey(await smallFile(logKey)) }),
      ...(hash === undefined ? {} : { statementSha256: hash }),
    };
  }

  async function judge(file: string, by: Omit<VerificationRequest, 'pack'>): Promise<Report> {
    const { terminal, signal } = context;
    return await withPackFile(file, async (pack) =>
      composeVerify()({
        ...by,
        pack,
        onProgress: (done, total) => terminal.progress('Verifying', done, total, 'bytes'),
        signal,
      }),
    );
  }

  /**
   * An earlier pack, or its statement. Its key is its own: keys change, and the statement of what
   * replaces it names the digest of its statement, which nobody else can have written.
   */
  async function earlierOf(file: string, { logKeyPem }: Keys): Promise<Earlier> {
    if (file.endsWith('.txt')) return { statement: await textOf(file) };
    return { report: await judge(file, logKeyPem === undefined ? {} : { logKeyPem }) };
  }
}

const smallFile = (file: string) => readInput(file, SMALL_FILE_BYTE_LIMIT);

async function textOf(file: string, limitBytes = SMALL_FILE_BYTE_LIMIT): Promise<string> {
  return Buffer.from(await readInput(file, limitBytes)).toString('utf8');
}

/** A key file, or the digest of a key as it is printed on a letterhead, in groups or not. */
async function broughtKey(given: string): Promise<BroughtOrigin> {
  const digest = given.replaceAll(/[\s:]/g, '').toLowerCase();
  if (isSha256(digest)) return { sealSha256: digest };
  return { publicKeyPem: readPublicKey(await smallFile(given)) };
}

/** What tells the time, what vouches for a key and what ends its credit. */
async function broughtTrust({ revoked, signerCa, tsaCa, timestamp }: VerifyOptions) {
  return {
    revocations: await Promise.all(revoked.map((note) => textOf(note))),
    timestamps: await Promise.all(timestamp.map(timestampOf)),
    ...(signerCa.length === 0 ? {} : { signerRoots: await Promise.all(signerCa.map(rootsOf)) }),
    ...(tsaCa.length === 0 ? {} : { tsaRoots: await Promise.all(tsaCa.map(rootsOf)) }),
  };
}

async function rootsOf(file: string): Promise<string> {
  const text = Buffer.from(await readInput(file, ROOTS_BYTE_LIMIT)).toString('utf8');
  if (readCertificates(text) !== null) return text;
  throw new FileError(
    'FILE_UNREADABLE',
    'A file of certificates holds none in PEM. Ask the authority for its own.',
  );
}

async function timestampOf(file: string): Promise<{ name: string; bytes: Uint8Array }> {
  return { name: path.basename(file), bytes: await smallFile(file) };
}
