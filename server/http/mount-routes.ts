import express, { type Express, type Request, type Response } from 'express';
import type { z } from 'zod';
import type { Sessions } from '../accounts/sessions.ts';
import type { User } from '../accounts/user.ts';
import { type OncePerKey, onceKeyOf } from './idempotency.ts';
import { HttpError } from './problem.ts';
import type { Route, RouteAnswer } from './route.ts';
import { csrfToken, sessionToken } from './session-cookie.ts';

const JSON_LIMIT = '4mb';

/** What every route stands on. */
export interface RouteGround {
  readonly sessions: Sessions;
  readonly isLocked: () => boolean;
  readonly oncePerKey: OncePerKey;
  /** Aborted when the service is told to stop: from then on it takes no new work. */
  readonly closing: AbortSignal;
}

/**
 * Mounts routes: who may, then CSRF, then the vault, then the shape of what came in, then the handler,
 * then the shape of what goes out. An answer that its schema does not list is a fault of ours.
 */
export function mountRoutes(app: Express, routes: readonly Route[], ground: RouteGround): void {
  const json = express.json({ limit: JSON_LIMIT, strict: true, type: 'application/json' });
  for (const route of routes) {
    const handle = async (request: Request, response: Response) => {
      if (ground.closing.aborted) throw closing();
      const token = sessionToken(request);
      const user = await userFor(route, token, ground.sessions);
      if (route.method !== 'get' && user !== null) refuseForgery(request, token!);
      if (route.needsVault && ground.isLocked()) throw locked();
      const gone = new AbortController();
      response.once('close', () => gone.abort());
      const call = {
        params: checked(route.params, request.params, 'path') as never,
        query: checked(route.query, request.query, 'query') as never,
        body: checked(route.body, request.body, 'body') as never,
        user,
        token,
        onceKey: onceKeyOf(request, user?.id ?? null),
        signal: gone.signal,
        closing: ground.closing,
        request,
        response,
      };
      const answer = await ground.oncePerKey(route, call, () => route.handle(call));
      send(response, route, answer);
    };
    const parse = route.body === undefined ? [] : [requireJson, json];
    app[route.method](route.path, ...parse, handle);
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    app.all(path, () => {
      throw new HttpError(
        'METHOD_NOT_ALLOWED',
        'This address does not do that. See the reference.',
      );
    });
  }
}

async function userFor(
  route: Route,
  token: string | null,
  sessions: Sessions,
): Promise<User | null> {
  if (route.roles === 'public') return null;
  const user = await sessions.userOf(token ?? undefined);
  if (route.roles.includes(user.role)) return user;
  throw new HttpError('FORBIDDEN', 'Your role may not do that. Ask somebody whose role may.');
}

/** Changes need a token that only our own pages know, and come from nowhere else. */
function refuseForgery(request: Request, token: string): void {
  const site = request.headers['sec-fetch-site'];
  const foreign = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (!foreign && request.headers['x-csrf-token'] === csrfToken(token)) return;
  throw new HttpError(
    'CSRF_REFUSED',
    'The request has no valid X-CSRF-Token. Get one from /api/v1/session and send it again.',
  );
}

function requireJson(request: Request, _response: Response, next: (error?: unknown) => void): void {
  const refusal = new HttpError('MEDIA_TYPE_UNSUPPORTED', 'Send JSON, as application/json.');
  next(request.is('application/json') ? undefined : refusal);
}

function checked(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const field = [where, ...issue.path.map(String)].join('.');
  // Messages of zod quote what came in; the field and what is expected are enough.
  throw new HttpError(
    'REQUEST_INVALID',
    `${field} is missing, too much, or not of the form that the reference says.`,
    { field },
  );
}

function send(response: Response, route: Route, answer: RouteAnswer): void {
  if (answer === 'answered') return;
  if (!('json' in answer)) {
    response.status(answer.status).end();
    return;
  }
  const body = route.answer.schema?.parse(answer.json) ?? answer.json;
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  response.status(answer.status).json(body);
}

function locked(): HttpError {
  return new HttpError(
    'VAULT_LOCKED',
    'The vault is locked. Whoever knows its passphrase must open it first.',
  );
}

function closing(): HttpError {
  return new HttpError(
    'SHUTTING_DOWN',
    'The service is stopping. Send the request again when it is back.',
  );
}
