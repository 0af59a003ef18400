/** One door to the server: addresses, tokens, errors. Every call goes through `request`. */
import { ApiError, errorFromText, unreachable } from './errors';
import { exclusive } from './exclusive';
import { clearSession, currentSession, rereadSession, saveSession } from './session';
import { readSse } from './sse';
import type { Session } from './types';

/** Empty when the page is served by the same process; set at build time for a page hosted elsewhere. */
export const API_BASE: string = (import.meta.env.VITE_API_BASE ?? '').replace(/\/$/, '');

/** Renew this long before the token ends, so that no request meets an expired one. */
const EARLY_MS = 20_000;

type QueryValue = string | number | boolean | undefined | null;

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  query?: Record<string, QueryValue>;
  signal?: AbortSignal;
  accept?: string;
  /** Log-in and sign-up carry no token, and a 401 there means a wrong password. */
  anonymous?: boolean;
}

export function address(path: string, query?: Record<string, QueryValue>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null) search.set(name, String(value));
  }
  const text = search.toString();
  return `${API_BASE}/api${path}${text ? `?${text}` : ''}`;
}

async function send(path: string, options: RequestOptions, token: string | undefined): Promise<Response> {
  const headers: Record<string, string> = { accept: options.accept ?? 'application/json' };
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  if (token) headers.authorization = `Bearer ${token}`;
  try {
    return await fetch(address(path, options.query), {
      method: options.method ?? 'GET',
      headers,
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: options.signal,
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw unreachable();
  }
}

let renewal: Promise<string | undefined> | null = null;

/**
 * Gives a fresh access token, or undefined when the session is over. One renewal at a time in this
 * tab, and one at a time over all tabs; a tab that comes second takes what the first one got.
 */
function renew(usedToken: string): Promise<string | undefined> {
  renewal ??= exclusive('sextant.renewal', async () => {
    const stored = rereadSession();
    if (!stored) return undefined;
    if (stored.accessToken !== usedToken) return stored.accessToken;
    const response = await send(
      '/auth/refresh',
      { method: 'POST', body: { refresh_token: stored.refreshToken } },
      undefined,
    );
    if (response.ok) {
      const answer = (await response.json()) as Session;
      saveSession(answer);
      return answer.access_token;
    }
    if (response.status === 401 || response.status === 403 || response.status === 422) {
      clearSession();
      return undefined;
    }
    throw errorFromText(response.status, await response.text());
  }).finally(() => {
    renewal = null;
  });
  return renewal;
}

/** A token that is good for at least a few seconds; throws 401 when there is no session. */
export async function freshToken(): Promise<string> {
  const session = currentSession();
  const token =
    session && session.expiresAt - EARLY_MS < Date.now() ? await renew(session.accessToken) : session?.accessToken;
  if (!token) throw sessionOver();
  return token;
}

/** For callers that send by other means (uploads): renews after a 401 with this token. */
export async function tokenAfter401(usedToken: string): Promise<string> {
  const token = await renew(usedToken);
  if (!token) throw sessionOver();
  return token;
}

function sessionOver(): ApiError {
  return new ApiError(401, {
    code: 'session_over',
    message: 'Your session has ended.',
    hint: 'Log in again to go on.',
  });
}

/** Sends with a good token, and once more with a renewed one when the server wants that. */
async function answerTo(path: string, options: RequestOptions): Promise<Response> {
  const token = options.anonymous ? undefined : await freshToken();
  const response = await send(path, options, token);
  if (response.status !== 401 || !token) return response;
  return await send(path, options, await tokenAfter401(token));
}

async function jsonOf<T>(response: Response): Promise<T> {
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  if (!response.ok) throw errorFromText(response.status, text);
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new ApiError(response.status, {
      code: 'unexpected_answer',
      message: 'The server gave an answer that is not JSON.',
      hint: 'Something between this page and the server may have changed it. Reload the page.',
    });
  }
}

export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  return await jsonOf<T>(await answerTo(path, options));
}

/**
 * A request whose answer may come as events: `answer` ends it, `error` fails it, everything else goes
 * to `onEvent`. A server that answers at once with JSON is as good.
 */
export async function requestEvents<T>(
  path: string,
  options: RequestOptions,
  onEvent: (name: string, data: unknown) => void,
): Promise<T> {
  const response = await answerTo(path, { ...options, accept: 'text/event-stream' });
  if (!response.ok || !response.body || !response.headers.get('content-type')?.includes('text/event-stream')) {
    return await jsonOf<T>(response);
  }
  const end: { answer?: T; error?: ApiError } = {};
  try {
    await readSse(response.body, (event) => {
      if (event.name === 'answer') end.answer = JSON.parse(event.data) as T;
      else if (event.name === 'error') end.error = errorFromText(500, event.data);
      else onEvent(event.name, JSON.parse(event.data));
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    if (end.answer === undefined) throw unreachable();
  }
  if (end.error) throw end.error;
  if (end.answer === undefined) throw unreachable();
  return end.answer;
}
