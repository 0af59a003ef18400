import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { forget, teachingsQuery } from '@/api/teachings';
import type { TeachingDetail } from '@/api/types';
import { Ago } from '@/components/Ago';
import { useCrumb } from '@/components/crumb';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone, Card, Page, PageHead, Section, Tag } from '@/components/primitives';
import { plural } from '@/lib/format';
import { Golden } from './Golden';
import { PinForm } from './PinForm';
import { TermForm } from './TermForm';
import s from './taught.module.css';

const ORIGINS: Record<TeachingDetail['origin'], string> = {
  conversation: 'said in a conversation',
  choice: 'a choice that was made',
  page: 'written here',
};

function Line({ one }: { one: TeachingDetail }) {
  const client = useQueryClient();
  const undo = useMutation({
    mutationFn: () => forget(one.id),
    onSuccess: () => client.invalidateQueries({ queryKey: ['teachings'] }),
  });
  return (
    <div className={s.line}>
      <div className={s.what}>
        <p>
          <b>{one.phrase}</b> {one.kind === 'term' ? 'means' : 'is answered by'}{' '}
          {one.words || 'something that the data do not have any more'}
        </p>
        {one.meaning.sql_query ? <code>{one.meaning.sql_query}</code> : null}
        <small>
          {ORIGINS[one.origin]}
          {one.user ? `, ${one.user}` : ''}, <Ago time={one.created_at} />
        </small>
        {undo.error ? <ErrorNotice error={undo.error} /> : null}
      </div>
      {one.words ? null : <Tag tone="warn">not used</Tag>}
      <Button size="compact-sm" loading={undo.isPending} onClick={() => undo.mutate()}>
        Take back
      </Button>
    </div>
  );
}

/** What questions take for granted in this workspace, and how to change it. */
export default function TaughtPage() {
  const { data, error, isPending, refetch } = useQuery(teachingsQuery);
  useCrumb('Taught');
  const list = data?.teachings ?? [];
  return (
    <Page>
      <PageHead
        title={
          data
            ? list.length > 0
              ? `${plural(list.length, 'thing')} that questions know here`
              : 'Nothing was taught yet'
            : 'What questions know here'
        }
        lede="It holds for everyone in the workspace, at once. Receipts say where it was used."
      />
      {error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : null}
      {isPending ? <Bone height={96} /> : null}
      {list.length > 0 ? (
        <Card className={s.list}>
          {list.map((one) => (
            <Line key={one.id} one={one} />
          ))}
        </Card>
      ) : null}
      <Golden />
      <div className={s.forms}>
        <Section title="A word" note="wherever a question says it">
          <TermForm />
        </Section>
        <Section title="A question" note="answered by SQL of yours">
          <PinForm />
        </Section>
      </div>
    </Page>
  );
}
