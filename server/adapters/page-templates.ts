import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import Handlebars from 'handlebars';

/** A page, and what its Content-Security-Policy must allow for it to look as it should. */
export interface FilledPage {
  readonly html: string;
  /** `sha256-…` of its one style element. */
  readonly styleHash: string;
}

/**
 * Fills a page of `templates/pages`. Everything that goes in is escaped; a name that the view does not
 * have is an error, never an empty place.
 *
 * @param folder - the folder `templates`.
 */
export async function fillPage(folder: string, name: string, view: object): Promise<FilledPage> {
  const source = await readFile(path.join(folder, 'pages', `${name}.hbs`), 'utf8');
  const html = Handlebars.create().compile(source, { strict: true })(view);
  const style = /<style>(.*?)<\/style>/s.exec(source)?.[1] ?? '';
  return { html, styleHash: `sha256-${createHash('sha256').update(style).digest('base64')}` };
}
