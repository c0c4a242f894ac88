import type { BlobStore } from '../../kernel/blobs.ts';
import type { Sha256 } from '../../kernel/digest.ts';
import type { MediaSource, PictureStore, RecordingStore } from '../ports.ts';
import type { Recording } from '../recording.ts';
import type { FootageAnalysis } from './analysis.ts';
import { type ExportPicture, type PictureRequest, pictureName } from './export-pictures.ts';

/** A picture of a recording, kept: a PNG in the vault. */
export interface RecordedPicture {
  readonly blob: string;
  readonly sha256: Sha256;
}

/** Finds a picture of a recording, or makes and keeps it. */
export type GetRecordedPicture = (request: {
  recording: Recording;
  /** Asked for only when the picture is not there yet: an analysis takes long to read. */
  analysisOf: (recording: Recording) => Promise<FootageAnalysis>;
  picture: PictureRequest;
  signal: AbortSignal;
}) => Promise<RecordedPicture>;

/**
 * Creates the use case. A picture costs a decode of the recording and is looked at many times, so it
 * is made once for an analysis.
 *
 * @throws what {@link ExportPicture} throws.
 */
export function createGetRecordedPicture(deps: {
  blobs: BlobStore;
  pictures: PictureStore;
  recordings: RecordingStore;
  sourceOf: (blob: string) => MediaSource;
  exportPicture: ExportPicture;
}): GetRecordedPicture {
  const { blobs, pictures, recordings, sourceOf, exportPicture } = deps;

  return async function getRecordedPicture({ recording, analysisOf, picture, signal }) {
    // Every analysis lies in a blob of its own.
    const shown = `${recording.analysisBlob}/${pictureName(picture)}`;
    const name = { recording: recording.id, name: shown };
    const kept = await pictures.picture(name);
    if (kept !== null) return kept;
    const analysis = await analysisOf(recording);
    const others = new Map<string, MediaSource>();
    const scene =
      'light' in picture ? [analysis, ...analysis.otherLights][picture.light] : undefined;
    for (const { clip } of scene?.sampledElsewhere ?? []) {
      others.set(clip, sourceOf((await recordings.recording(clip)).blob));
    }
    const { png } = await exportPicture({
      source: sourceOf(recording.blob),
      sourceOf: (clip) => others.get(clip),
      analysis,
      picture,
      signal,
    });
    const { id: blob, sha256 } = await blobs.put([png]);
    const made = { blob, sha256 };
    const standing = await pictures.keepPicture(name, made);
    // Somebody asked at the same time and was faster.
    if (standing.blob !== blob) await blobs.destroy(blob);
    return standing;
  };
}
