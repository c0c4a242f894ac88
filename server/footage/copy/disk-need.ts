import { FootageError } from '../errors.ts';
import type { FrameGrid } from '../frame-grid.ts';

/** More than busy footage takes at the quality of copies: a street by day at 720 lines takes half. */
const BYTES_PER_PIXEL = 0.02;
/** Its chunks lie there, and then the file that they are joined to. */
const TIMES_WRITTEN = 2;
const MEGABYTE = 1_000_000;

/**
 * Refuses to begin what would fail after hours.
 *
 * @throws {FootageError} `DISK_TOO_SMALL`.
 */
export function refuseSmallDisk(grid: FrameGrid, frames: number, freeBytes: number): void {
  const needed = TIMES_WRITTEN * BYTES_PER_PIXEL * grid.widthPx * grid.heightPx * frames;
  if (freeBytes >= needed) return;
  const inWords = (bytes: number) => Math.ceil(bytes / MEGABYTE);
  throw new FootageError(
    'DISK_TOO_SMALL',
    `The copy may need ${inWords(needed)} MB and ${inWords(freeBytes)} MB are free. Make room, or choose another disk.`,
  );
}
