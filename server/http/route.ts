import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Role, User } from '../accounts/user.ts';

/** What a handler is given: only what its route declared, checked. */
export interface RouteCall<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Who is signed in; null on public routes without a session. */
  readonly user: User | null;
  /** Token of the session; null without one. */
  readonly token: string | null;
  /** Digest of the user's Idempotency-Key; null without one. What costs takes its name from it. */
  readonly onceKey: string | null;
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
  /** Aborted when the service is told to stop: what is not done soon is broken off. */
  readonly closing: AbortSignal;
  readonly request: Request;
  readonly response: Response;
}

/**
 * What a handler answers. JSON goes through the route's own schema, which drops nothing and refuses
 * what it does not list; anything else was written to the response by the handler itself.
 */
export type RouteAnswer =
  | { readonly status: number; readonly json: unknown; readonly headers?: Record<string, string> }
  | { readonly status: 204 }
  | 'answered';

/** One route: address, who may, what goes in and out, and the one use case behind it. */
export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** As Express reads it; parameters are named in `params`. */
  readonly path: string;
  readonly roles: readonly Role[] | 'public';
  /** One line for the reference. */
  readonly summary: string;
  /** While the vault is locked such a route answers 423. */
  readonly needsVault: boolean;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** A form with one file, which the handler reads itself: its fields, then the file. */
  readonly form?: { readonly file: string; readonly fields?: z.ZodType };
  /** What a good answer is: a schema for JSON, or a media type. */
  readonly answer: {
    readonly status: number;
    readonly schema?: z.ZodType;
    readonly mediaType?: string;
  };
  /** Asked twice with the same Idempotency-Key, it is done once and answered twice. */
  readonly idempotent?: boolean;
  handle(call: RouteCall<never, never, never>): Promise<RouteAnswer>;
}

type Checked<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** Declares a route; the types of its call follow from its schemas. */
export function defineRoute<
  Params extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(
  route: Omit<Route, 'params' | 'query' | 'body' | 'handle'> & {
    params?: Params;
    query?: Query;
    body?: Body;
    handle(call: RouteCall<Checked<Params>, Checked<Query>, Checked<Body>>): Promise<RouteAnswer>;
  },
): Route {
  return route as unknown as Route;
}
