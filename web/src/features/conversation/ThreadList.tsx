import { Button } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useDeferredValue, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import {
  conversationSearchQuery,
  conversationsQuery,
  deleteConversation,
  renameConversation,
} from '@/api/conversations';
import type { ConversationHead } from '@/api/types';
import { ActionMenu } from '@/components/ActionMenu';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone } from '@/components/primitives';
import { toast } from '@/components/toast';
import { groupThreads } from './threads';
import s from './threads.module.css';

function Rename({ thread, onDone }: { thread: ConversationHead; onDone: () => void }) {
  const [title, setTitle] = useState(thread.title);
  const client = useQueryClient();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      if (title.trim() && title.trim() !== thread.title) await renameConversation(thread.id, title.trim());
      void client.invalidateQueries({ queryKey: ['conversations'] });
    } catch (error) {
      void toast(error instanceof Error ? error.message : 'The name could not be changed.', { bad: true });
    }
    onDone();
  };
  return (
    <form onSubmit={submit}>
      <input
        className={s.rename}
        // biome-ignore lint/a11y/noAutofocus: the person just asked to write here
        autoFocus
        aria-label="New name"
        value={title}
        maxLength={120}
        onChange={(event) => setTitle(event.target.value)}
        onBlur={submit}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone();
        }}
      />
    </form>
  );
}

/** All conversations, the newest first, in the groups that memory has. */
export function ThreadList({ activeId, onOpen }: { activeId: string | undefined; onOpen?: () => void }) {
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search.trim());
  const { data, error, isPending, refetch } = useQuery(
    wanted ? conversationSearchQuery(wanted) : { ...conversationsQuery },
  );
  const [renaming, setRenaming] = useState<string | null>(null);
  const [deleting, setDeleting] = useState<ConversationHead | null>(null);
  const client = useQueryClient();
  const navigate = useNavigate();
  const remove = async (thread: ConversationHead) => {
    await deleteConversation(thread.id);
    void client.invalidateQueries({ queryKey: ['conversations'] });
    if (thread.id === activeId) navigate('/conversation', { replace: true });
  };
  return (
    <>
      <Button
        size="sm"
        leftSection={<IconPlus size={16} stroke={1.6} />}
        justify="flex-start"
        mx={8}
        component={Link}
        to="/conversation"
        onClick={onOpen}
      >
        New conversation
      </Button>
      <input
        type="search"
        className={s.threadSearch}
        placeholder="Search conversations"
        aria-label="Search conversations"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {wanted && data?.conversations.length === 0 ? (
        <p className={s.noThreads}>No title and no question has “{wanted}”.</p>
      ) : null}
      {isPending ? (
        <div className={s.threadBones}>
          <Bone height={20} />
          <Bone height={20} />
          <Bone height={20} />
        </div>
      ) : null}
      {error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : null}
      {groupThreads(data?.conversations ?? []).map(([name, list]) => (
        <div key={name}>
          <h2 className={s.period}>{name}</h2>
          {list.map((thread) =>
            renaming === thread.id ? (
              <Rename key={thread.id} thread={thread} onDone={() => setRenaming(null)} />
            ) : (
              <div key={thread.id} className={s.threadRow} data-active={thread.id === activeId}>
                <Link
                  to={`/conversation/${thread.id}`}
                  className={s.thread}
                  aria-current={thread.id === activeId ? 'page' : undefined}
                  title={thread.title}
                  onClick={onOpen}
                >
                  {thread.title}
                </Link>
                <ActionMenu
                  label={`Actions for ${thread.title}`}
                  actions={[
                    { label: 'Rename', icon: IconPencil, onClick: () => setRenaming(thread.id) },
                    { label: 'Delete', icon: IconTrash, onClick: () => setDeleting(thread), danger: true },
                  ]}
                />
              </div>
            ),
          )}
        </div>
      ))}
      {deleting ? (
        <ConfirmDialog
          title="Delete this conversation?"
          action="Delete"
          onConfirm={() => remove(deleting)}
          onClose={() => setDeleting(null)}
        >
          <b>{deleting.title}</b> goes with its questions and answers. This can not be undone.
        </ConfirmDialog>
      ) : null}
    </>
  );
}
