import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { applyToCaches, refreshAll } from '@/api/cache';
import { startRealtime } from '@/api/realtime';
import type { Notification } from '@/api/types';
import { onUploaded } from '@/api/uploads';
import { toast } from '@/components/toast';

/** Joins the push channel to the caches for as long as somebody is logged in. */
export function RealtimeBridge() {
  const client = useQueryClient();
  useEffect(
    () =>
      startRealtime({
        onEvent: (event) => {
          applyToCaches(client, event);
          if (event.type === 'notification.created') {
            // Files tell of themselves, in their cards and in the tray.
            const { type, title } = event.data as Pick<Notification, 'type' | 'title'>;
            if (!/^(file|source)\./.test(type)) void toast(title);
          }
        },
        // What was loaded before the channel opened may already be behind.
        onOpen: (resumed) => {
          if (!resumed) refreshAll(client);
        },
      }),
    [client],
  );
  useEffect(() => onUploaded(() => void client.invalidateQueries({ queryKey: ['files'] })), [client]);
  return null;
}
