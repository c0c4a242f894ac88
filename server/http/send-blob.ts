import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { BlobStore } from '../kernel/blobs.ts';
import { HttpError } from './problem.ts';

/**
 * Sends a stored file as a download, all of it or the range that was asked for (RFC 9110, 14). The
 * name is ours; nothing of it is kept by caches, and no browser guesses what it might be.
 */
export async function sendBlob(
  request: Request,
  response: Response,
  file: { blobs: BlobStore; blob: string; name: string; mediaType: string; etag: string },
): Promise<'answered'> {
  const { blobs, blob, name, mediaType, etag } = file;
  const sizeBytes = await blobs.sizeOf(blob);
  response.setHeader('content-type', mediaType);
  response.setHeader('content-disposition', `attachment; filename="${name}"`);
  response.setHeader('accept-ranges', 'bytes');
  response.setHeader('etag', `"${etag}"`);
  if (request.headers['if-none-match'] === `"${etag}"`) {
    response.status(304).end();
    return 'answered';
  }
  const range = rangeOf(request, sizeBytes, etag);
  if (range === 'unsatisfiable') {
    response.setHeader('content-range', `bytes */${sizeBytes}`);
    throw new HttpError('RANGE_NOT_SATISFIABLE', 'The file has no such range. Ask for less.');
  }
  if (range !== null) {
    response.setHeader('content-range', `bytes ${range.start}-${range.end - 1}/${sizeBytes}`);
  }
  const { start, end } = range ?? { start: 0, end: sizeBytes };
  response.setHeader('content-length', end - start);
  response.status(range === null ? 200 : 206);
  if (request.method === 'HEAD') response.end();
  else await pipeline(Readable.from(blobs.read(blob, { start, end })), response);
  return 'answered';
}

/** One range, if one was asked for and it is still the same file. */
function rangeOf(request: Request, sizeBytes: number, etag: string) {
  const condition = request.headers['if-range'];
  if (condition !== undefined && condition !== `"${etag}"`) return null;
  const ranges = request.range(sizeBytes);
  if (ranges === undefined || ranges === -2) return null;
  if (ranges === -1) return 'unsatisfiable';
  const [only] = ranges;
  if (ranges.length !== 1 || only === undefined) return null;
  return { start: only.start, end: only.end + 1 };
}
