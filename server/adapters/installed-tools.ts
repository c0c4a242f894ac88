import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { createHeifConvert } from './heif-convert.ts';

const run = promisify(execFile);
const TIMEOUT_MS = 20_000;

/** A tool that Dalil needs: its version, or null when it is missing, and how to get it. */
export interface InstalledTool {
  readonly name: string;
  readonly version: string | null;
  readonly remedy: string;
}

/** Where the tools are that a person may have put elsewhere. */
interface ToolPaths {
  readonly ffmpegPath: string;
  readonly chromiumPath: string;
}

const apt = (name: string) =>
  `Install it (apt-get install ${name}), or run npm run setup, which does.`;

/** Every tool that Dalil uses at run time: how its version is found, and how to get it. */
const TOOLS = [
  {
    name: 'ffmpeg',
    version: async ({ ffmpegPath }: ToolPaths) =>
      versionIn(await said(ffmpegPath, ['-hide_banner', '-version']), /version (\S+)/),
    remedy: apt('ffmpeg'),
  },
  {
    name: 'ffprobe',
    version: async ({ ffmpegPath }: ToolPaths) => {
      const ffprobePath = path.join(path.dirname(ffmpegPath), 'ffprobe');
      return versionIn(await said(ffprobePath, ['-hide_banner', '-version']), /version (\S+)/);
    },
    remedy: apt('ffmpeg'),
  },
  {
    name: 'H.264 encoder',
    version: async ({ ffmpegPath }: ToolPaths) =>
      versionIn(await said(ffmpegPath, ['-hide_banner', '-encoders']), /\b(libx264)\b/),
    remedy: 'This ffmpeg was built without libx264. Install the one of Debian.',
  },
  {
    name: 'Chromium',
    version: async ({ chromiumPath }: ToolPaths) =>
      versionIn(await said(chromiumPath, ['--version', '--no-sandbox']), /(\d[\d.]+)/),
    remedy: apt('chromium'),
  },
  {
    name: 'Noto Serif',
    version: async () =>
      versionIn(
        await said('fc-match', ['--format=%{family} (%{file})', 'Noto Serif:lang=ky']),
        /^(Noto Serif)\b/,
      ),
    remedy: apt('fonts-noto-core'),
  },
  {
    name: 'HEIC decoder',
    version: async () => await createHeifConvert().version(),
    remedy: apt('libheif-examples'),
  },
] as const;

/** Looks at every tool of this machine that Dalil uses at run time. Never throws. */
export async function inspectTools(paths: ToolPaths): Promise<InstalledTool[]> {
  return await Promise.all(
    TOOLS.map(async ({ name, version, remedy }) => ({
      name,
      version: await version(paths),
      remedy,
    })),
  );
}

/** The version of one tool, without starting the others; null when it is missing. Never throws. */
export async function toolVersion(
  name: (typeof TOOLS)[number]['name'],
  paths: ToolPaths,
): Promise<string | null> {
  return await TOOLS.find((tool) => tool.name === name)!.version(paths);
}

async function said(file: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run(file, args, { timeout: TIMEOUT_MS, maxBuffer: 4 * 1_048_576 });
    return stdout;
  } catch {
    return '';
  }
}

function versionIn(text: string, pattern: RegExp): string | null {
  return pattern.exec(text)?.[1] ?? null;
}
