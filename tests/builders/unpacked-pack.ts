import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildVerifyPage } from '../../server/adapters/esbuild-pages.ts';
import { loadVerifyFiles } from '../../server/adapters/pack-verify-files.ts';
import { aSealedPack, type SealedForTest, type SealedPackOptions } from './sealed-pack.ts';

/** The folder `templates`. */
export const TEMPLATES = path.resolve(import.meta.dirname, '../../templates');

/** The page that lies in packs: to make it takes longer than to seal one. */
let page: ReturnType<typeof buildVerifyPage> | undefined;

/** A pack with the texts that tell how to check it, as every real one has them. */
export async function aPackToCheckByHand(options: SealedPackOptions = {}): Promise<SealedForTest> {
  page ??= buildVerifyPage(TEMPLATES);
  const { bytes } = await page;
  return await aSealedPack({ ...options, verifyFiles: await loadVerifyFiles(TEMPLATES, bytes) });
}

/**
 * Writes a pack and the organisation's key into a folder, and unpacks it there as an auditor would.
 *
 * @returns paths of the archive, the key and the unpacked folder.
 */
export function unpack(
  folder: string,
  { id, zip, signer }: Pick<SealedForTest, 'id' | 'zip' | 'signer'>,
) {
  mkdirSync(folder, { recursive: true });
  const pack = path.join(folder, 'pack.zip');
  const key = path.join(folder, 'KEY.pem');
  writeFileSync(pack, zip);
  writeFileSync(key, signer.publicKeyPem);
  execFileSync('unzip', ['-q', pack, '-d', folder]);
  return { pack, key, unpacked: path.join(folder, id) };
}

/** Copies an unpacked pack to a place where it can be damaged. */
export function copyOf(unpacked: string, folder: string): string {
  const copy = path.join(folder, path.basename(unpacked));
  cpSync(unpacked, copy, { recursive: true });
  return copy;
}

/** What the script said of a folder: its exit code, its words, and the result of each step. */
export type ScriptRun = Awaited<ReturnType<typeof runVerifyScript>>;

/** Runs the script that lies in a pack, or another one in its place there. */
export async function runVerifyScript(unpacked: string, ...brought: string[]) {
  const { status, stdout, stderr } = await new Promise<{
    status: number | string;
    stdout: string;
    stderr: string;
  }>((resolve) => {
    const command = ['verify/verify.sh', ...brought];
    execFile('sh', command, { cwd: unpacked }, (error, stdout, stderr) =>
      resolve({ status: error?.code ?? 0, stdout, stderr }),
    );
  });
  const results = new Map(
    [...stdout.matchAll(/^(PASS|FAIL|NOT CHECKED) +(\S.*)$/gm)].map((match) => [
      match[2]!,
      match[1]!,
    ]),
  );
  return { status, stdout, stderr, results };
}
