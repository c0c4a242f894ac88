import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';
import {
  clearSessionCookie,
  csrfToken,
  sessionToken,
  setSessionCookie,
} from '../http/session-cookie.ts';
import type { Sessions } from './sessions.ts';
import type { SignIn } from './sign-in.ts';
import { ROLES, type User } from './user.ts';

const SESSION = z.strictObject({
  login: z.string(),
  role: z.enum(ROLES),
  csrfToken: z.string().describe('to be sent as X-CSRF-Token with every change'),
});

/** Signing in and out. */
export function accountRoutes(deps: {
  signIn: SignIn;
  sessions: Sessions;
  secureCookies: boolean;
}): Route[] {
  const { signIn, sessions, secureCookies } = deps;
  const present = ({ login, role }: User, token: string) => ({
    login,
    role,
    csrfToken: csrfToken(token),
  });
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/session',
      roles: 'public',
      summary: 'Sign in; the session comes as a cookie, always a new one',
      needsVault: false,
      body: z.strictObject({ login: z.string().max(64), password: z.string().max(1_024) }),
      answer: { status: 201, schema: SESSION },
      async handle({ body, request, response }) {
        const { user, token } = await signIn(body, sessionToken(request) ?? undefined);
        setSessionCookie(response, token, secureCookies);
        return { status: 201, json: present(user, token) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/session',
      roles: ROLES,
      summary: 'Who is signed in, and the token that changes need',
      needsVault: false,
      answer: { status: 200, schema: SESSION },
      handle: async ({ user, token }) => ({ status: 200, json: present(user!, token!) }),
    }),
    defineRoute({
      method: 'delete',
      path: '/api/v1/session',
      roles: ROLES,
      summary: 'Sign out',
      needsVault: false,
      answer: { status: 204 },
      async handle({ token, response }) {
        await sessions.end(token!);
        clearSessionCookie(response, secureCookies);
        return { status: 204 };
      },
    }),
  ];
}
