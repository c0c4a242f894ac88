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

/** Does work once per Idempotency-Key of a user; a repetition gets the first answer. */
export type OncePerKey = (
  route: Route,
  call: RouteCall<unknown, unknown, unknown>,
  work: () => Promise<RouteAnswer>,
) => Promise<RouteAnswer>;

/**
 * Creates it. Two requests of one key at the same time wait for each other; a key that is used for
 * something else is refused.
 */
export function createOncePerKey(deps: { store: IdempotencyStore }): OncePerKey {
  const { store } = deps;
  const running = new Map<string, Promise<unknown>>();

  return async function oncePerKey(route, call, work) {
    const given = call.request.headers['idempotency-key'];
    if (route.idempotent !== true || given === undefined) return await work();
    if (typeof given !== 'string' || !KEY.test(given)) {
      throw new HttpError(
        'REQUEST_INVALID',
        'An Idempotency-Key has 8 to 128 letters, digits, dashes or underscores.',
        { field: 'header.idempotency-key' },
      );
    }
    const key = sha256(`${call.user?.id ?? ''}/${given}`);
    return await oneAtATime(key, async () => {
      const asked = sha256(
        canonicalJson([route.method, call.request.path, (call.body ?? null) as JsonValue]),
      );
      const kept = await store.find(key);
      if (kept !== null && kept.asked !== asked) {
        throw new HttpError(
          'IDEMPOTENCY_CONFLICT',
          'This Idempotency-Key was used for another request. Take a new one.',
        );
      }
      if (kept !== null) return { status: kept.status, json: kept.json };
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
