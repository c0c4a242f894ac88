import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * What `exiftool -a -G1` may show of a covered still: the file itself, its kind, and the geometry
 * and coding of the picture. PNG has the density that its encoder writes for every picture.
 */
const ALLOWED: Record<string, RegExp> = {
  jpg: /^(File:(ImageWidth|ImageHeight|EncodingProcess|BitsPerSample|ColorComponents|YCbCrSubSampling))$/,
  png: /^(PNG:(ImageWidth|ImageHeight|BitDepth|ColorType|Compression|Filter|Interlace)|PNG-pHYs:(PixelsPerUnitX|PixelsPerUnitY|PixelUnits))$/,
  webp: /^(RIFF:(ImageWidth|ImageHeight|AlphaIsUsed))$/,
};
const ABOUT_THE_FILE =
  /^(SourceFile|ExifTool:ExifToolVersion|System:\w+|File:(FileType|FileTypeExtension|MIMEType)|Composite:(ImageSize|Megapixels))$/;

/** The tags that exiftool finds in a still beyond those that a covered one may have; warnings too. */
export function tagsBeyondAllowed(bytes: Uint8Array, extension: string): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'dalil-test-'));
  try {
    const file = path.join(folder, `still.${extension}`);
    writeFileSync(file, bytes);
    const args = ['-a', '-G1', '-j', '-ee3', '-U', file];
    const [tags] = JSON.parse(execFileSync('exiftool', args, { encoding: 'utf8' })) as [object];
    return Object.keys(tags).filter(
      (tag) => !ABOUT_THE_FILE.test(tag) && !(ALLOWED[extension]?.test(tag) ?? false),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
