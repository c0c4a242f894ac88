import { homedir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { CodedError } from './kernel/errors.ts';

/** A configuration that cannot be used; the message names every faulty variable, never a value. */
export class ConfigError extends CodedError<'CONFIG_INVALID'> {}

/** The folder `templates` of this checkout. */
export const TEMPLATES_DIR = path.resolve(import.meta.dirname, '..', 'templates');

const port = z.coerce.number().int().min(0).max(65535);
const urls = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((url) => url !== ''))
  .pipe(z.array(z.url({ protocol: /^https?$/ })));

/** Every environment variable that Dalil reads: its rule, its default and its meaning. */
export const CONFIG_SCHEMA = z.object({
  DALIL_DATA: z.string().min(1).default('storage').describe('folder for the database and blobs'),
  DALIL_PORT: port.default(8080).describe('port to listen on; 0 takes a free one'),
  DALIL_HOST: z.string().min(1).default('127.0.0.1').describe('address to listen on'),
  DALIL_PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('address that visitors see, when it differs from host and port'),
  DALIL_VAULT_PASSPHRASE: z
    .string()
    .min(8)
    .optional()
    .describe('opens the vault at start; for demonstrations only'),
  DALIL_VAULT_KEYFILE: z.string().min(1).optional().describe('file whose bytes open the vault'),
  DALIL_TSA_URLS: urls
    .default([])
    .describe('timestamp authorities (RFC 3161) asked at sealing, separated by commas'),
  DALIL_CHROMIUM: z
    .string()
    .min(1)
    .default('/usr/bin/chromium')
    .describe('the Chromium to print with'),
  DALIL_FFMPEG: z
    .string()
    .min(1)
    .default('/usr/bin/ffmpeg')
    .describe('the ffmpeg to use; ffprobe is expected beside it'),
});

/** What the program runs with; made once at start and frozen. */
export interface Config {
  readonly dataDir: string;
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string | undefined;
  readonly vaultPassphrase: string | undefined;
  readonly vaultKeyFile: string | undefined;
  readonly timestampUrls: readonly string[];
  readonly chromiumPath: string;
  readonly ffmpegPath: string;
}

/**
 * Reads the configuration from an environment.
 *
 * @throws {ConfigError} `CONFIG_INVALID`, listing all faulty variables at once.
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const present = Object.fromEntries(
    Object.keys(CONFIG_SCHEMA.shape).map((name) => [
      name,
      env[name] === '' ? undefined : env[name],
    ]),
  );
  const parsed = CONFIG_SCHEMA.safeParse(present);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
    const faults = names.map(
      (name) =>
        `${name} (${CONFIG_SCHEMA.shape[name as keyof typeof CONFIG_SCHEMA.shape].description})`,
    );
    throw new ConfigError('CONFIG_INVALID', `These settings cannot be used: ${faults.join('; ')}.`);
  }
  const values = parsed.data;
  return Object.freeze({
    dataDir: values.DALIL_DATA,
    port: values.DALIL_PORT,
    host: values.DALIL_HOST,
    publicUrl: values.DALIL_PUBLIC_URL,
    vaultPassphrase: values.DALIL_VAULT_PASSPHRASE,
    vaultKeyFile: values.DALIL_VAULT_KEYFILE,
    timestampUrls: Object.freeze(values.DALIL_TSA_URLS),
    chromiumPath: values.DALIL_CHROMIUM,
    ffmpegPath: values.DALIL_FFMPEG,
  });
}

/**
 * The folder of this user for what stays on this machine: `$XDG_STATE_HOME/dalil`, else
 * `~/.local/state/dalil` (XDG Base Directory 0.8).
 */
export function stateDir(): string {
  const { XDG_STATE_HOME: state = '' } = process.env;
  // Relative paths are to be ignored, says the specification.
  const home = path.isAbsolute(state) ? state : path.join(homedir(), '.local', 'state');
  return path.join(home, 'dalil');
}
