import { ActionIcon, Button } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { asApiError, fieldMessages } from '@/api/errors';
import type { Metric, Model } from '@/api/types';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Field } from '@/components/Field';
import { Card, Section } from '@/components/primitives';
import { Select } from '@/components/Select';
import { readable } from '@/lib/words';
import s from './model.module.css';
import { listOf, useModelChange } from './useModelChange';

/** sum("orders"."net_amount") as people read it: sum(orders.net_amount) */
export const plainExpression = (expression: string) => expression.replaceAll('"', '');

function MetricForm({ model, metric, onClose }: { model: Model; metric: Metric | null; onClose: () => void }) {
  const tables = model.schema_definition.tables;
  const metrics = model.schema_definition.metrics;
  const [name, setName] = useState(metric?.name ?? '');
  const [table, setTable] = useState(metric?.table ?? tables[0]?.name ?? '');
  const [expression, setExpression] = useState(metric?.expression ?? '');
  const [unit, setUnit] = useState(metric?.unit ?? '');
  const [synonyms, setSynonyms] = useState(metric?.synonyms.join(', ') ?? '');
  const save = useModelChange(model, onClose);
  const messages = save.error ? fieldMessages(asApiError(save.error)) : {};
  const message = (member: string) => Object.entries(messages).find(([path]) => path.includes(`].${member}`))?.[1];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = { name: name.trim(), table, expression, unit: unit.trim(), synonyms: listOf(synonyms) };
    const others = metrics.filter((one) => one !== metric);
    save.mutate({ metrics: metric ? metrics.map((one) => (one === metric ? wanted : one)) : [...others, wanted] });
  };
  return (
    <form className={s.editor} onSubmit={submit} aria-label={metric ? `Metric ${metric.name}` : 'New metric'}>
      <div className={s.grid}>
        <Field
          label="Name"
          autoFocus
          value={name}
          error={message('name')}
          onChange={(event) => setName(event.target.value)}
        />
        <Select
          label="Figure of"
          value={table}
          options={tables.map((one) => [one.name, one.display_name])}
          onChange={setTable}
        />
      </div>
      <Field
        label="Expression"
        help="SQL that makes one figure of many rows, such as sum(quantity * unit_price)"
        value={expression}
        error={message('expression') ?? message('table')}
        onChange={(event) => setExpression(event.target.value)}
      />
      <div className={s.grid}>
        <Field label="Unit" value={unit} error={message('unit')} onChange={(event) => setUnit(event.target.value)} />
        <Field
          label="Also called"
          help="Words that questions use for it, with commas"
          value={synonyms}
          error={message('synonyms')}
          onChange={(event) => setSynonyms(event.target.value)}
        />
      </div>
      {save.error && Object.keys(messages).length === 0 ? <ErrorNotice error={save.error} /> : null}
      <div className={s.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="filled" loading={save.isPending} disabled={!name.trim() || !expression.trim()}>
          Save
        </Button>
      </div>
    </form>
  );
}

/** Figures with a name; a question that says the name gets the expression. */
export function Metrics({ model }: { model: Model }) {
  const [open, setOpen] = useState<Metric | 'new' | null>(null);
  const remove = useModelChange(model, () => setOpen(null));
  const metrics = model.schema_definition.metrics;
  return (
    <Section
      title="Metrics"
      note="figures with a name"
      action={
        <Button size="compact-sm" leftSection={<IconPlus size={14} stroke={1.8} />} onClick={() => setOpen('new')}>
          Add a metric
        </Button>
      }
    >
      <Card className={s.list}>
        {open === 'new' ? <MetricForm model={model} metric={null} onClose={() => setOpen(null)} /> : null}
        {metrics.length === 0 && open !== 'new' ? (
          <p className={s.none}>No metric yet. Give a figure a name, such as margin, and ask for it.</p>
        ) : null}
        {metrics.map((metric) => (
          <div key={metric.name} className={s.line}>
            <div className={s.lineRow}>
              <span className={s.lineName}>
                <b>{readable(metric.name)}</b>
                <small>{metric.synonyms.length > 0 ? `also ${metric.synonyms.join(', ')}` : metric.table}</small>
              </span>
              <code className={s.expression}>
                {plainExpression(metric.expression)}
                {metric.unit ? ` in ${metric.unit}` : ''}
              </code>
              <ActionIcon
                aria-label={`Edit ${readable(metric.name)}`}
                aria-expanded={open === metric}
                onClick={() => setOpen(open === metric ? null : metric)}
              >
                <IconPencil size={16} stroke={1.6} />
              </ActionIcon>
              <ActionIcon
                aria-label={`Remove ${readable(metric.name)}`}
                loading={remove.isPending}
                onClick={() => remove.mutate({ metrics: metrics.filter((one) => one !== metric) })}
              >
                <IconTrash size={16} stroke={1.6} />
              </ActionIcon>
            </div>
            {open === metric ? <MetricForm model={model} metric={metric} onClose={() => setOpen(null)} /> : null}
          </div>
        ))}
      </Card>
      {remove.error ? <ErrorNotice error={remove.error} /> : null}
    </Section>
  );
}
