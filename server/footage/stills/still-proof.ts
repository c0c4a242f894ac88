import { z } from 'zod';
import type { PROOF_CHECKS } from '../copy/proof-record.ts';
import { TILE_PX } from '../frame-grid.ts';
import { COVERED } from '../tile-map.ts';
import type { StillCover } from './still-cover.ts';
import type { StillFormat } from './still-format.ts';
import { foreignInJpeg } from './still-jpeg.ts';
import type { StillPixels } from './still-pictures.ts';
import { foreignInPng } from './still-png.ts';
import { foreignInWebp } from './still-webp.ts';

/** What is checked of every still, in the order of the record; a part of what is checked of clips. */
export const STILL_PROOF_CHECKS = [
  'covered-tiles-constant',
  'shown-area-similar',
  'nothing-foreign',
] as const satisfies ReadonlyArray<(typeof PROOF_CHECKS)[number]>;

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);

/** The proof record of a still, version 1. It is kept, not published: a pack gets the receipt. */
export const stillProofSchema = z.strictObject({
  version: z.literal(1),
  kind: z.literal('dalil-still-proof'),
  result: z.enum(['passed', 'failed']),
  mode: z.enum(['moving', 'marked', 'all']),
  /** Of a still that was taken from a clip only: as in the proof record of the clip. */
  emptyScene: z.enum(['approved', 'not approved']).optional(),
  analysis: digest.optional(),
  /** Of a still that was taken from a clip only: which frame it is. */
  frame: count.optional(),
  plan: digest,
  tools: z.record(z.string(), z.string()),
  checks: z
    .array(
      z.strictObject({
        name: z.enum(STILL_PROOF_CHECKS),
        passed: z.boolean(),
        /** How many tiles or files were looked at. */
        looked: count,
        faults: count,
        /** What was measured or found, for people. */
        note: z.string(),
      }),
    )
    .length(STILL_PROOF_CHECKS.length),
  /** Share of the tiles that are covered. */
  coverage: z.number().min(0).max(1),
  operations: z.strictObject({ coverRules: count, keptBoxes: count }),
  output: z
    .strictObject({
      format: z.enum(['jpeg', 'png', 'webp']),
      sha256: digest,
      sizeBytes: count,
      widthPx: count,
      heightPx: count,
    })
    .nullable()
    .describe('null when the proof failed: no such picture exists'),
});

/** A proof record of a still. */
export type StillProof = z.infer<typeof stillProofSchema>;

/** Levels that a covered pixel may be away from black: in JPEG, rounding; else none. */
const BLACK_TOLERANCE: Record<StillFormat, number> = { jpeg: 2, png: 0, webp: 0 };
/** Mean levels by which a shown tile may differ: in JPEG of the pinned quality, noise; else none. */
const SHOWN_TOLERANCE: Record<StillFormat, number> = { jpeg: 16, png: 0, webp: 0 };

/**
 * Judges a covered copy from its bytes and from what they decode to.
 *
 * @param painted - the covered pixels that were encoded.
 * @param decoded - the copy, decoded again.
 * @param loose - whether its decoder needs less than all of its data.
 */
export function judgeStill(copy: {
  bytes: Uint8Array;
  format: StillFormat;
  painted: StillPixels;
  decoded: StillPixels;
  cover: StillCover;
  loose: boolean;
}): StillProof['checks'] {
  const { bytes, format, painted, decoded, cover, loose } = copy;
  const foreign = [
    ...foreignIn(bytes, format, painted),
    ...(loose ? ['bytes behind the data'] : []),
  ];
  if (decoded.widthPx !== painted.widthPx || decoded.heightPx !== painted.heightPx) {
    return [
      check('covered-tiles-constant', 0, 1, 'the picture has another size'),
      check('shown-area-similar', 0, 1, 'the picture has another size'),
      check('nothing-foreign', 1, foreign.length, foreign.join(', ')),
    ];
  }
  const covered = { tiles: 0, faults: 0, worst: 0 };
  const shown = { tiles: 0, faults: 0, worst: 0 };
  for (let tile = 0; tile < cover.map.length; tile++) {
    const { farthest, mean } = tileFacts(decoded, painted, cover, tile);
    if (cover.map[tile] === COVERED) {
      covered.tiles++;
      covered.worst = Math.max(covered.worst, farthest);
      if (farthest > BLACK_TOLERANCE[format]) covered.faults++;
    } else {
      shown.tiles++;
      shown.worst = Math.max(shown.worst, mean);
      if (mean > SHOWN_TOLERANCE[format]) shown.faults++;
    }
  }
  return [
    check(
      'covered-tiles-constant',
      covered.tiles,
      covered.faults,
      `farthest from black: ${covered.worst} levels`,
    ),
    check(
      'shown-area-similar',
      shown.tiles,
      shown.faults,
      `greatest mean difference of a tile: ${shown.worst.toFixed(1)} levels`,
    ),
    check('nothing-foreign', 1, foreign.length, foreign.join(', ')),
  ];
}

function foreignIn(bytes: Uint8Array, format: StillFormat, size: StillPixels): string[] {
  if (format === 'jpeg') return foreignInJpeg(bytes);
  return format === 'png' ? foreignInPng(bytes, size) : foreignInWebp(bytes);
}

/** The pixel of a tile farthest from black, and how much the tile differs from what was painted. */
function tileFacts(decoded: StillPixels, painted: StillPixels, cover: StillCover, tile: number) {
  const { widthPx, heightPx } = decoded;
  const x0 = (tile % cover.grid.tilesX) * TILE_PX;
  const y0 = Math.floor(tile / cover.grid.tilesX) * TILE_PX;
  const x1 = Math.min(widthPx, x0 + TILE_PX);
  const y1 = Math.min(heightPx, y0 + TILE_PX);
  let farthest = 0;
  let difference = 0;
  for (let y = y0; y < y1; y++) {
    const end = 3 * (y * widthPx + x1);
    for (let at = 3 * (y * widthPx + x0); at < end; at++) {
      const value = decoded.rgb[at]!;
      if (value > farthest) farthest = value;
      difference += Math.abs(value - painted.rgb[at]!);
    }
  }
  return { farthest, mean: difference / (3 * (x1 - x0) * (y1 - y0)) };
}

function check(
  name: StillProof['checks'][number]['name'],
  looked: number,
  faults: number,
  note: string,
): StillProof['checks'][number] {
  return { name, passed: faults === 0, looked, faults, note: note === '' ? 'none' : note };
}
