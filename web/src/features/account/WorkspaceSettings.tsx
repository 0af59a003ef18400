import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { asApiError, fieldMessages } from '@/api/errors';
import type { WorkspaceSettings as Settings } from '@/api/types';
import { changeSettings, settingsQuery } from '@/api/workspace';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Field } from '@/components/Field';
import { Bone, Card } from '@/components/primitives';
import { Select } from '@/components/Select';
import { toast } from '@/components/toast';
import { currentLocale } from '@/lib/format';
import { capital } from '@/lib/words';
import s from './account.module.css';

const WEEK_STARTS: Settings['week_start'][] = ['monday', 'saturday', 'sunday'];

const monthName = (month: number) =>
  new Intl.DateTimeFormat(currentLocale(), { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, month - 1, 1));

function Form({ settings }: { settings: Settings }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(settings);
  const save = useMutation({
    mutationFn: () => changeSettings({ ...draft, time_zone: draft.time_zone.trim() }),
    onSuccess: (next) => {
      client.setQueryData(settingsQuery.queryKey, next);
      void toast('Questions count time so from now on.');
    },
  });
  const fields = save.error ? fieldMessages(asApiError(save.error)) : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Field
        label="Time zone"
        list="time-zones"
        placeholder={Intl.DateTimeFormat().resolvedOptions().timeZone}
        help="Empty: that of whoever asks."
        value={draft.time_zone}
        error={fields.time_zone}
        onChange={(event) => setDraft({ ...draft, time_zone: event.target.value })}
      />
      <datalist id="time-zones">
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <Select
        label="First day of the week"
        value={draft.week_start}
        options={WEEK_STARTS.map((day) => [day, capital(day)])}
        onChange={(week_start) => setDraft({ ...draft, week_start })}
      />
      <Select
        label="The fiscal year begins in"
        value={String(draft.fiscal_year_start)}
        options={Array.from({ length: 12 }, (_, index) => [String(index + 1), monthName(index + 1)])}
        onChange={(month) => setDraft({ ...draft, fiscal_year_start: Number(month) })}
      />
      {save.error && Object.keys(fields).length === 0 ? <ErrorNotice error={save.error} /> : null}
      <div>
        <Button type="submit" variant="filled" loading={save.isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}

/** How the workspace counts time; questions with “last week” or “fiscal year” go by it. */
export function WorkspaceSettings() {
  const { data, error, refetch } = useQuery(settingsQuery);
  return (
    <Card className={s.card}>
      {error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : null}
      {data ? <Form settings={data} /> : error ? null : <Bone height={220} />}
    </Card>
  );
}
