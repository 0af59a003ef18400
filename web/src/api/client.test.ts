import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { request } from './client';
import { ApiError } from './errors';
import { clearSession, currentSession, saveSession } from './session';

const session = (token: string, refresh: string, seconds = 900) => ({
  access_token: token,
  token_type: 'bearer',
  refresh_token: refresh,
  expires_in: seconds,
  user: {
    id: 'u1',
    email: 'ada@example.com',
    full_name: 'Ada',
    is_active: true,
    created_at: '2026-03-03T10:00:00Z',
    updated_at: '2026-03-03T10:00:00Z',
    owns_install: true,
    workspace_id: 'w1',
    workspaces: [],
  },
});

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

/** A server that knows which tokens are good and counts renewals. */
function fakeServer(good: Set<string>, options: { renewal?: () => Response | Promise<Response> } = {}) {
  const calls: { path: string; token: string | null }[] = [];
  vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
    const path = new URL(address, 'http://server').pathname;
    const token = new Headers(init.headers).get('authorization')?.replace('Bearer ', '') ?? null;
    calls.push({ path, token });
    if (path === '/api/auth/refresh') {
      if (options.renewal) return await options.renewal();
      good.add('new');
      return json(200, session('new', 'refresh-2'));
    }
    if (token && good.has(token)) return json(200, { token });
    return json(401, { error: { code: 'unauthenticated', message: 'Who is asking?', hint: 'Log in.' } });
  });
  return { calls, renewals: () => calls.filter((call) => call.path === '/api/auth/refresh').length };
}

beforeEach(() => {
  localStorage.clear();
  clearSession();
});
afterEach(() => vi.unstubAllGlobals());

test('a token that the server refuses is renewed and the request sent again', async () => {
  const server = fakeServer(new Set());
  saveSession(session('old', 'refresh-1'));
  await expect(request('/files')).resolves.toEqual({ token: 'new' });
  expect(server.renewals()).toBe(1);
  expect(currentSession()?.refreshToken).toBe('refresh-2');
});

test('many requests at once renew once', async () => {
  const server = fakeServer(new Set());
  saveSession(session('old', 'refresh-1'));
  await Promise.all(Array.from({ length: 8 }, (_, index) => request(`/files/${index}`)));
  expect(server.renewals()).toBe(1);
});

test('a token that is about to end is renewed before it is used', async () => {
  const server = fakeServer(new Set(['old']));
  saveSession(session('old', 'refresh-1', 5));
  await request('/files');
  expect(server.calls.map((call) => call.token)).toEqual([null, 'new']);
});

test('what another tab has renewed is taken over', async () => {
  const server = fakeServer(new Set(['theirs']));
  saveSession(session('old', 'refresh-1'));
  const stored = JSON.parse(localStorage.getItem('sextant.session') ?? '{}');
  localStorage.setItem(
    'sextant.session',
    JSON.stringify({ ...stored, accessToken: 'theirs', refreshToken: 'refresh-9' }),
  );
  await expect(request('/files')).resolves.toEqual({ token: 'theirs' });
  expect(server.renewals()).toBe(0);
});

test('a refused renewal ends the session', async () => {
  fakeServer(new Set(), { renewal: () => json(401, { error: { code: 'unauthenticated', message: 'Over.' } }) });
  saveSession(session('old', 'refresh-1'));
  await expect(request('/files')).rejects.toMatchObject({ status: 401, code: 'session_over' });
  expect(currentSession()).toBeNull();
});

test('a server that can not be reached while renewing does not end the session', async () => {
  fakeServer(new Set(), { renewal: () => Promise.reject(new TypeError('network')) });
  saveSession(session('old', 'refresh-1'));
  await expect(request('/files')).rejects.toMatchObject({ status: 0 });
  expect(currentSession()?.refreshToken).toBe('refresh-1');
});

test('errors carry message, hint and request id; other bodies become a sentence', async () => {
  saveSession(session('old', 'refresh-1'));
  vi.stubGlobal('fetch', async () =>
    json(404, { error: { code: 'not_found', message: 'No such file.', hint: 'Pick one.', request_id: 'r1' } }),
  );
  const error = await request('/files/x').catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ status: 404, message: 'No such file.', hint: 'Pick one.', requestId: 'r1' });
  vi.stubGlobal('fetch', async () => new Response('<html>Bad gateway</html>', { status: 502 }));
  await expect(request('/files')).rejects.toMatchObject({ code: 'unexpected_answer', status: 502 });
});
