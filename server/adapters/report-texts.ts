import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type PageText, pageText } from '../browser/page-text.ts';
import type { Language } from '../letters/writing/language.ts';

/**
 * The words in which the verification of a pack is told, those of the page.
 *
 * @param folder - the folder `templates`.
 */
export async function loadReportText(folder: string, language: Language): Promise<PageText> {
  const catalog = JSON.parse(
    await readFile(path.join(folder, 'messages', `${language}.json`), 'utf8'),
  ) as { verifyPage: object };
  return pageText({ [language]: Object.fromEntries(flat(catalog.verifyPage)) }, language);
}

function flat(texts: object, prefix = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string'
      ? [[prefix + key, text] as [string, string]]
      : flat(text, `${prefix}${key}.`),
  );
}
