import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { ask, conversationQuery } from '@/api/conversations';
import type { Answer, Conversation, Turn } from '@/api/types';
import { currentLocale } from '@/lib/format';
import type { Change } from './changes';

export interface Pending {
  change: Change;
  stage?: string;
  error?: unknown;
}

function turnOf(question: string, answer: Answer): Turn {
  return { id: answer.turn_id, question, answer, created_at: new Date().toISOString() };
}

/** One thread: its turns, the question that is being worked on, and how to ask the next one. */
export function useThread(id: string | undefined) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const stored = useQuery({ ...conversationQuery(id ?? ''), enabled: id !== undefined });
  const [pending, setPending] = useState<Pending | null>(null);
  const running = useRef<AbortController | null>(null);

  // A question belongs to its thread: leaving the thread leaves it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the thread changes
  useEffect(() => {
    setPending(null);
    return () => running.current?.abort();
  }, [id]);

  const send = useCallback(
    async (change: Change) => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      setPending({ change });
      try {
        const answer = await ask(
          {
            message: change.message,
            ...(change.reading === undefined ? {} : { reading: change.reading }),
            ...(id ? { conversation_id: id } : {}),
            ...(change.after ? { after_turn_id: change.after } : {}),
            context: {
              ...(change.sources ? { available_data_sources: change.sources } : {}),
              user_preferences: {
                locale: currentLocale(),
                time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
              },
            },
          },
          (progress) => {
            if (!controller.signal.aborted) setPending({ change, stage: progress.stage });
          },
          controller.signal,
        );
        if (controller.signal.aborted) return;
        const now = new Date().toISOString();
        client.setQueryData<Conversation>(['conversations', answer.conversation_id], (before) => {
          const turns = [...(before?.turns ?? []), turnOf(change.message, answer)];
          const conversation = before?.conversation ?? {
            id: answer.conversation_id,
            title: change.message,
            created_at: now,
            turns: 0,
            updated_at: now,
          };
          return { conversation: { ...conversation, turns: turns.length, updated_at: now }, turns };
        });
        void client.invalidateQueries({ queryKey: ['conversations'], exact: true });
        running.current = null;
        setPending(null);
        if (!id) navigate(`/conversation/${answer.conversation_id}`, { replace: true });
      } catch (error) {
        if (!controller.signal.aborted) setPending({ change, error });
      }
    },
    [client, id, navigate],
  );

  const stop = useCallback(() => {
    running.current?.abort();
    running.current = null;
    setPending(null);
  }, []);

  return { stored, turns: id ? (stored.data?.turns ?? []) : [], pending, send, stop };
}
