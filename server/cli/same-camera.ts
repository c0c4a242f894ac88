import path from 'node:path';
import { fileMediaSource } from '../adapters/ffmpeg/ffmpeg-file-source.ts';
import { MOST_OTHERS, type OtherRecording } from '../footage/analysis/sample-elsewhere.ts';
import { UsageError } from './exit-codes.ts';

/** How the option is declared, for every command that looks for an empty scene. */
export const SAME_CAMERA = [
  '--same-camera <files...>',
  'other recordings of the camera, unmoved, that help to find its empty scene',
] as const;

/**
 * The recordings that the option names. An analysis knows them by their places in the command.
 *
 * @param file - the recording that they are to help with.
 * @throws {UsageError} when there are too many, or one is named twice.
 */
export function sameCamera(
  file: string,
  files: readonly string[] = [],
): { others: OtherRecording[] } {
  if (files.length > MOST_OTHERS) {
    throw new UsageError(`--same-camera takes ${MOST_OTHERS} recordings at most. Name fewer.`);
  }
  if (new Set([file, ...files].map((name) => path.resolve(name))).size <= files.length) {
    throw new UsageError('--same-camera names a recording twice. Name each of them once.');
  }
  return {
    others: files.map((name, place) => ({ name: `${place + 1}`, source: fileMediaSource(name) })),
  };
}
