import { readFile } from 'node:fs/promises';
import path from 'node:path';
import Handlebars from 'handlebars';
import { checkContestedWords } from '../letters/contested-words.ts';
import { LetterError } from '../letters/errors.ts';
import { LANGUAGES } from '../letters/language.ts';
import { checkLegalData } from '../letters/legal-data.ts';
import { compileMessages } from '../letters/message-catalog.ts';
import { DOCUMENT_KINDS, type LetterTemplates } from '../letters/ports.ts';

const PARTIALS = ['head', 'style', 'sample-mark', 'annex-head', 'counts', 'files', 'day-chart'];

/**
 * Reads and compiles everything that letters are made from, once.
 *
 * @param folder - the folder `templates`.
 * @throws {LetterError} `TEMPLATE_INVALID` or `LEGAL_DATA_INVALID`.
 */
export async function loadPdfTemplates(folder: string): Promise<LetterTemplates> {
  const text = (...names: string[]) => readFile(path.join(folder, ...names), 'utf8');
  const json = async (...names: string[]): Promise<unknown> => JSON.parse(await text(...names));
  try {
    const engine = Handlebars.create();
    for (const name of PARTIALS) {
      engine.registerPartial(name, await text('letters', 'partials', `${name}.hbs`));
    }
    const compiled = new Map<string, Handlebars.TemplateDelegate>();
    for (const kind of DOCUMENT_KINDS) {
      const source = await text('letters', `${kind}.hbs`);
      compiled.set(kind, engine.compile(source, { strict: true, preventIndent: true }));
    }
    const catalogs = await Promise.all(
      LANGUAGES.map(async (lang) => [lang, await json('messages', `${lang}.json`)] as const),
    );
    return {
      messages: compileMessages(
        Object.fromEntries(catalogs) as Record<(typeof LANGUAGES)[number], unknown>,
      ),
      legal: checkLegalData({
        grounds: await json('letters', 'grounds.json'),
        demands: await json('letters', 'demands.json'),
      }),
      contested: checkContestedWords(await json('letters', 'contested-words.json')),
      fill(kind, view) {
        try {
          return compiled.get(kind)!(view);
        } catch (cause) {
          throw unusable(cause);
        }
      },
    };
  } catch (cause) {
    throw cause instanceof LetterError ? cause : unusable(cause);
  }
}

function unusable(cause: unknown): LetterError {
  return new LetterError(
    'TEMPLATE_INVALID',
    'A template or text of the letters is missing or malformed: restore the folder templates as it was shipped.',
    { cause },
  );
}
