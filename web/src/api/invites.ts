import { queryOptions } from '@tanstack/react-query';
import { request } from './client';
import type { Invite, InviteList } from './types';

export const invitesQuery = queryOptions({
  queryKey: ['invites'],
  queryFn: ({ signal }) => request<InviteList>('/auth/invites', { signal }),
});

/** The token of the answer is shown this once. */
export const invite = (email: string, role: Invite['role']) =>
  request<Invite>('/auth/invites', { method: 'POST', body: { ...(email ? { email } : {}), role } });

export const revokeInvite = (id: string) =>
  request<void>(`/auth/invites/${encodeURIComponent(id)}`, { method: 'DELETE' });

/** What a colleague opens to join. */
export const inviteLink = (token: string) => `${location.origin}/signup?invite=${encodeURIComponent(token)}`;
