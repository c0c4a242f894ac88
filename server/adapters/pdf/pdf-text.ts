import { execFile } from 'node:child_process';
import { LetterError } from '../../letters/errors.ts';

const TIMEOUT_MS = 60_000;
const LARGEST_TEXT_BYTES = 64 * 1024 * 1024;

/**
 * The words of a file as somebody reads them: of a PDF by `pdftotext`, which is another hand than
 * the one that printed it; of anything else as UTF-8.
 *
 * @throws {LetterError} `PRINT_FAILED` when the words of a PDF cannot be read.
 */
export async function readRenderedText(bytes: Uint8Array, mediaType: string): Promise<string> {
  if (mediaType !== 'application/pdf') return new TextDecoder().decode(bytes);
  return await new Promise((resolve, reject) => {
    const child = execFile(
      'pdftotext',
      ['-q', '-enc', 'UTF-8', '-', '-'],
      { timeout: TIMEOUT_MS, maxBuffer: LARGEST_TEXT_BYTES },
      (cause, words) => {
        if (cause === null) return resolve(words);
        const message =
          'The words of a printed file cannot be read, so nobody can say whom it names. Install poppler-utils, or try again.';
        reject(new LetterError('PRINT_FAILED', message, { cause }));
      },
    );
    // A tool that ends early closes its pipe; what it says of that is in the answer above.
    child.stdin!.on('error', () => {});
    child.stdin!.end(bytes);
  });
}
