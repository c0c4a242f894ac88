import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { LANGUAGES } from '../letters/writing/language.ts';
import { compileMessages } from '../letters/writing/message-catalog.ts';

const SERVER = path.resolve(import.meta.dirname, '..');
const TOPIC = 'verifyPage.';

/** A page that judges packs. */
export interface VerifyPage {
  readonly bytes: Uint8Array;
  /** Its Content-Security-Policy, which also stands in it; a server must not send a stricter one. */
  readonly policy: string;
}

/**
 * Makes `verify.html`: one file with code, style and texts, which asks nobody for anything. The same
 * sources give the same bytes.
 *
 * @param folder - the folder `templates`.
 * @throws {LetterError} `TEMPLATE_INVALID` when the catalogs cannot be used.
 */
export async function buildVerifyPage(folder: string): Promise<VerifyPage> {
  const read = (...names: string[]) => readFile(path.join(folder, ...names), 'utf8');
  const [page, style, commands, script, texts] = await Promise.all([
    read('pages', 'verify.html'),
    read('pages', 'verify.css'),
    read('pack', 'VERIFY.txt'),
    bundle('browser/verify-page.ts'),
    pageTexts(read),
  ]);
  const policy = [
    "default-src 'none'",
    "connect-src 'none'",
    `script-src '${sourceHash(script)}' 'wasm-unsafe-eval'`,
    `style-src '${sourceHash(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const parts: Record<string, string> = {
    ...Object.fromEntries(Object.entries(texts.ky!).map(([key, text]) => [key, escaped(text)])),
    policy,
    commands: escaped(commands),
  };
  const marks = {
    '<style></style>': `<style>${style}</style>`,
    // Inside of a script element, only this could end it.
    '>{}</script>': `>${JSON.stringify(texts).replaceAll('<', '\\u003c')}</script>`,
    '<script></script>': `<script>${script}</script>`,
  };
  let filled = page.replaceAll(/\[\[(\w+)\]\]/g, (_, name: string) => parts[name]!);
  for (const [mark, part] of Object.entries(marks)) filled = filled.replace(mark, () => part);
  return { bytes: new TextEncoder().encode(filled), policy };
}

/** The script of a page, as one. What it takes from `node:crypto` WebAssembly gives it. */
async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(SERVER, entry)],
    absWorkingDir: SERVER,
    alias: { 'node:crypto': path.join(SERVER, 'browser', 'node-crypto.ts') },
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    tsconfigRaw: {},
  });
  return outputFiles[0]!.text;
}

/** The texts of the page by language; values stay to be filled in, as `{name}`. */
async function pageTexts(read: (...names: string[]) => Promise<string>) {
  const catalogs = await Promise.all(
    LANGUAGES.map(async (lang) => [lang, JSON.parse(await read('messages', `${lang}.json`))]),
  );
  const sources = Object.fromEntries(catalogs);
  const messages = compileMessages(sources);
  const keep = new Proxy({} as Record<string, string>, {
    get: (_, name) => `{${String(name)}}`,
    has: () => true,
    getOwnPropertyDescriptor: (_, name) => ({
      value: `{${String(name)}}`,
      configurable: true,
      enumerable: true,
    }),
  });
  const keys = keysOf(sources.en.verifyPage);
  return Object.fromEntries(
    LANGUAGES.map((lang) => [
      lang,
      Object.fromEntries(keys.map((key) => [key, messages[lang](TOPIC + key, keep)])),
    ]),
  );
}

function keysOf(value: object, prefix = ''): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' ? [prefix + key] : keysOf(inner, `${prefix}${key}.`),
  );
}

function sourceHash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
