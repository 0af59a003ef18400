import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { asApiError, fieldMessages } from '@/api/errors';
import type { LimitsChange, LimitsInForce } from '@/api/types';
import { changeLimits, limitsQuery } from '@/api/workspace';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Field } from '@/components/Field';
import { Bone, Card } from '@/components/primitives';
import { toast } from '@/components/toast';
import { count } from '@/lib/format';
import s from './account.module.css';

const MIB = 1 << 20;

interface Limit {
  name: keyof LimitsChange & keyof LimitsInForce['most'];
  label: string;
  help: string;
  /** How much of the server's unit is one of the field's. */
  unit: number;
  least: number;
}

const LIMITS: Limit[] = [
  {
    name: 'concurrent_queries',
    label: 'Queries at a time',
    help: 'Further ones wait their turn, and see their place in the queue.',
    unit: 1,
    least: 1,
  },
  {
    name: 'max_rows',
    label: 'Rows of one result',
    help: 'A longer result is cut there, and says so. Exports have all rows.',
    unit: 1,
    least: 1,
  },
  {
    name: 'max_seconds',
    label: 'Seconds of one query',
    help: 'One that takes longer is stopped. An export may take ten times as long.',
    unit: 1,
    least: 1,
  },
  {
    name: 'memory_bytes',
    label: 'Memory of one query, in MiB',
    help: 'One that needs more goes on by way of the disk where it can, else it is stopped.',
    unit: MIB,
    least: 32,
  },
];

const most = (limits: LimitsInForce, { name, unit }: Limit) => Math.floor(limits.most[name] / unit);
/** What the workspace has set for itself; empty where it goes by the server. */
const own = (limits: LimitsInForce, { name, unit }: Limit) =>
  limits[name] === limits.most[name] ? '' : String(Math.round(limits[name] / unit));

function Form({ limits }: { limits: LimitsInForce }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => Object.fromEntries(LIMITS.map((limit) => [limit.name, own(limits, limit)])));
  const save = useMutation({
    mutationFn: () =>
      changeLimits(
        Object.fromEntries(
          LIMITS.flatMap(({ name, unit }) => (draft[name] ? [[name, Math.round(Number(draft[name]) * unit)]] : [])),
        ),
      ),
    onSuccess: (next) => {
      client.setQueryData(limitsQuery.queryKey, next);
      void toast('Queries keep to these limits from now on.');
    },
  });
  const said = save.error ? fieldMessages(asApiError(save.error)) : {};
  const wrong = (limit: Limit) => {
    const value = Number(draft[limit.name]);
    const fits = Number.isInteger(value) && value >= limit.least && value <= most(limits, limit);
    return draft[limit.name] === '' || fits
      ? said[limit.name]
      : `A whole number from ${count(limit.least)} to ${count(most(limits, limit))}.`;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      {LIMITS.map((limit) => (
        <Field
          key={limit.name}
          label={limit.label}
          inputMode="numeric"
          placeholder={`${count(most(limits, limit))}, as the server allows`}
          help={limit.help}
          value={draft[limit.name] ?? ''}
          error={wrong(limit)}
          onChange={(event) => setDraft({ ...draft, [limit.name]: event.target.value.trim() })}
        />
      ))}
      {save.error && Object.keys(said).length === 0 ? <ErrorNotice error={save.error} /> : null}
      <div>
        <Button
          type="submit"
          variant="filled"
          loading={save.isPending}
          disabled={LIMITS.some((limit) => wrong(limit) !== undefined && said[limit.name] === undefined)}
        >
          Save
        </Button>
      </div>
    </form>
  );
}

/** How much the queries of the workspace may take; an empty field goes by the server. */
export function QueryLimits() {
  const { data, error, refetch } = useQuery(limitsQuery);
  return (
    <Card className={s.card}>
      {error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : null}
      {data ? <Form limits={data} /> : error ? null : <Bone height={320} />}
    </Card>
  );
}
