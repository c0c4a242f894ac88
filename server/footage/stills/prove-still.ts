import { sha256 } from '../../kernel/digest.ts';
import { COVERED } from '../tile-map.ts';
import { paintCover, type StillCover } from './still-cover.ts';
import { StillError } from './still-error.ts';
import type { StillFormat } from './still-format.ts';
import type { StillPictures, StillPixels } from './still-pictures.ts';
import { judgeStill, type StillProof } from './still-proof.ts';
import { shortenedWebp } from './still-webp.ts';

/** What the record of a proof says of how a copy was made. */
export type StillRecord = Omit<
  StillProof,
  'version' | 'kind' | 'result' | 'checks' | 'coverage' | 'output'
>;

/**
 * Paints the cover, encodes the pixels and nothing else, decodes the copy again and judges it.
 *
 * @param still - its `pixels` are painted in place.
 * @throws {StillError} `STILL_PROOF_FAILED` with the proof record as `cause`: then there is no copy.
 */
export async function proveStill(still: {
  pictures: StillPictures;
  pixels: StillPixels;
  cover: StillCover;
  format: StillFormat;
  record: StillRecord;
}): Promise<{ bytes: Uint8Array; format: StillFormat; proof: StillProof }> {
  const { pictures, pixels, cover, format, record } = still;
  paintCover(pixels, cover);
  const bytes = await pictures.encode(pixels, format);
  const decoded = await pictures.decode(bytes);
  const loose = format === 'webp' && (await isLoose(pictures, bytes));
  const checks = judgeStill({ bytes, format, painted: pixels, decoded, cover, loose });
  const passed = checks.every((check) => check.passed);
  const proof: StillProof = {
    version: 1,
    kind: 'dalil-still-proof',
    result: passed ? 'passed' : 'failed',
    ...record,
    checks,
    coverage: shareOf(cover),
    output: passed
      ? {
          format,
          sha256: sha256(bytes),
          sizeBytes: bytes.length,
          widthPx: pixels.widthPx,
          heightPx: pixels.heightPx,
        }
      : null,
  };
  if (passed) return { bytes, format, proof };
  throw new StillError(
    'STILL_PROOF_FAILED',
    'The covered copy did not pass its proof, so there is none. Try again; if it fails again, the picture tools of this machine are faulty.',
    { cause: proof },
  );
}

/** Whether the data of a lossless WebP go on behind what its picture needs. */
async function isLoose(pictures: StillPictures, bytes: Uint8Array): Promise<boolean> {
  const shorter = shortenedWebp(bytes);
  if (shorter === null) return false;
  return await pictures.decode(shorter).then(
    () => true,
    (error: unknown) => {
      if (error instanceof StillError && error.code === 'STILL_UNREADABLE') return false;
      throw error;
    },
  );
}

function shareOf({ map }: StillCover): number {
  const covered = map.reduce((sum, tile) => sum + (tile === COVERED ? 1 : 0), 0);
  return Number((covered / map.length).toFixed(4));
}
