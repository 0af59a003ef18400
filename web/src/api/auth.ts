import { queryOptions } from '@tanstack/react-query';
import { request } from './client';
import { clearSession, currentSession, saveSession, saveUser } from './session';
import type { Session, User } from './types';

export async function logIn(email: string, password: string): Promise<void> {
  const answer = await request<Session>('/auth/login', { method: 'POST', body: { email, password }, anonymous: true });
  saveSession(answer);
}

export interface SignUp {
  email: string;
  full_name: string;
  password: string;
  invite_token?: string;
}

export async function signUp(form: SignUp): Promise<void> {
  const answer = await request<Session>('/auth/signup', { method: 'POST', body: form, anonymous: true });
  saveSession(answer);
}

/** Ends the session on the server too; the page is logged out even when the server can not be told. */
export async function logOut(): Promise<void> {
  const session = currentSession();
  try {
    if (session) {
      await request<void>('/auth/logout', { method: 'POST', body: { refresh_token: session.refreshToken } });
    }
  } catch {
    // The tokens are forgotten below in any case.
  } finally {
    clearSession();
  }
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => {
    const user = await request<User>('/auth/me', { signal });
    saveUser(user);
    return user;
  },
  staleTime: 5 * 60_000,
});

export async function changeName(full_name: string): Promise<User> {
  const user = await request<User>('/auth/me', { method: 'PATCH', body: { full_name } });
  saveUser(user);
  return user;
}

export async function changePassword(current_password: string, new_password: string): Promise<void> {
  await request<void>('/auth/password', { method: 'POST', body: { current_password, new_password } });
}
