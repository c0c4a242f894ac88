import { fileMediaSource } from '../adapters/ffmpeg-file-source.ts';
import { MOST_OTHERS, type OtherRecording } from '../footage/sample-elsewhere.ts';
import { UsageError } from './exit-codes.ts';

/** How the option is declared, for every command that looks for an empty scene. */
export const SAME_CAMERA = [
  '--same-camera <files...>',
  'other recordings of the camera, unmoved, that help to find its empty scene',
] as const;

/**
 * The recordings that the option names. An analysis knows them by their places in the command.
 *
 * @throws {UsageError} when there are too many.
 */
export function sameCamera(files: readonly string[] = []): { others: OtherRecording[] } {
  if (files.length > MOST_OTHERS) {
    throw new UsageError(`--same-camera takes ${MOST_OTHERS} recordings at most. Name fewer.`);
  }
  return {
    others: files.map((file, place) => ({ name: `${place + 1}`, source: fileMediaSource(file) })),
  };
}
