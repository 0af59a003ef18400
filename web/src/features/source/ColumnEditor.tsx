import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { asApiError, fieldMessages } from '@/api/errors';
import type { Aggregation, Model, ModelColumn, Role, SemanticType } from '@/api/types';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Field } from '@/components/Field';
import { Select } from '@/components/Select';
import { SEMANTICS } from '@/components/semantics';
import s from './model.module.css';
import { listOf, useModelChange } from './useModelChange';

export const ROLES: Record<Role, string> = {
  measure: 'Measure: added up or averaged',
  dimension: 'Dimension: grouped and filtered by',
  time: 'Time',
  identifier: 'Identifier: names a row',
  text: 'Text: read, not grouped',
};
export const AGGREGATIONS: Record<Aggregation, string> = {
  none: 'None',
  sum: 'Sum',
  avg: 'Average',
  count: 'Number of values',
  count_distinct: 'Number of different values',
  min: 'Smallest',
  max: 'Largest',
};
const MEANINGS = Object.entries(SEMANTICS)
  .map(([type, { label }]): [SemanticType, string] => [type as SemanticType, label])
  .sort((a, b) => a[1].localeCompare(b[1]));

/** What one column means: its name for people, role, unit, words for it. */
export function ColumnEditor({
  model,
  table,
  column,
  onClose,
}: {
  model: Model;
  table: string;
  column: ModelColumn;
  onClose: () => void;
}) {
  const [draft, setDraft] = useState({
    display_name: column.display_name,
    description: column.description ?? '',
    unit: column.unit ?? '',
    role: column.role,
    semantic_type: column.semantic_type,
    default_aggregation: column.default_aggregation,
    synonyms: column.synonyms.join(', '),
  });
  const save = useModelChange(model, onClose);
  const messages = save.error ? fieldMessages(asApiError(save.error)) : {};
  const told = Object.entries(messages).map(([path, message]) => [path.split('.').at(-1) ?? '', message] as const);
  const message = (member: string) => told.find(([name]) => name.replace(/\[\d+\]$/, '') === member)?.[1];
  const set =
    <K extends keyof typeof draft>(key: K) =>
    (value: (typeof draft)[K]) =>
      setDraft({ ...draft, [key]: value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // Only what was changed is sent: the rest stays as the data say.
    const changed = {
      ...(draft.display_name === column.display_name ? {} : { display_name: draft.display_name }),
      ...(draft.description === (column.description ?? '') ? {} : { description: draft.description }),
      ...(draft.unit === (column.unit ?? '') ? {} : { unit: draft.unit.trim() }),
      ...(draft.role === column.role ? {} : { role: draft.role }),
      ...(draft.semantic_type === column.semantic_type ? {} : { semantic_type: draft.semantic_type }),
      ...(draft.default_aggregation === column.default_aggregation
        ? {}
        : { default_aggregation: draft.default_aggregation }),
      ...(draft.synonyms === column.synonyms.join(', ') ? {} : { synonyms: listOf(draft.synonyms) }),
    };
    save.mutate({ tables: [{ name: table, columns: [{ name: column.name, ...changed }] }] });
  };
  const unplaced = save.error && !told.some(([name]) => name.replace(/\[\d+\]$/, '') in draft);
  return (
    <form className={s.editor} onSubmit={submit} aria-label={`Meaning of ${column.name}`}>
      <div className={s.grid}>
        <Field
          label="Name for people"
          autoFocus
          value={draft.display_name}
          error={message('display_name')}
          onChange={(event) => set('display_name')(event.target.value)}
        />
        <Field
          label="Also called"
          help="Words that questions use for it, with commas"
          value={draft.synonyms}
          error={message('synonyms')}
          onChange={(event) => set('synonyms')(event.target.value)}
        />
        <Select
          label="Role"
          value={draft.role}
          options={Object.entries(ROLES) as [Role, string][]}
          onChange={set('role')}
        />
        <Select label="Kind of values" value={draft.semantic_type} options={MEANINGS} onChange={set('semantic_type')} />
        <Select
          label="Taken together as"
          value={draft.default_aggregation}
          options={Object.entries(AGGREGATIONS) as [Aggregation, string][]}
          onChange={set('default_aggregation')}
        />
        <Field
          label="Unit"
          help="EUR, %, kg"
          value={draft.unit}
          error={message('unit')}
          onChange={(event) => set('unit')(event.target.value)}
        />
      </div>
      <Field
        label="Description"
        value={draft.description}
        error={message('description')}
        onChange={(event) => set('description')(event.target.value)}
      />
      {message('role') || message('default_aggregation') ? (
        <p className={s.wrong} role="alert">
          {message('role') ?? message('default_aggregation')}
        </p>
      ) : null}
      {unplaced ? <ErrorNotice error={save.error} /> : null}
      <div className={s.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="filled" loading={save.isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}
