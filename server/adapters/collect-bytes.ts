import { CasesError } from '../cases/errors.ts';

/**
 * Collects a file in memory, up to a limit.
 *
 * @throws {CasesError} `TABLE_UNREADABLE` as soon as the limit is passed.
 */
export async function collectBytes(
  source: AsyncIterable<Uint8Array>,
  limitBytes: number,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of source) {
    size += part.length;
    if (size > limitBytes) {
      throw new CasesError(
        'TABLE_UNREADABLE',
        `The file is larger than ${Math.floor(limitBytes / 1_048_576)} MB. Split it, by half-year for instance.`,
      );
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}
