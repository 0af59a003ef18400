import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { Model, ModelJoin, ModelTable } from '@/api/types';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Card } from '@/components/primitives';
import { Select } from '@/components/Select';
import { percent, plural } from '@/lib/format';
import { joinKey } from './diagram';
import s from './model.module.css';
import { useModelChange } from './useModelChange';

const CARDINALITIES: Record<ModelJoin['cardinality'], string> = {
  one_to_one: 'one to one',
  many_to_one: 'many to one',
  one_to_many: 'one to many',
  many_to_many: 'many to many',
};

function Side({
  label,
  tables,
  table,
  column,
  onChange,
}: {
  label: string;
  tables: ModelTable[];
  table: string;
  column: string;
  onChange: (table: string, column: string) => void;
}) {
  const columns = tables.find((one) => one.name === table)?.columns ?? [];
  return (
    <>
      <Select
        label={label}
        value={table}
        options={tables.map((one) => [one.name, one.display_name])}
        onChange={(name) => onChange(name, tables.find((one) => one.name === name)?.columns[0]?.name ?? '')}
      />
      <Select
        label="Column"
        value={column}
        options={columns.map((one) => [one.name, one.display_name])}
        onChange={(name) => onChange(table, name)}
      />
    </>
  );
}

function JoinForm({ model, others, onClose }: { model: Model; others: ModelTable[]; onClose: () => void }) {
  const own = model.schema_definition.tables;
  const partners = [...others, ...(own.length > 1 ? own : [])];
  const first = (tables: ModelTable[]) => ({
    table: tables[0]?.name ?? '',
    column: tables[0]?.columns[0]?.name ?? '',
  });
  const [left, setLeft] = useState(() => first(own));
  const [right, setRight] = useState(() => first(partners));
  const save = useModelChange(model, onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ joins: [...model.schema_definition.joins, { left, right }] });
  };
  return (
    <form className={s.editor} onSubmit={submit} aria-label="New join">
      <div className={s.grid}>
        <Side label="Table" tables={own} {...left} onChange={(table, column) => setLeft({ table, column })} />
        <Side
          label="Points to"
          tables={partners}
          {...right}
          onChange={(table, column) => setRight({ table, column })}
        />
      </div>
      {save.error ? <ErrorNotice error={save.error} /> : null}
      <div className={s.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="filled" loading={save.isPending}>
          Compare and join
        </Button>
      </div>
    </form>
  );
}

/** Every join in words, to be removed or added; a new one is compared on the data first. */
export function JoinEditor({ model, others }: { model: Model; others: ModelTable[] }) {
  const [adding, setAdding] = useState(false);
  const remove = useModelChange(model, () => setAdding(false));
  const joins = model.schema_definition.joins;
  const possible = others.length > 0 || model.schema_definition.tables.length > 1;
  return (
    <>
      <Card className={s.list}>
        {joins.length === 0 && !adding ? (
          <p className={s.none}>
            {possible
              ? 'No join was found. Add one to ask over several tables at once.'
              : 'There is no other table to join with yet.'}
          </p>
        ) : null}
        {joins.map((join) => (
          <div key={joinKey(join)} className={s.lineRow}>
            <span className={s.lineName}>
              <b>
                {join.left.table}.{join.left.column} = {join.right.table}.{join.right.column}
              </b>
              <small>
                {CARDINALITIES[join.cardinality]}, {percent(join.match_ratio)} match
                {join.orphans > 0 ? `, ${plural(join.orphans, 'value')} without a partner` : ''}
              </small>
            </span>
            <ActionIcon
              aria-label={`Remove the join of ${join.left.table} and ${join.right.table}`}
              loading={remove.isPending}
              onClick={() => remove.mutate({ joins: joins.filter((one) => one !== join) })}
            >
              <IconTrash size={16} stroke={1.6} />
            </ActionIcon>
          </div>
        ))}
        {adding ? <JoinForm model={model} others={others} onClose={() => setAdding(false)} /> : null}
      </Card>
      {remove.error ? <ErrorNotice error={remove.error} /> : null}
      {possible && !adding ? (
        <div>
          <Button size="compact-sm" leftSection={<IconPlus size={14} stroke={1.8} />} onClick={() => setAdding(true)}>
            Add a join
          </Button>
        </div>
      ) : null}
    </>
  );
}
