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

/** Looks at every tool of this machine that Dalil uses at run time. Never throws. */
export async function inspectTools(paths: {
  ffmpegPath: string;
  chromiumPath: string;
}): Promise<InstalledTool[]> {
  const { ffmpegPath, chromiumPath } = paths;
  const ffprobePath = path.join(path.dirname(ffmpegPath), 'ffprobe');
  const [ffmpeg, encoders, ffprobe, chromium, fonts, heif] = await Promise.all([
    said(ffmpegPath, ['-hide_banner', '-version']),
    said(ffmpegPath, ['-hide_banner', '-encoders']),
    said(ffprobePath, ['-hide_banner', '-version']),
    said(chromiumPath, ['--version', '--no-sandbox']),
    said('fc-match', ['--format=%{family} (%{file})', 'Noto Serif:lang=ky']),
    createHeifConvert().version(),
  ]);
  const apt = (name: string) =>
    `Install it (apt-get install ${name}), or run npm run setup, which does.`;
  return [
    { name: 'ffmpeg', version: versionIn(ffmpeg, /version (\S+)/), remedy: apt('ffmpeg') },
    { name: 'ffprobe', version: versionIn(ffprobe, /version (\S+)/), remedy: apt('ffmpeg') },
    {
      name: 'H.264 encoder',
      version: versionIn(encoders, /\b(libx264)\b/),
      remedy: 'This ffmpeg was built without libx264. Install the one of Debian.',
    },
    { name: 'Chromium', version: versionIn(chromium, /(\d[\d.]+)/), remedy: apt('chromium') },
    {
      name: 'Noto Serif',
      version: versionIn(fonts, /^(Noto Serif)\b/),
      remedy: apt('fonts-noto-core'),
    },
    { name: 'HEIC decoder', version: heif, remedy: apt('libheif-examples') },
  ];
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
