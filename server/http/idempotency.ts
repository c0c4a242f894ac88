import type { Request } from 'express';
import { canonicalJson, type JsonValue } from '../kernel/canonical-json.ts';
import { sha256 } from '../kernel/digest.ts';
import { HttpError } from './problem.ts';
import type { Route, RouteAnswer, RouteCall } from './route.ts';

/** What was answered to a key. */
export interface KeptAnswer {
  /** Digest of what was asked. */
  readonly asked: string;
  readonly status: number;
  readonly json: JsonValue;
}

/** Where answers are kept, durably, so that a retry after a crash finds them. */
export interface IdempotencyStore {
  find(key: string): Promise<KeptAnswer | null>;
  keep(key: string, answer: KeptAnswer): Promise<void>;
}

const KEY = /^[\w-]{8,128}$/;

/**
 * What names a request of a user that is to be done once; null when it has no Idempotency-Key.
 *
 * @throws {HttpError} `REQUEST_INVALID` for what is no key.
 */
export function onceKeyOf(request: Request, userId: string | null): string | null {
  const given = request.headers['idempotency-key'];
  if (given === undefined) return null;
  if (typeof given === 'string' && KEY.test(given)) return sha256(`${userId ?? ''}/${given}`);
  throw new HttpError(
    'REQUEST_INVALID',
    'An Idempotency-Key has 8 to 128 letters, digits, dashes or underscores.',
    { field: 'header.idempotency-key' },
  );
}

/** Does work once per Idempotency-Key of a user; a repetition gets the first answer. */
export type OncePerKey = (
  route: Route,
  call: RouteCall<unknown, unknown, unknown>,
  work: () => Promise<RouteAnswer>,
) => Promise<RouteAnswer>;

/**
 * Creates it. Two requests of one key at the same time wait for each other; a key that is used for
 * something else is refused. Of an upload only the length is compared: its bytes are not read again.
 */
export function createOncePerKey(deps: { store: IdempotencyStore }): OncePerKey {
  const { store } = deps;
  const running = new Map<string, Promise<unknown>>();

  return async function oncePerKey(route, call, work) {
    const { onceKey: key, request } = call;
    if (route.idempotent !== true || key === null) return await work();
    return await oneAtATime(key, async () => {
      const { body = null } = call as { body?: JsonValue };
      const length = route.form === undefined ? null : request.headers['content-length'];
      const asked = sha256(
        canonicalJson([route.method, request.originalUrl, body, length ?? null]),
      );
      const kept = await store.find(key);
      if (kept !== null && kept.asked !== asked) {
        throw new HttpError(
          'IDEMPOTENCY_CONFLICT',
          'This Idempotency-Key was used for another request. Take a new one.',
        );
      }
      if (kept !== null) {
        request.resume();
        return { status: kept.status, json: kept.json };
      }
      const answer = await work();
      if (answer !== 'answered' && 'json' in answer) {
        const json = JSON.parse(JSON.stringify(answer.json)) as JsonValue;
        await store.keep(key, { asked, status: answer.status, json });
      }
      return answer;
    });
  };

  async function oneAtATime<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = running.get(key);
    const mine = (async () => {
      await before?.catch(() => {});
      return await work();
    })();
    running.set(key, mine);
    try {
      return await mine;
    } finally {
      if (running.get(key) === mine) running.delete(key);
    }
  }
}
