import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { forget, teachingsQuery } from '@/api/teachings';
import type { Teaching } from '@/api/types';
import { ErrorNotice } from '@/components/ErrorNotice';
import { toast } from '@/components/toast';
import s from './conversation.module.css';

/** After something was taught: the way to take it back. */
export function TaughtNote({ teaching }: { teaching: Teaching }) {
  const client = useQueryClient();
  const known = useQuery(teachingsQuery).data?.teachings.find(
    (one) => one.kind === teaching.kind && one.phrase === teaching.phrase && one.words === teaching.words,
  );
  const undo = useMutation({
    mutationFn: (id: string) => forget(id),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['teachings'] });
      void toast(`“${teaching.phrase}” is forgotten.`);
    },
  });
  return (
    <div className={s.taughtNote}>
      {known ? (
        <Button size="compact-sm" loading={undo.isPending} onClick={() => undo.mutate(known.id)}>
          Take it back
        </Button>
      ) : null}
      <Link to="/taught">All that was taught</Link>
      {undo.error ? <ErrorNotice error={undo.error} /> : null}
    </div>
  );
}
