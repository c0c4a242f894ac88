import type { AddressInfo } from 'node:net';
import type { House } from '../../server/compose.ts';

/** A client with nothing but HTTP: keeps its cookie and sends its token, as a browser page does. */
export interface HttpClient {
  readonly url: string;
  signIn(login: string, password: string): Promise<Response>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  send(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Response>;
  /** A form: its fields first, then the file. */
  upload(
    path: string,
    fields: Record<string, string>,
    file: { field: string; name: string; bytes: Uint8Array },
    headers?: Record<string, string>,
  ): Promise<Response>;
  /** Forgets the session, as another browser has none. */
  forget(): void;
}

/** Lets a house listen on loopback until it is told to stop. */
export async function listen(house: House): Promise<{ url: string; stop(): Promise<void> }> {
  const server = house.app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Creates a client. */
export function createHttpClient(url: string): HttpClient {
  let cookie = '';
  let csrf = '';
  const headersOf = (more: Record<string, string>) => ({
    ...(cookie === '' ? {} : { cookie }),
    ...(csrf === '' ? {} : { 'x-csrf-token': csrf }),
    ...more,
  });
  const client: HttpClient = {
    url,
    async signIn(login, password) {
      const response = await client.send('POST', '/api/v1/session', { login, password });
      const given = response.headers.get('set-cookie');
      if (response.status === 201 && given !== null) {
        cookie = given.split(';')[0]!;
        csrf = ((await response.clone().json()) as { csrfToken: string }).csrfToken;
      }
      return response;
    },
    get: (path, headers = {}) => fetch(url + path, { headers: headersOf(headers) }),
    send: (method, path, body, headers = {}) =>
      fetch(url + path, {
        method,
        headers: headersOf({
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        }),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    upload(path, fields, { field, name, bytes }, headers = {}) {
      const form = new FormData();
      for (const [key, value] of Object.entries(fields)) form.append(key, value);
      form.append(field, new Blob([bytes as Uint8Array<ArrayBuffer>]), name);
      return fetch(url + path, { method: 'POST', headers: headersOf(headers), body: form });
    },
    forget() {
      cookie = '';
      csrf = '';
    },
  };
  return client;
}
