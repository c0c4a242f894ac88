import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Examples name invented people; whatever they name must not be passed over. */
const EXAMPLE = /^example/;

/** Every text for people that comes with Dalil and may stand in a letter, in all its languages. */
export async function readOwnTexts(templatesDir: string): Promise<string> {
  const texts: string[] = [];
  for (const folder of ['messages', 'letters']) {
    const names = await readdir(path.join(templatesDir, folder));
    for (const name of names.filter((one) => one.endsWith('.json') && !EXAMPLE.test(one))) {
      texts.push(await readFile(path.join(templatesDir, folder, name), 'utf8'));
    }
  }
  return texts.join('\n');
}
