import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { StillError } from '../../footage/stills/still-error.ts';
import { sniffStill } from '../../footage/stills/still-format.ts';
import type { StillPictures } from '../../footage/stills/still-pictures.ts';
import { CodedError } from '../../kernel/errors.ts';
import { LetterError } from '../../letters/errors.ts';
import { MOST_SHEETS, type PaperSheet } from '../../letters/papers/papers.ts';
import type { ReadPaper } from '../../letters/ports.ts';
import { TOOL_ENVIRONMENT } from '../ffmpeg/ffmpeg-process.ts';
import { loadSharp } from '../load-sharp.ts';
import { fileInMemory } from '../memory-file.ts';

/** Dots an inch at which a page is drawn. */
const DPI = 150;
/** A4 at that resolution; larger pictures are made smaller. */
const MOST_PX = { width: 1240, height: 1754 };
const JPEG = { quality: 80, progressive: false, mozjpeg: false } as const;
const TIMEOUT_MS = 60_000;
const LIMITS = ['--fsize=0', '--core=0', '--cpu=60', `--as=${2 * 2 ** 30}`];
const LARGEST_OUTPUT_BYTES = 64 * 1024 * 1024;
/** A metre. PDFs may claim sheets of many kilometres, and would have them drawn. */
const MOST_POINTS = 2_835;
/** What poppler does not tell of: a script that runs when the file is opened, a program it starts. */
const SCRIPT = /\/(?:JavaScript|Launch|RichMedia)(?![A-Za-z])/;
const CANNOT_BE_RUN = 127;

/**
 * Reads papers: PDFs by poppler, in processes of their own with bounded memory and time, pictures by
 * the decoder of stills. Every sheet is drawn anew as grey pixels, so that nothing of a file but what
 * it looks like is kept. Of a page only what lies inside its crop box is drawn, as viewers show it:
 * what was cropped away is still in the file.
 *
 * A PDF with other files or scripts that can be seen is refused, for whoever gives it may think that
 * they go along. That is a courtesy and no safeguard: a script inside a compressed object is not
 * seen, and is left behind with everything else that is no pixel.
 */
export function createPopplerPapers(deps: { pictures: Pick<StillPictures, 'decode'> }): ReadPaper {
  const { pictures } = deps;

  async function sheetOf(picture: Uint8Array): Promise<PaperSheet> {
    const { rgb, widthPx, heightPx } = await pictures.decode(picture).catch((cause: unknown) => {
      // A tool that is missing, or a picture that is too large, says so itself.
      if (cause instanceof StillError && cause.code !== 'STILL_UNREADABLE') throw cause;
      throw unreadable(cause);
    });
    const sharp = await loadSharp();
    const { data, info } = await sharp(rgb, {
      raw: { width: widthPx, height: heightPx, channels: 3 },
    })
      .resize({ ...MOST_PX, fit: 'inside', withoutEnlargement: true })
      .greyscale()
      .toColourspace('b-w')
      .jpeg(JPEG)
      .toBuffer({ resolveWithObject: true });
    return { jpeg: new Uint8Array(data), widthPx: info.width, heightPx: info.height };
  }

  return async function readPaper(bytes) {
    if (sniffStill(bytes) !== null) return [await sheetOf(bytes)];
    if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') !== '%PDF-') throw unreadable();
    if (SCRIPT.test(Buffer.from(bytes).toString('latin1'))) throw holdsScripts();
    const pages = pagesOf(
      (await poppler('pdfinfo', ['-l', String(MOST_SHEETS)], bytes)).toString('latin1'),
      (await poppler('pdfdetach', ['-list'], bytes)).toString('latin1'),
    );
    const sheets: PaperSheet[] = [];
    for (let page = 1; page <= pages; page++) {
      const only = ['-f', String(page), '-l', String(page)];
      const drawing = ['-cropbox', '-png', '-r', String(DPI), ...only];
      const drawn = await poppler('pdftoppm', drawing, bytes);
      sheets.push(await sheetOf(drawn));
    }
    return sheets;
  };
}

/** How many pages a PDF has, by what poppler says of it. */
function pagesOf(info: string, attachments: string): number {
  // Poppler tells title and author as they are, before all else: a line break in them forges lines.
  const value = (key: string) =>
    [...info.matchAll(new RegExp(`^${key}: +(.*)$`, 'gm'))].at(-1)?.[1];
  const pages = Number(value('Pages'));
  if (!Number.isInteger(pages) || pages < 1) throw unreadable();
  if (value('Encrypted') !== 'no') {
    throw refused('is locked with a password. Save it without one');
  }
  if (value('JavaScript') !== 'no' || value('Form') === 'XFA') {
    throw holdsScripts();
  }
  if (!/^0 embedded files/m.test(attachments)) {
    throw refused('holds other files. Take them out, or scan the paper');
  }
  if (pages > MOST_SHEETS) {
    throw new LetterError(
      'PAPER_TOO_LARGE',
      `The paper has more than ${MOST_SHEETS} sheets. Give the needed ones only.`,
    );
  }
  for (let page = 1; page <= pages; page++) {
    // The size of the crop box, which is what is drawn; large numbers come as powers of ten.
    const [, width, height] = /^(\S+) x (\S+) pts/.exec(value(`Page +${page} size`) ?? '') ?? [];
    const longer = Math.max(Number(width), Number(height));
    if (Number.isNaN(longer)) throw unreadable();
    if (longer > MOST_POINTS) {
      throw new LetterError(
        'PAPER_TOO_LARGE',
        `Sheet ${page} of the PDF is longer than a metre. Save or scan it in the size of a page.`,
      );
    }
  }
  return pages;
}

async function poppler(program: string, args: string[], bytes: Uint8Array): Promise<Buffer> {
  const file = fileInMemory(bytes);
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      const child = spawn('prlimit', [...LIMITS, program, ...args, '/proc/self/fd/3'], {
        stdio: ['ignore', 'pipe', 'ignore', file],
        env: TOOL_ENVIRONMENT,
        timeout: TIMEOUT_MS,
        killSignal: 'SIGKILL',
      });
      const parts: Buffer[] = [];
      let size = 0;
      child.stdout!.on('data', (part: Buffer) => {
        size += part.length;
        if (size > LARGEST_OUTPUT_BYTES) child.kill('SIGKILL');
        else parts.push(part);
      });
      child.once('error', (cause) => reject(toolMissing(cause)));
      child.once('close', (code) => {
        if (code === 0) resolve(Buffer.concat(parts));
        else reject(code === CANNOT_BE_RUN ? toolMissing() : unreadable());
      });
    });
  } catch (cause) {
    throw cause instanceof CodedError ? cause : toolMissing(cause);
  } finally {
    closeSync(file);
  }
}

function unreadable(cause?: unknown): LetterError {
  return new LetterError(
    'PAPER_UNREADABLE',
    'The file is no PDF and no picture that can be read, or it is locked. Scan the paper as PDF, JPEG or PNG.',
    { cause },
  );
}

function holdsScripts(): LetterError {
  return refused('holds scripts. Print it into a new PDF, or scan the paper');
}

function refused(why: string): LetterError {
  return new LetterError('PAPER_REFUSED', `The PDF ${why}.`);
}

function toolMissing(cause?: unknown): LetterError {
  return new LetterError(
    'PAPER_TOOL_MISSING',
    'The PDF cannot be drawn, for poppler does not run. Install the Debian package poppler-utils, or give pictures.',
    { cause },
  );
}
