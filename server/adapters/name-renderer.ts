import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sha256 } from '../kernel/digest.ts';

/** What of `server/` a letter's bytes follow from, besides the letter. */
const LAYOUT_CODE = /^(?:letters|adapters\/(?:chromium|pdf))\/.+\.ts$/;
/** What of `templates/` they follow from. */
const LAYOUT_TEXTS = /^(?:letters|messages)\//;
const SERVER_DIR = path.join(import.meta.dirname, '..');

/**
 * Names what lays letters out and prints them. Where two names differ, two prints of one letter may
 * differ too, and nobody changed it: code, templates and texts by a digest (a version number would
 * have to be counted up by hand), the browser, the fonts, and what packs streams.
 *
 * @param fonts - a digest of the font files.
 * @param templates - the folder `templates`.
 */
export async function nameRenderer(given: {
  version: string;
  chromium: string;
  fonts: string;
  templates: string;
}): Promise<string> {
  const { version, chromium, fonts, templates } = given;
  const parts = [
    ...(await digestsIn(SERVER_DIR, LAYOUT_CODE)),
    ...(await digestsIn(templates, LAYOUT_TEXTS)),
  ];
  const layout = sha256(parts.join('\n')).slice(0, 16);
  const { zlib } = process.versions;
  return `dalil ${version}, layout ${layout}, chromium ${chromium}, fonts ${fonts}, zlib ${zlib}`;
}

/** The files of a folder whose paths inside it fit, each with its digest, in one order everywhere. */
async function digestsIn(folder: string, wanted: RegExp): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((one) => one.split(path.sep).join('/'))
    .filter((one) => wanted.test(one))
    .sort();
  return await Promise.all(
    paths.map(async (one) => `${sha256(await readFile(path.join(folder, one)))} ${one}`),
  );
}
