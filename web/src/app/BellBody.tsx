import '@mantine/core/styles/Popover.layer.css';
import { ActionIcon, Popover } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { markRead, notificationsQuery } from '@/api/notifications';
import type { Notification, NotificationList } from '@/api/types';
import { Ago } from '@/components/Ago';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone } from '@/components/primitives';
import s from './shell.module.css';

function targetOf(notification: Notification): string {
  if (typeof notification.data?.query_id === 'string') return `/query-builder?saved=${notification.data.query_id}`;
  const id = notification.data?.source_id ?? notification.data?.file_id;
  return typeof id === 'string' ? `/sources/${id}` : '/files';
}

export default function BellBody() {
  const [opened, setOpened] = useState(false);
  const { data, isPending, error, refetch } = useQuery(notificationsQuery);
  const unread = data?.unread_count ?? 0;
  const client = useQueryClient();
  // What was seen is read; the dots stay until the panel is closed.
  const toggle = (open: boolean) => {
    setOpened(open);
    if (open) {
      if (unread > 0) markRead().catch(() => undefined);
      return;
    }
    client.setQueryData<NotificationList>(['notifications'], (list) =>
      list
        ? { ...list, unread_count: 0, notifications: list.notifications.map((one) => ({ ...one, read: true })) }
        : list,
    );
  };
  return (
    <Popover opened={opened} onChange={toggle} position="bottom-end" width={360} trapFocus>
      <Popover.Target>
        <ActionIcon
          className={s.iconBtn}
          aria-label={unread > 0 ? `Notifications, ${unread} unread` : 'Notifications'}
          size={32}
          onClick={() => toggle(!opened)}
        >
          <IconBell size={17} stroke={1.6} />
          {unread > 0 ? <i className={s.badge} /> : null}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={s.bell} aria-label="Notifications">
        <h2>Notifications</h2>
        {isPending ? (
          <div className={s.bellBones}>
            <Bone height={32} />
            <Bone height={32} />
          </div>
        ) : error ? (
          <ErrorNotice error={error} onRetry={() => void refetch()} />
        ) : data.notifications.length === 0 ? (
          <p className={s.bellEmpty}>Nothing yet. When a file is ready or needs you, it says so here.</p>
        ) : (
          <ul>
            {data.notifications.slice(0, 30).map((notification) => (
              <li key={notification.id} data-unread={!notification.read}>
                <Link to={targetOf(notification)} onClick={() => toggle(false)}>
                  <b>{notification.title}</b>
                  <span>{notification.message}</span>
                  <small>
                    <Ago time={notification.created_at} />
                  </small>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
