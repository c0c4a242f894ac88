import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';

/**
 * Codes a clip as Motion JPEG of which some pictures end in their middle, as a failing disk leaves them.
 * Each picture begins anew, so all others stay whole.
 *
 * @param options.frames - how many the clip has.
 * @param options.pictures - those that break off, from 0.
 * @param options.file - where it is written: an AVI.
 */
export async function writeBrokenPictures(options: {
  clip: string;
  frames: number;
  pictures: readonly number[];
  file: string;
}): Promise<void> {
  const { clip, frames, pictures, file } = options;
  const coder = ['-c:v', 'mjpeg', '-q:v', '3', '-huffman', 'default'];
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', clip, ...coder, file]);
  const bytes = await readFile(file);
  const starts: number[] = [];
  for (let at = bytes.indexOf('ffd8ff', 0, 'hex'); at >= 0; ) {
    starts.push(at);
    at = bytes.indexOf('ffd8ff', at + 1, 'hex');
  }
  if (starts.length !== frames) throw new Error(`${starts.length} pictures instead of ${frames}`);
  for (const picture of pictures) {
    const to = starts[picture + 1] ?? bytes.length;
    bytes.write('ffd9', (starts[picture]! + to) >> 1, 'hex');
  }
  await writeFile(file, bytes);
}
