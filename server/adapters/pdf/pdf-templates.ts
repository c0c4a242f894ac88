import { readFile } from 'node:fs/promises';
import path from 'node:path';
import Handlebars from 'handlebars';
import { checkContestedWords } from '../../letters/checks/contested-words.ts';
import { checkClauseLibrary } from '../../letters/clauses/clause-library.ts';
import { LetterError } from '../../letters/errors.ts';
import { NOTHING_CONFIRMED } from '../../letters/grounds/confirmations.ts';
import { checkLegalData } from '../../letters/grounds/legal-data.ts';
import { checkReplyTerms } from '../../letters/grounds/reply-term.ts';
import { checkLetterTypes } from '../../letters/letter-types.ts';
import type { LetterTemplates } from '../../letters/ports.ts';
import { PART_KINDS } from '../../letters/sheets/part-kinds.ts';
import { LANGUAGES, type Language } from '../../letters/writing/language.ts';
import { compileMessages } from '../../letters/writing/message-catalog.ts';
import { pieces } from '../../letters/writing/typography.ts';

const PARTIALS = [
  'head',
  'style',
  'sample-mark',
  'annex-head',
  'counts',
  'files',
  'day-chart',
  'reference',
  'bar-chart',
  'oblast-map',
];

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
    engine.registerHelper('whole', whole);
    for (const name of PARTIALS) {
      engine.registerPartial(name, await text('letters', 'partials', `${name}.hbs`));
    }
    const options = { strict: true, preventIndent: true };
    for (const kind of PART_KINDS) {
      engine.registerPartial(kind, engine.compile(await text('letters', `${kind}.hbs`), options));
    }
    const bars = engine.compile('{{> bar-chart}}', options);
    const map = engine.compile('{{> oblast-map}}', options);
    const document = engine.compile(await text('letters', 'document.hbs'), options);
    const catalogs = await Promise.all(
      LANGUAGES.map(async (lang) => [lang, await json('messages', `${lang}.json`)] as const),
    );
    const clauses = await Promise.all(
      LANGUAGES.map(
        async (lang) => [lang, await json('letters', 'clauses', `${lang}.json`)] as const,
      ),
    );
    const library = checkClauseLibrary({
      structure: await json('letters', 'clauses.json'),
      texts: inEvery(clauses),
    });
    return {
      messages: compileMessages(inEvery(catalogs)),
      clauseLibrary: library,
      types: checkLetterTypes(await json('letters', 'types.json'), library),
      confirmed: NOTHING_CONFIRMED,
      terms: checkReplyTerms(await json('letters', 'terms.json')),
      legal: checkLegalData({
        grounds: await json('letters', 'grounds.json'),
        demands: await json('letters', 'demands.json'),
      }),
      contested: checkContestedWords(await json('letters', 'contested-words.json')),
      fill(view) {
        try {
          return document(view);
        } catch (cause) {
          throw unusable(cause);
        }
      },
      drawBars(chart) {
        try {
          return bars(chart);
        } catch (cause) {
          throw unusable(cause);
        }
      },
      drawMap(view) {
        try {
          return map(view);
        } catch (cause) {
          throw unusable(cause);
        }
      },
    };
  } catch (cause) {
    throw cause instanceof LetterError ? cause : unusable(cause);
  }
}

/** A text with what must not be broken inside it held together; everything in it is escaped. */
function whole(text: string): Handlebars.SafeString {
  const escaped = Handlebars.escapeExpression;
  return new Handlebars.SafeString(
    pieces(text)
      .map((piece) =>
        piece.whole ? `<span class="whole">${escaped(piece.text)}</span>` : escaped(piece.text),
      )
      .join(''),
  );
}

function inEvery(entries: readonly (readonly [Language, unknown])[]): Record<Language, unknown> {
  return Object.fromEntries(entries) as Record<Language, unknown>;
}

function unusable(cause: unknown): LetterError {
  return new LetterError(
    'TEMPLATE_INVALID',
    'A template or text of the letters is missing or malformed: restore the folder templates as it was shipped.',
    { cause },
  );
}
