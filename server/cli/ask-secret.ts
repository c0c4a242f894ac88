import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { UsageError } from './exit-codes.ts';
import { readInput } from './files.ts';

const SECRET_BYTE_LIMIT = 4_096;

/**
 * Asks for secrets, one a line: of the terminal, where they are not shown while they are typed, of
 * stdin otherwise. Never of the command line, which every user of the machine can read.
 *
 * @param prompts - what to ask for, one after the other; only a terminal is shown them.
 * @returns as many texts; an empty one where no line came from a file or pipe.
 * @throws {UsageError} when somebody at a terminal broke off.
 */
export async function askSecrets(
  prompts: readonly string[],
  say: (text: string) => void,
): Promise<string[]> {
  const screen = process.stdin.isTTY === true;
  const lines = createInterface({
    input: process.stdin,
    terminal: screen,
    ...(screen ? { output: new Writable({ write: (_part, _encoding, done) => done() }) } : {}),
  });
  const typed = lines[Symbol.asyncIterator]();
  try {
    const answers: string[] = [];
    for (const prompt of prompts) {
      if (screen) say(prompt);
      const { value } = await typed.next();
      // Ctrl-C and Ctrl-D at the prompt are no answer, least of all an empty one.
      if (value === undefined && screen) throw new UsageError('Nothing was entered. Try again.');
      answers.push(value ?? '');
    }
    return answers;
  } finally {
    lines.close();
  }
}

/** A passphrase that opens something: out of a file, or asked for. */
export async function askPassphrase(
  file: string | undefined,
  say: (text: string) => void,
): Promise<string> {
  if (file !== undefined) return await firstLineOf(file);
  return (await askSecrets(['Passphrase:'], say))[0]!;
}

/** A new passphrase: out of a file, or asked for, on a terminal twice. */
export async function askNewPassphrase(
  file: string | undefined,
  say: (text: string) => void,
): Promise<string> {
  if (file !== undefined) return await firstLineOf(file);
  if (process.stdin.isTTY !== true) return await askPassphrase(undefined, say);
  const [first, second] = await askSecrets(['New passphrase:', 'Once more:'], say);
  if (first === second) return first!;
  throw new UsageError('The two passphrases differ. Try again.');
}

async function firstLineOf(file: string): Promise<string> {
  const text = Buffer.from(await readInput(file, SECRET_BYTE_LIMIT)).toString('utf8');
  return text.split(/\r?\n/, 1)[0]!;
}
