import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { newId } from '../kernel/ids.ts';

/**
 * Notes every request by an id of its own: method, route, status and time. Never addresses of
 * visitors, query strings, file names or bodies; the route's pattern stands for its path.
 */
export function logRequests(log: Logger) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const started = performance.now();
    const id = newId();
    response.locals.requestId = id;
    response.setHeader('x-request-id', id);
    response.once('close', () => {
      const { path: route } = (request.route ?? {}) as { path?: string };
      log.info({
        request: id,
        method: request.method,
        route: route ?? 'none',
        status: response.writableFinished ? response.statusCode : 499,
        ms: Math.round(performance.now() - started),
      });
    });
    next();
  };
}
