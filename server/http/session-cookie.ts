import type { Request, Response } from 'express';
import { sha256 } from '../kernel/digest.ts';

const NAME = 'dalil-session';
const TOKEN = /^[\w-]{43}$/;

/** The token in a request's cookie; null when there is none that could be one. */
export function sessionToken(request: Request): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=');
    if (name === NAME && value !== undefined && TOKEN.test(value)) return value;
  }
  return null;
}

/** Gives the token to the browser alone: no script reads it, no other site sends it. */
export function setSessionCookie(response: Response, token: string, secure: boolean): void {
  response.cookie(NAME, token, { httpOnly: true, sameSite: 'strict', path: '/', secure });
}

/** Takes the token back. */
export function clearSessionCookie(response: Response, secure: boolean): void {
  response.clearCookie(NAME, { httpOnly: true, sameSite: 'strict', path: '/', secure });
}

/** What a page of ours sends with every change, and another site cannot know. */
export function csrfToken(token: string): string {
  return sha256(`dalil/csrf/${token}`);
}
