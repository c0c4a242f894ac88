import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { HttpError, problemOf, statusOf } from './problem.ts';

/** Answers every error by the one table, and notes those that are ours. */
export function answerErrors(log: Logger) {
  return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    const known = understood(error);
    const status = statusOf(known) ?? 500;
    const incident = String(response.locals.requestId ?? '');
    if (status >= 500) log.error({ request: incident, err: known }, 'request failed');
    // The answer has begun already: all that is left is to break it off, which the client notices.
    if (response.headersSent) {
      next(error);
      return;
    }
    const { retryAfterS } = (known ?? {}) as { retryAfterS?: unknown };
    if (typeof retryAfterS === 'number') response.setHeader('retry-after', retryAfterS);
    // What was not read of a refused upload is not waited for.
    if (!request.complete) response.setHeader('connection', 'close');
    response.status(status).json(problemOf(known, incident));
  };
}

/** Errors of Express and its parsers, in our own words. */
function understood(error: unknown): unknown {
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown };
  if (type === 'entity.too.large') {
    return new HttpError('BODY_TOO_LARGE', 'The body is larger than any request needs.', {
      cause: error,
    });
  }
  if (status === 400 || type === 'entity.parse.failed') {
    return new HttpError(
      'REQUEST_INVALID',
      'The request cannot be read: its JSON or address is malformed.',
      {
        cause: error,
      },
    );
  }
  if (status === 415) {
    return new HttpError('MEDIA_TYPE_UNSUPPORTED', 'Send JSON in UTF-8, without compression.', {
      cause: error,
    });
  }
  return error;
}
