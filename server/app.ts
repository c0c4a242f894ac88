import express, { type Express } from 'express';
import helmet from 'helmet';

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
 * Chromium are there, by name and without details.
 */
export function createApp(deps: { readiness: readonly ReadinessCheck[] }): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(helmet());
  app.use((_request, response, next) => {
    response.setHeader('cache-control', 'no-store');
    next();
  });
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', async (_request, response) => {
    const checks = await Promise.all(
      deps.readiness.map(async ({ name, check }) => {
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
  app.use((_request, response) => {
    response.status(404).json({ error: 'There is nothing at this address.' });
  });
  return app;
}
