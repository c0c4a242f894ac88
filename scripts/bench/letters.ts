import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createChromiumPages } from '../../server/adapters/chromium-pages.ts';
import { PRINT_OPTIONS } from '../../server/adapters/chromium-printer.ts';
import { composeTools, TEMPLATES_DIR } from '../../server/compose-tools.ts';
import type { Config } from '../../server/config.ts';
import { parseLetter } from '../../server/letters/parse-letter.ts';
import { type Comparison, compare } from './measure.ts';

/** A letter, from its model to the PDF, against the same Chromium printing the same HTML. */
export async function benchLetter(config: Config): Promise<Comparison> {
  const tools = composeTools(config);
  const pages = createChromiumPages(config.chromiumPath);
  try {
    const { templates, renderLetter } = await tools.letters();
    const file = path.join(TEMPLATES_DIR, 'letters', 'example.json');
    const model = parseLetter(await readFile(file), templates);
    const { html } = await renderLetter(model, 'ru');
    return await compare({
      name: 'print a letter',
      peer: 'Chromium printing the same HTML',
      limit: 1.3,
      pairs: 25,
      unit: 'ms',
      ours: () => renderLetter(model, 'ru'),
      theirs: () =>
        pages.withPage(async (page) => {
          await page.setContent(html, { waitUntil: 'load' });
          return await page.pdf(PRINT_OPTIONS);
        }),
    });
  } finally {
    await pages.close();
    await tools.close();
  }
}
