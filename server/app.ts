import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { answerErrors } from './http/answer-errors.ts';
import { logRequests } from './http/log-requests.ts';
import { mountRoutes, type RouteGround } from './http/mount-routes.ts';
import { HttpError } from './http/problem.ts';
import type { Route } from './http/route.ts';

/** One thing that must work before the service can. */
export interface ReadinessCheck {
  readonly name: string;
  /** Resolves when it works, rejects when it does not. */
  check(): Promise<void>;
}

/**
 * Assembles the service from what was built. It listens nowhere and reads no environment.
 *
 * `/healthz` answers while the process lives; `/readyz` says whether database, disk, ffmpeg and
 * Chromium are there, by name and without details; `/openapi.json` describes every route, and
 * `/reference` does so for people. `/verify` is the page that judges packs in a browser.
 */
export function createApp(deps: {
  readiness: readonly ReadinessCheck[];
  routes: readonly Route[];
  ground: RouteGround;
  /** What `/openapi.json` says. */
  description: object;
  /** The same for people, and the hash of its style. */
  reference: { readonly html: string; readonly styleHash: string };
  /** The page that judges packs; it needs neither vault nor database. */
  verifyPage: () => Promise<{ readonly bytes: Uint8Array; readonly policy: string }>;
  log: Logger;
}): Express {
  const { readiness, routes, ground, description, reference, verifyPage, log } = deps;
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(logRequests(log));
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'none'"],
          frameAncestors: ["'none'"],
        },
      },
      referrerPolicy: { policy: 'no-referrer' },
    }),
  );
  app.use((_request, response, next) => {
    response.setHeader('cache-control', 'no-store');
    next();
  });
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', async (_request, response) => {
    const checks = await Promise.all(
      readiness.map(async ({ name, check }) => {
        const ready = await check().then(
          () => true,
          () => false,
        );
        return [name, ready] as const;
      }),
    );
    const ready = checks.every(([, ok]) => ok);
    response.status(ready ? 200 : 503).json({ ready, checks: Object.fromEntries(checks) });
  });
  app.get('/reference', (_request, response) => {
    const policy = `${response.getHeader('content-security-policy')};style-src '${reference.styleHash}'`;
    response.setHeader('content-security-policy', policy);
    response.type('html').send(reference.html);
  });
  app.get('/verify', async (_request, response) => {
    const { bytes, policy } = await verifyPage();
    response.setHeader('content-security-policy', `${policy}; frame-ancestors 'none'`);
    response.type('html').send(Buffer.from(bytes));
  });
  app.get('/openapi.json', (_request, response) => {
    response.json(description);
  });
  mountRoutes(app, routes, ground);
  app.use(() => {
    throw new HttpError('NOT_FOUND', 'There is nothing at this address. See /reference.');
  });
  app.use(answerErrors(log));
  return app;
}
