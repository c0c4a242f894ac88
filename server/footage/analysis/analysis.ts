import type { Sha256 } from '../../kernel/digest.ts';
import { sha256 } from '../../kernel/digest.ts';
import type { Box } from '../box.ts';
import type { FrameIndex } from '../frame-index.ts';
import { type FrameSpan, holds } from '../frame-span.ts';
import type { CarriedPlace } from './carried-places.ts';
import type { FootageObject } from './footage-object.ts';
import type { FrameBoxes } from './frame-boxes.ts';
import type { UnstablePlace } from './unstable-places.ts';

/** Changes whenever the same clip would be analysed otherwise. */
export const ANALYSIS_VERSION = 10;

/** What was seen in a clip. It holds pictures of people: sealed wherever it is kept. */
export interface FootageAnalysis {
  readonly version: typeof ANALYSIS_VERSION;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly index: FrameIndex;
  /** Pictures of the recording that are damaged, so that it has no frame of them. */
  readonly undecodedFrames: number;
  /** CRC-32 of every frame's cells: a later reading must see the very same frames. */
  readonly frameChecks: Uint32Array;
  /** Frames whose median the empty scene is, together with those of other recordings. */
  readonly sampledFrames: readonly number[];
  readonly sampledElsewhere: readonly SampledElsewhere[];
  /** The empty scene as planes of cells, Y, U and V, in the light that most of the clip has. */
  readonly emptyScene: Uint8Array;
  /** The same place in other lights that the clip shows for long. */
  readonly otherLights: readonly OtherLight[];
  /** Where the empty scene may show what is not always there, by light: 0 is the first. */
  readonly unstable: readonly (UnstablePlace & { readonly light: number })[];
  /** The threshold with which the foreground was found. */
  readonly threshold: number;
  readonly foreground: FrameBoxes;
  /** Frames in which light or view changed as a whole. */
  readonly wholeFrames: readonly number[];
  /** Covered in every frame while nobody has approved the empty scene. */
  readonly doubtfulPlaces: readonly Box[];
  /** Covered beside a switch of light, for somebody may stand in the scene of one of both. */
  readonly carriedPlaces: readonly CarriedPlace[];
  readonly objects: readonly FootageObject[];
}

/** Frames of another recording of the same camera that have a say in an empty scene. */
export interface SampledElsewhere {
  /** As whoever asked for the analysis named it. */
  readonly clip: string;
  readonly frames: readonly number[];
}

/** The empty scene by night, where it is by day otherwise; or the other way round. */
export interface OtherLight {
  readonly sampledFrames: readonly number[];
  readonly sampledElsewhere: readonly SampledElsewhere[];
  readonly emptyScene: Uint8Array;
  /** Frames that are compared with it. */
  readonly spans: readonly FrameSpan[];
}

/** The empty scene that a frame is compared with. */
export function emptySceneAt(
  analysis: Pick<FootageAnalysis, 'emptyScene' | 'otherLights'>,
  frame: number,
): Uint8Array {
  const other = analysis.otherLights.find(({ spans }) => holds(spans, frame));
  return (other ?? analysis).emptyScene;
}

/** The digest by which plans and proofs name the empty scene, in all its lights. */
export function emptySceneDigest(
  analysis: Pick<FootageAnalysis, 'emptyScene' | 'otherLights'>,
): Sha256 {
  const scenes = [analysis, ...analysis.otherLights].map(({ emptyScene }) => emptyScene);
  return sha256(Buffer.concat(scenes));
}

/** The digest by which a plan names the picture of an object; null when it never stood still. */
export function pictureDigest(object: FootageObject): Sha256 | null {
  return object.dwell === null ? null : sha256(object.dwell.picture.planes);
}
