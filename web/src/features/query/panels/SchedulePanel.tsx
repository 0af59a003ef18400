import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asApiError, fieldMessages } from '@/api/errors';
import { putSchedule, removeSchedule, savedQueryQuery, savedRunsQuery, scheduleQuery } from '@/api/saved-queries';
import type { Frequency, ParameterDefinition, SavedQuery, Schedule } from '@/api/types';
import { Ago } from '@/components/Ago';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone, Tag, ui } from '@/components/primitives';
import { Select } from '@/components/Select';
import { toast } from '@/components/toast';
import { duration, plural } from '@/lib/format';
import { moment } from '@/lib/time';
import { ParameterControl } from '../ParameterControl';
import { bind, definitionsFor, valueText } from '../parameters';
import type { PanelProps } from './Panels';
import p from './panels.module.css';

const FREQUENCIES: [Frequency, string][] = [
  ['hourly', 'Every hour'],
  ['daily', 'Every day'],
  ['weekly', 'Every week'],
  ['monthly', 'Every month'],
];
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map(
  (name, index): [string, string] => [String(index + 1), name],
);
const numbers = (from: number, to: number, words: (n: number) => string) =>
  Array.from({ length: to - from + 1 }, (_, index): [string, string] => [String(from + index), words(from + index)]);
const DAYS = numbers(1, 28, (n) => `Day ${n}`);
const HOURS = numbers(0, 23, (n) => `${String(n).padStart(2, '0')} h UTC`);
const MINUTES = numbers(0, 59, (n) => `${String(n).padStart(2, '0')} min`);

function ScheduleForm({
  query,
  schedule,
  definitions,
}: {
  query: SavedQuery;
  schedule: Schedule | null;
  definitions: ParameterDefinition[];
}) {
  const client = useQueryClient();
  const [frequency, setFrequency] = useState<Frequency>(schedule?.frequency ?? 'daily');
  const [at, setAt] = useState({
    minute: String(schedule?.minute ?? 0),
    hour: String(schedule?.hour ?? 6),
    weekday: String(schedule?.weekday ?? 1),
    day: String(schedule?.day ?? 1),
  });
  const [enabled, setEnabled] = useState(schedule?.enabled ?? true);
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(Object.entries(schedule?.parameters ?? {}).map(([name, value]) => [name, valueText(value)])),
  );
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { bound, problems } = bind(definitions, values);
  const refresh = () => client.invalidateQueries({ queryKey: ['saved-queries', query.id] });
  const work = async (task: () => Promise<unknown>) => {
    setBusy(true);
    setError(null);
    try {
      await task();
      await refresh();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  const save = () => {
    setTried(true);
    if (Object.keys(problems).length > 0) return;
    void work(async () => {
      const made = await putSchedule(query.id, {
        frequency,
        minute: Number(at.minute),
        ...(frequency === 'hourly' ? {} : { hour: Number(at.hour) }),
        ...(frequency === 'weekly' ? { weekday: Number(at.weekday) } : {}),
        ...(frequency === 'monthly' ? { day: Number(at.day) } : {}),
        parameters: (bound.parameters ?? {}) as Schedule['parameters'],
        enabled,
      });
      void toast(made.enabled ? `It runs next on ${moment(made.next_run_at)}.` : 'The schedule is kept, but off.');
    });
  };
  const part = (name: keyof typeof at, label: string, options: [string, string][]) => (
    <Select label={label} value={at[name]} options={options} onChange={(value) => setAt({ ...at, [name]: value })} />
  );
  return (
    <form
      className={p.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {schedule ? (
        <p className={ui.meta}>
          {schedule.enabled ? `Runs next on ${moment(schedule.next_run_at)}.` : 'It is off.'}
          {schedule.last_run_at ? (
            <>
              {' '}
              It ran <Ago time={schedule.last_run_at} />.
            </>
          ) : null}
        </p>
      ) : (
        <p className={ui.meta}>It runs by itself, in your name; when a run fails, the bell says so.</p>
      )}
      <Select label="How often" value={frequency} options={FREQUENCIES} onChange={setFrequency} />
      <div className={p.times}>
        {frequency === 'weekly' ? part('weekday', 'Weekday', WEEKDAYS) : null}
        {frequency === 'monthly' ? part('day', 'Day', DAYS) : null}
        {frequency === 'hourly' ? null : part('hour', 'Hour', HOURS)}
        {part('minute', 'Minute', MINUTES)}
      </div>
      {definitions.map((definition) => (
        <ParameterControl
          key={definition.name}
          definition={definition}
          values={values}
          problem={tried ? problems[definition.name] : undefined}
          onChange={(text) => setValues({ ...values, [definition.name]: text })}
        />
      ))}
      <label className={p.check}>
        <input type="checkbox" checked={enabled} onChange={(event) => setEnabled(event.target.checked)} />
        On
      </label>
      {error ? <ErrorNotice error={error} /> : null}
      {error ? Object.values(fieldMessages(asApiError(error))).map((text) => <p key={text}>{text}</p>) : null}
      <div className={p.filters}>
        <Button type="submit" variant="filled" loading={busy}>
          Save the schedule
        </Button>
        {schedule ? (
          <Button
            variant="subtle"
            color="var(--bad)"
            disabled={busy}
            onClick={() => void work(() => removeSchedule(query.id))}
          >
            Remove it
          </Button>
        ) : null}
      </div>
    </form>
  );
}

/** When a saved query runs by itself, and how its last runs went. */
export default function SchedulePanel({ id }: PanelProps) {
  const query = useQuery(savedQueryQuery(id));
  const schedule = useQuery({ ...scheduleQuery(id), staleTime: 0 });
  const runs = useQuery({ ...savedRunsQuery(id), staleTime: 0 });
  const error = query.error ?? schedule.error;
  if (error) return <ErrorNotice error={error} onRetry={() => void schedule.refetch()} />;
  if (!query.data || schedule.data === undefined) return <Bone height={240} />;
  const definitions = definitionsFor(query.data.sql_query, query.data.parameter_definitions, []);
  const own = runs.data?.runs.filter((run) => run.started_by === 'schedule') ?? [];
  return (
    <div className={p.panel}>
      <h3 className={p.subject}>{query.data.name}</h3>
      <ScheduleForm
        key={schedule.data ? JSON.stringify(schedule.data) : 'none'}
        query={query.data}
        schedule={schedule.data}
        definitions={definitions}
      />
      {own.length > 0 ? (
        <section aria-label="Last runs">
          <h3 className={p.folder}>Last runs</h3>
          <ul className={p.list}>
            {own.map((run) => (
              <li key={run.query_id} className={p.rowMeta}>
                <Tag tone={run.status === 'completed' ? 'good' : 'bad'}>{run.status}</Tag>
                <span className={ui.meta}>
                  <Ago time={run.created_at} />
                  {run.row_count === undefined ? '' : `, ${plural(run.row_count, 'row')}`},{' '}
                  {duration(run.execution_time * 1000)}
                </span>
                {run.error_message ? <span className={ui.meta}>{run.error_message}</span> : null}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}
