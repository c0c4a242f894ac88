import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createChromiumPages } from '../../server/adapters/chromium/chromium-pages.ts';
import {
  createChromiumPrinter,
  PRINT_OPTIONS,
} from '../../server/adapters/chromium/chromium-printer.ts';
import { loadPdfTemplates } from '../../server/adapters/pdf/pdf-templates.ts';
import { type Config, TEMPLATES_DIR } from '../../server/config.ts';
import type { LetterModel } from '../../server/letters/letter-model.ts';
import { parseLetter } from '../../server/letters/parse-letter.ts';
import { previewLetter } from '../../server/letters/preview-letter.ts';
import { createRenderLetter } from '../../server/letters/render-letter.ts';
import { againstLimit, type Comparison, compare, run, seconds } from './measure.ts';

/** Letters in Russian, from their model to the PDF: alone, with annexes, long, and four at once. */
export async function benchLetters(config: Config, folder: string): Promise<Comparison[]> {
  const pages = createChromiumPages(config.chromiumPath);
  try {
    const templates = await loadPdfTemplates(TEMPLATES_DIR);
    const printer = createChromiumPrinter({ pages });
    const fresh = () => createRenderLetter({ printer, templates });
    const render = fresh();
    const file = readFileSync(path.join(TEMPLATES_DIR, 'letters', 'example.json'));
    const example = parseLetter(file, templates);
    const alone = { ...example, annexes: [] };
    // About 36 and 150 sheets.
    const bound = withAccounts(example, 54, 2);
    const long = withAccounts(example, 100, 8);
    const ms = async (work: () => Promise<unknown>, times: number) => {
      await work();
      const values: number[] = [];
      for (let i = 0; i < times; i++) values.push(1000 * (await seconds(work)));
      return values;
    };
    const chromium = (html: string) => () =>
      pages.withPage(async (page) => {
        await page.setContent(html, { waitUntil: 'load' });
        return await page.pdf(PRINT_OPTIONS);
      });
    const letter = await render(alone, 'ru');
    const annexed = await render(bound, 'ru');
    const longest = await render(long, 'ru');
    const [many, most] = [annexed.pages, longest.pages];
    const html = path.join(folder, 'letter.html');
    writeFileSync(html, annexed.html);
    const found: Comparison[] = [
      againstLimit({
        name: `print a letter of ${letter.pages} pages`,
        limit: 300,
        values: await ms(() => render(alone, 'ru'), 15),
        unit: 'ms',
      }),
      againstLimit({
        name: `preview a letter with annexes, ${many} pages`,
        limit: 100,
        values: await ms(async () => previewLetter(bound, 'ru', templates), 15),
        unit: 'ms',
      }),
      await compare({
        name: `print a letter with annexes, ${many} pages, its sheets counted before`,
        peer: 'Chromium printing the same HTML',
        limit: 1.2,
        pairs: 9,
        unit: 'ms',
        ours: () => render(bound, 'ru'),
        theirs: chromium(annexed.html),
      }),
      await compare({
        name: `print it for the first time, when its sheets must be counted, ${many} pages`,
        peer: 'Chromium printing the same HTML',
        limit: 2.4,
        pairs: 5,
        unit: 'ms',
        ours: () => fresh()(bound, 'ru'),
        theirs: chromium(annexed.html),
      }),
      againstLimit({
        name: `print a letter with annexes, ${most} pages, its sheets counted before`,
        limit: 3_000,
        values: await ms(() => render(long, 'ru'), 3),
        unit: 'ms',
      }),
      await compare({
        name: 'print four letters at once',
        peer: 'one after the other',
        limit: 1,
        pairs: 4,
        unit: 'ms',
        ours: () => Promise.all(four(alone).map((model) => render(model, 'ru'))),
        async theirs() {
          for (const model of four(alone)) await render(model, 'ru');
        },
      }),
    ];
    if (spawnSync('weasyprint', ['--version']).status !== 0) {
      process.stdout.write(
        'NOT MEASURED  against WeasyPrint: the Debian package weasyprint is missing\n',
      );
      return found;
    }
    const theirs = path.join(folder, 'weasyprint.pdf');
    return [
      ...found,
      await compare({
        name: `print it for the first time, ${many} pages`,
        peer: 'WeasyPrint printing the same HTML, started for it',
        limit: 1,
        pairs: 1,
        unit: 'ms',
        ours: () => fresh()(bound, 'ru'),
        theirs: () => run('weasyprint', ['--quiet', html, theirs]),
      }),
    ];
  } finally {
    await pages.close();
  }
}

const four = (model: LetterModel): LetterModel[] =>
  [1, 2, 3, 4].map((i) => ({
    ...model,
    outgoing: { ...model.outgoing, number: `01-14/${i}` },
  }));

/** The letter with so many accounts, each told so many times. */
function withAccounts(model: LetterModel, count: number, times: number): LetterModel {
  const [account] = model.narratives;
  return {
    ...model,
    narratives: Array.from({ length: count }, (_, i) => ({
      ...account!,
      exhibit: `C-${String(i + 1).padStart(3, '0')}`,
      text: repeated(account!.text, times),
    })),
  };
}

function repeated<Text extends Readonly<Record<string, string>>>(text: Text, times: number): Text {
  const entries = Object.entries(text).map(([lang, said]) => [
    lang,
    Array.from({ length: times }, () => said).join('\n'),
  ]);
  return Object.fromEntries(entries) as Text;
}
