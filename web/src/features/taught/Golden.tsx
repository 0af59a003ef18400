import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { acceptGolden, goldenQuery, removeGolden, runGolden } from '@/api/golden';
import type { GoldenQuestion } from '@/api/types';
import { Ago } from '@/components/Ago';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone, Card, Section, Tag, type Tone } from '@/components/primitives';
import { plural } from '@/lib/format';
import s from './taught.module.css';

const OUTCOMES: Record<NonNullable<GoldenQuestion['outcome']>, [string, Tone]> = {
  same: ['same answer', 'good'],
  different: ['another answer', 'warn'],
  failed: ['no answer', 'bad'],
};

function Line({ one }: { one: GoldenQuestion }) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ['golden'] });
  const accept = useMutation({ mutationFn: () => acceptGolden(one.id), onSuccess: refresh });
  const remove = useMutation({ mutationFn: () => removeGolden(one.id), onSuccess: refresh });
  const outcome = one.outcome ? OUTCOMES[one.outcome] : null;
  const error = accept.error ?? remove.error;
  return (
    <div className={s.line}>
      <div className={s.what}>
        <p>
          <b>{one.question}</b>
        </p>
        {(one.found?.differences ?? []).map((difference) => (
          <p key={difference} className={s.difference}>
            {difference}
          </p>
        ))}
        <small>
          {plural(one.expected.total_rows, 'row')} expected{one.user ? `, vouched for by ${one.user}` : ''},{' '}
          {one.checked_at ? (
            <>
              asked again <Ago time={one.checked_at} />
            </>
          ) : (
            'not asked again yet'
          )}
        </small>
        {error ? <ErrorNotice error={error} /> : null}
      </div>
      {outcome ? <Tag tone={outcome[1]}>{outcome[0]}</Tag> : null}
      {one.outcome === 'different' ? (
        <Button size="compact-sm" loading={accept.isPending} onClick={() => accept.mutate()}>
          Expect this from now on
        </Button>
      ) : null}
      <Button size="compact-sm" loading={remove.isPending} onClick={() => remove.mutate()}>
        Remove
      </Button>
    </div>
  );
}

/** Answers that are compared whenever their data change. */
export function Golden() {
  const client = useQueryClient();
  const golden = useQuery(goldenQuery);
  const run = useMutation({
    mutationFn: runGolden,
    onSuccess: (list) => client.setQueryData(goldenQuery.queryKey, list),
  });
  const questions = golden.data?.questions ?? [];
  return (
    <Section
      title="Golden questions"
      note="asked again on every new version of their data"
      action={
        questions.length > 0 ? (
          <Button size="compact-sm" loading={run.isPending} onClick={() => run.mutate()}>
            Ask all again
          </Button>
        ) : null
      }
    >
      {golden.error ? <ErrorNotice error={golden.error} onRetry={() => void golden.refetch()} /> : null}
      {run.error ? <ErrorNotice error={run.error} /> : null}
      {golden.isPending ? <Bone height={64} /> : null}
      {golden.data ? (
        <Card className={s.list}>
          {questions.length === 0 ? (
            <p className={s.none}>None yet. Vouch for an answer in a conversation, and you are told when it changes.</p>
          ) : null}
          {questions.map((one) => (
            <Line key={one.id} one={one} />
          ))}
        </Card>
      ) : null}
    </Section>
  );
}
