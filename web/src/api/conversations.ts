import { queryOptions } from '@tanstack/react-query';
import { request, requestEvents } from './client';
import type { Answer, Conversation, ConversationHead, ConversationList, Progress } from './types';

export interface Question {
  message: string;
  conversation_id?: string;
  /** Goes on from this turn of the conversation instead of the last one. */
  after_turn_id?: string;
  /** A picked choice or a changed part: replaces understanding the words. */
  reading?: unknown;
  context?: { available_data_sources?: string[]; user_preferences?: { locale?: string; time_zone?: string } };
}

/** Asks; `onStage` hears what is being worked on. */
export const ask = (question: Question, onStage: (progress: Progress) => void, signal?: AbortSignal) =>
  requestEvents<Answer>('/ai/conversation-enhanced', { method: 'POST', body: question, signal }, (name, data) => {
    if (name === 'stage') onStage(data as Progress);
  });

export const conversationsQuery = queryOptions({
  queryKey: ['conversations'],
  queryFn: ({ signal }) => request<ConversationList>('/ai/conversations', { signal }),
  staleTime: 30_000,
});

/** Conversations with these words in the title or in a question. */
export const conversationSearchQuery = (search: string) =>
  queryOptions({
    queryKey: ['conversations', 'search', search],
    queryFn: ({ signal }) => request<ConversationList>('/ai/conversations', { query: { search }, signal }),
    staleTime: 30_000,
  });

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversations', id],
    queryFn: ({ signal }) => request<Conversation>(`/ai/conversations/${encodeURIComponent(id)}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const renameConversation = (id: string, title: string) =>
  request<ConversationHead>(`/ai/conversations/${encodeURIComponent(id)}`, { method: 'PATCH', body: { title } });

export const deleteConversation = (id: string) =>
  request<void>(`/ai/conversations/${encodeURIComponent(id)}`, { method: 'DELETE' });
