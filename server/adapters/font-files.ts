import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { sha256 } from '../kernel/digest.ts';

const run = promisify(execFile);
const TIMEOUT_MS = 20_000;
const STYLES = ['', ':bold', ':italic', ':bold:italic'];

/**
 * A digest of the font files that fontconfig picks for a family in its four styles, by which two
 * editions of a font differ; `unknown` where they cannot be asked for or read.
 *
 * @param family - as a style sheet names it.
 */
export async function digestFonts(family: string): Promise<string> {
  try {
    const digests = await Promise.all(
      STYLES.map(async (style) => {
        const asked = ['--format=%{file}', `${family}${style}`];
        const { stdout } = await run('fc-match', asked, { timeout: TIMEOUT_MS });
        return sha256(await readFile(stdout));
      }),
    );
    return sha256(digests.join('\n')).slice(0, 16);
  } catch {
    return 'unknown';
  }
}
