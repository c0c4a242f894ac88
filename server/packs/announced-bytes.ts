import { type Sha256, startSha256 } from '../kernel/digest.ts';
import { PackError } from './errors.ts';

/**
 * The bytes of a file, as long as they are those that were announced.
 *
 * @throws {PackError} `CONTENT_CHANGED`, after the last byte, when they were others.
 */
export async function* announcedBytes(
  { sha256: announced, sizeBytes }: { readonly sha256: Sha256; readonly sizeBytes: number },
  bytes: AsyncIterable<Uint8Array>,
  onBytes: (count: number) => void = () => undefined,
): AsyncIterable<Uint8Array> {
  const hash = startSha256();
  let read = 0;
  for await (const part of bytes) {
    hash.update(part);
    read += part.length;
    onBytes(part.length);
    yield part;
  }
  if (read === sizeBytes && hash.digest() === announced) return;
  throw new PackError(
    'CONTENT_CHANGED',
    'A file of the pack is not what it was when the pack was put together, so nothing was made of it. Restore it from a backup, or make the pack anew.',
  );
}
