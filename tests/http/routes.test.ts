import { rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../server/accounts/user.ts';
import { compose, type House } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { createHttpClient, type HttpClient, listen } from '../builders/http-client.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

// Who may call what, what comes back when a request is not as it must be, and what is never said.

const folder = temporaryFolder();
const password = 'correct horse battery';
const KEY = Buffer.alloc(32, 'key');
const now = { at: new Date('2026-11-23T10:00:00Z') };
const logged: string[] = [];
let house: House;
let url: string;
let stop: () => Promise<void>;
const clients = new Map<Role, HttpClient>();

beforeAll(async () => {
  const keyFile = path.join(folder, 'vault.key');
  writeFileSync(keyFile, KEY);
  const config = readConfig({
    DALIL_DATA: path.join(folder, 'data'),
    DALIL_VAULT_KEYFILE: keyFile,
  });
  const { createServiceLog } = await import('../../server/adapters/service-log.ts');
  const log = createServiceLog({ write: (line: string) => void logged.push(line) });
  house = await compose(config, { clock: { now: () => now.at }, log });
  ({ url, stop } = await listen(house));
  for (const role of ROLES) {
    await house.addUser({ login: role, role, password });
    const client = createHttpClient(url);
    expect((await client.signIn(role, password)).status).toBe(201);
    clients.set(role, client);
  }
});
afterAll(async () => {
  await stop?.();
  await house?.close();
  rmSync(folder, { recursive: true, force: true });
});
const lawyer = () => clients.get('lawyer')!;

/** An address of a route, with ids that nothing has. */
const addressOf = (route: string) =>
  route
    .replace('/packs/:id', `/packs/EP-${'a'.repeat(26)}`)
    .replace(':id', 'a'.repeat(26))
    .replace(':lang', 'ky')
    .replace(':picture', 'empty-scene');

describe('every route is for the roles that it lists, and for no other', () => {
  test('there is no route beside the table', () => {
    const table = new Set(house.routes.map((route) => route.path));
    const { stack } = house.app.router as unknown as { stack: { route?: { path: string } }[] };
    const mounted = stack.flatMap((layer) => (layer.route === undefined ? [] : [layer.route.path]));
    const open = ['/healthz', '/readyz', '/openapi.json', '/reference', '/verify'];
    expect(mounted.filter((one) => !table.has(one) && !open.includes(one))).toEqual([]);
    expect(house.routes.length).toBeGreaterThan(20);
  });

  test('nobody without a session gets in', async () => {
    for (const { method, path: route, roles } of house.routes) {
      if (roles === 'public') continue;
      const response = await fetch(url + addressOf(route), { method: method.toUpperCase() });
      // A body that is not JSON is refused before anybody asks who sends it.
      expect([401, 415], `${method} ${route}`).toContain(response.status);
    }
  });

  test.each(ROLES)('%s', async (role) => {
    const client = clients.get(role)!;
    for (const { method, path: route, roles } of house.routes) {
      if (roles === 'public' || route === '/api/v1/session') continue;
      const upper = method.toUpperCase();
      const body = upper === 'GET' || upper === 'DELETE' ? undefined : {};
      const response = await client.send(upper, addressOf(route), body);
      const allowed = roles.includes(role);
      if (allowed) expect([401, 403], `${upper} ${route}`).not.toContain(response.status);
      else expect(response.status, `${upper} ${route}`).toBe(403);
      expect(response.status, `${upper} ${route}`).toBeLessThan(500);
      await response.arrayBuffer();
    }
    // Whoever may lock the vault did.
    await lawyer().send('POST', '/api/v1/vault', { keyFile: KEY.toString('base64') });
  });
});

describe('a change', () => {
  test('without the token, with a wrong one, or from another site is refused', async () => {
    const forgeries: Record<string, string>[] = [
      { 'x-csrf-token': '' },
      { 'x-csrf-token': '0'.repeat(64) },
      { 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of forgeries) {
      const response = await lawyer().send('POST', '/api/v1/cases/selection', {}, headers);
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ code: 'CSRF_REFUSED' });
    }
  });

  test('as a form or as text, as other sites can send it, is refused', async () => {
    const body = '{"purpose":"counted","recipient":"ministry"}';
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const response = await fetch(`${url}/api/v1/cases/selection`, {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      });
      expect(response.status).toBe(415);
    }
  });
});

describe('signing in', () => {
  test('says the same of a wrong password and of an unknown login, then waits', async () => {
    const client = createHttpClient(url);
    await house.addUser({ login: 'victim', role: 'lawyer', password });
    const said = new Set<string>();
    for (const login of ['victim', 'nobody']) {
      for (let i = 0; i < 5; i++) {
        const response = await client.signIn(login, 'a wrong password');
        expect(response.status).toBe(401);
        said.add(await response.text());
      }
      const limited = await client.signIn(login, password);
      expect(limited.status).toBe(429);
      expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(said.size).toBe(1);
    now.at = new Date(now.at.getTime() + 16 * 60_000);
    expect((await client.signIn('victim', password)).status).toBe(201);
  });

  test('gives a new session each time, ends the old one, and none lives for ever', async () => {
    await house.addUser({ login: 'walker', role: 'auditor', password });
    const client = createHttpClient(url);
    const first = (await client.signIn('walker', password)).headers.get('set-cookie')!;
    expect(first).toMatch(/HttpOnly/);
    expect(first).toMatch(/SameSite=Strict/);
    const second = (await client.signIn('walker', password)).headers.get('set-cookie')!;
    expect(second.split(';')[0]).not.toBe(first.split(';')[0]);
    const old = await fetch(`${url}/api/v1/session`, { headers: { cookie: first.split(';')[0]! } });
    expect(old.status).toBe(401);
    expect((await client.get('/api/v1/session')).status).toBe(200);
    now.at = new Date(now.at.getTime() + 31 * 60_000);
    expect((await client.get('/api/v1/session')).status).toBe(401);
    await client.signIn('walker', password);
    for (let hour = 0; hour < 12; hour += 0.4) {
      now.at = new Date(now.at.getTime() + 0.4 * 60 * 60_000);
      await client.get('/api/v1/session');
    }
    expect((await client.get('/api/v1/session')).status).toBe(401);
    await client.signIn('walker', password);
    expect((await client.send('DELETE', '/api/v1/session')).status).toBe(204);
    expect((await client.get('/api/v1/session')).status).toBe(401);
  });
});

describe('bad requests are answered in words, and the service lives', () => {
  beforeAll(async () => {
    for (const role of ROLES) await clients.get(role)!.signIn(role, password);
  });

  test.each([
    ['no JSON', '{"purpose":', 400],
    ['wrong types', '{"purpose": 7, "recipient": []}', 400],
    [
      'unknown fields',
      '{"purpose":"counted","recipient":"ministry","__proto__":{"x":1},"y":1}',
      400,
    ],
    ['too deep', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, 400],
    ['too large', JSON.stringify({ purpose: 'x'.repeat(5_000_000) }), 413],
  ])('%s', async (_name, body, status) => {
    const session = (await (await lawyer().get('/api/v1/session')).json()) as { csrfToken: string };
    expect(session.csrfToken).toMatch(/^[0-9a-f]{64}$/);
    const response = await lawyer().send('POST', '/api/v1/cases/selection');
    expect(response.status).toBe(415);
    const raw = await rawPost('/api/v1/cases/selection', body, session.csrfToken);
    expect(raw.status).toBe(status);
    expect(JSON.parse(raw.body)).toMatchObject({
      code: expect.any(String),
      message: expect.stringMatching(/\.$/),
    });
  });

  /** A request whose body is exactly this text. */
  async function rawPost(route: string, body: string, csrf: string) {
    const signed = await createHttpClient(url).signIn('lawyer', password);
    const cookie = signed.headers.get('set-cookie')!.split(';')[0]!;
    const { csrfToken } = (await signed.json()) as { csrfToken: string };
    expect(csrfToken).not.toBe(csrf);
    const response = await fetch(url + route, {
      method: 'POST',
      headers: { cookie, 'x-csrf-token': csrfToken, 'content-type': 'application/json' },
      body,
    });
    return { status: response.status, body: await response.text() };
  }

  test('ids that are none, or nobody’s, are not found or refused', async () => {
    for (const id of ['..%2f..%2fetc', '%00', 'a'.repeat(26), 'A'.repeat(26), '1']) {
      const response = await lawyer().get(`/api/v1/recordings/${id}`);
      expect([400, 404]).toContain(response.status);
    }
    expect((await lawyer().get('/api/v1/nothing')).status).toBe(404);
    expect((await lawyer().send('PUT', '/api/v1/cases', {})).status).toBe(405);
  });

  test('ten thousand fields, no file, or no form', async () => {
    const form = new FormData();
    for (let i = 0; i < 10_000; i++) form.append(`field${i}`, 'x');
    form.append('file', new Blob(['x']), 'x.mp4');
    const session = await createHttpClient(url).signIn('lawyer', password);
    const cookie = session.headers.get('set-cookie')!.split(';')[0]!;
    const { csrfToken } = (await session.json()) as { csrfToken: string };
    const headers = { cookie, 'x-csrf-token': csrfToken };
    const many = await fetch(`${url}/api/v1/recordings`, { method: 'POST', headers, body: form });
    expect(many.status).toBe(413);
    const none = new FormData();
    none.append('kind', 'clip');
    const empty = await fetch(`${url}/api/v1/recordings`, { method: 'POST', headers, body: none });
    expect(empty.status).toBe(400);
    const json = await fetch(`${url}/api/v1/recordings`, { method: 'POST', headers, body: '{}' });
    expect(json.status).toBe(415);
  });

  test('hostile names are data, and come back as they were meant', async () => {
    for (const name of ['../../etc/passwd', 'Күбө\u202Egpj.mp4', '-y.mp4', 'a"b\\c.mp4']) {
      const response = await lawyer().upload(
        '/api/v1/recordings',
        { kind: 'clip' },
        { field: 'file', name, bytes: Buffer.from('not a clip') },
      );
      expect(response.status).toBe(201);
    }
    const list = await lawyer().get('/api/v1/recordings?limit=4');
    const { recordings } = (await list.json()) as { recordings: { fileName: string }[] };
    expect(recordings).toHaveLength(4);
    expect(recordings[2]!.fileName).toContain('Күбө');
  });

  test('an upload that breaks off leaves nothing', async () => {
    const before = await (await lawyer().get('/api/v1/recordings?limit=200')).json();
    const signed = await createHttpClient(url).signIn('lawyer', password);
    const cookie = signed.headers.get('set-cookie')!.split(';')[0]!;
    const { csrfToken } = (await signed.json()) as { csrfToken: string };
    const { port } = new URL(url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        const head =
          '--b\r\ncontent-disposition: form-data; name="kind"\r\n\r\nclip\r\n--b\r\ncontent-disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n';
        socket.write(
          `POST /api/v1/recordings HTTP/1.1\r\nhost: x\r\ncookie: ${cookie}\r\nx-csrf-token: ${csrfToken}\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: 1000000\r\n\r\n${head}${'x'.repeat(50_000)}`,
        );
        setTimeout(() => socket.destroy(), 300);
      });
      socket.once('close', () => resolve());
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await (await lawyer().get('/api/v1/recordings?limit=200')).json()).toEqual(before);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});

describe('what every answer says, and the log does not', () => {
  test('no page may run, frame or load anything, and nothing is kept', async () => {
    const response = await fetch(`${url}/healthz`);
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'/);
    expect(response.headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-powered-by')).toBeNull();
  });

  test('no name, address, query or file name is in the log', async () => {
    await fetch(`${url}/api/v1/cases?acts=canary-in-the-query`);
    await fetch(`${url}/canary-in-the-path`);
    await createHttpClient(url).signIn('canary-login', 'canary-password');
    const all = logged.join('');
    expect(all).toContain('"route":"/api/v1/cases"');
    for (const word of ['canary', '127.0.0.1', 'Күбө', 'passwd', 'dalil-session']) {
      expect(all).not.toContain(word);
    }
    for (const line of logged) expect(() => JSON.parse(line)).not.toThrow();
  });

  test('the description names every route, and is one that others can read', async () => {
    const description = (await (await fetch(`${url}/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { operationId: string; responses: object }>>;
    };
    expect(description.openapi).toBe('3.1.0');
    const told = Object.entries(description.paths).flatMap(([route, methods]) =>
      Object.keys(methods).map((method) => `${method} ${route}`),
    );
    const listed = house.routes.map(
      ({ method, path: route }) => `${method} ${route.replaceAll(/:(\w+)/g, '{$1}')}`,
    );
    expect(told.sort()).toEqual(listed.sort());
    const operations = Object.values(description.paths).flatMap((methods) =>
      Object.values(methods),
    );
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { responses } of operations) expect(Object.keys(responses)).toContain('default');
  });
});

test('a risk is not judged for a reader or a use that no list has', async () => {
  for (const query of ['recipient=police', 'recipient=ministry&use=revenge']) {
    const refused = await lawyer().get(`/api/v1/risk?${query}`);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ code: 'REQUEST_INVALID' });
  }
  expect((await lawyer().get('/api/v1/risk?recipient=ministry')).status).toBe(200);
});
