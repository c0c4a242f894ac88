import type { Sha256 } from '../kernel/digest.ts';
import { sha256 } from '../kernel/digest.ts';
import type { Box } from './box.ts';
import type { FootageObject } from './footage-object.ts';
import type { FrameBoxes } from './frame-boxes.ts';
import type { FrameIndex } from './frame-index.ts';

/** Changes whenever the same clip would be analysed otherwise. */
export const ANALYSIS_VERSION = 3;

/** What was seen in a clip. It holds pictures of people: sealed wherever it is kept. */
export interface FootageAnalysis {
  readonly version: typeof ANALYSIS_VERSION;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly index: FrameIndex;
  /** CRC-32 of every frame's cells: a later reading must see the very same frames. */
  readonly frameChecks: Uint32Array;
  /** Frames whose median the empty scene is. */
  readonly sampledFrames: readonly number[];
  /** The empty scene as planes of cells, Y, U and V. */
  readonly emptyScene: Uint8Array;
  /** The threshold with which the foreground was found. */
  readonly threshold: number;
  readonly foreground: FrameBoxes;
  /** Frames in which light or view changed as a whole. */
  readonly wholeFrames: readonly number[];
  /** Covered in every frame while nobody has approved the empty scene. */
  readonly doubtfulPlaces: readonly Box[];
  readonly objects: readonly FootageObject[];
}

/** The digest by which plans and proofs name the empty scene. */
export function emptySceneDigest(analysis: FootageAnalysis): Sha256 {
  return sha256(analysis.emptyScene);
}

/** The digest by which a plan names the picture of an object; null when it never stood still. */
export function pictureDigest(object: FootageObject): Sha256 | null {
  return object.dwell === null ? null : sha256(object.dwell.picture.planes);
}
