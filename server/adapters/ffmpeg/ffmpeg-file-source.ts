import { stat } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { FootageError } from '../../footage/errors.ts';
import type { MediaSource } from '../../footage/ports.ts';

/**
 * A recording that lies in a file.
 *
 * @throws (by `open`) {FootageError} `SOURCE_UNREADABLE` or `SOURCE_EMPTY`.
 */
export function fileMediaSource(path: string): MediaSource {
  return {
    async open() {
      const file = await stat(path).catch((cause: unknown) => {
        throw new FootageError(
          'SOURCE_UNREADABLE',
          'The recording cannot be opened. Check its name and that it may be read.',
          { cause },
        );
      });
      if (!file.isFile()) {
        throw new FootageError(
          'SOURCE_UNREADABLE',
          'This is no file. Choose the recording itself.',
        );
      }
      if (file.size === 0) {
        throw new FootageError(
          'SOURCE_EMPTY',
          'The recording is empty: it has no bytes. Copy it from the recorder again.',
        );
      }
      return {
        url: fileUrl(path),
        protocols: 'file',
        close: async () => undefined,
      };
    },
  };
}

/** A `file:` address that ffmpeg takes literally: it decodes no percent signs. */
export function fileUrl(path: string): string {
  return `file:${decodeURIComponent(pathToFileURL(path).pathname)}`;
}
