import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { asApiError, fieldMessages } from '@/api/errors';
import { savedQueriesQuery } from '@/api/saved-queries';
import type { ParameterDefinition, QueryFields } from '@/api/types';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Field } from '@/components/Field';
import { DefinitionFields } from './DefinitionFields';
import p from './panels.module.css';

export interface FormValues {
  name: string;
  description: string;
  folder: string;
  tags: string[];
  shared: boolean;
  definitions: ParameterDefinition[];
}

const tagsOf = (text: string) => [
  ...new Set(
    text
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
  ),
];

/** Everything of a saved query but its SQL. `onSave` fails with what the server says. */
export function QueryForm({
  initial,
  reference,
  action,
  mayShare,
  onSave,
}: {
  initial: FormValues;
  /** Its name in SQL, when it has one. */
  reference?: string;
  action: string;
  mayShare: boolean;
  onSave: (fields: QueryFields) => Promise<unknown>;
}) {
  const [values, setValues] = useState(initial);
  const [tags, setTags] = useState(initial.tags.join(', '));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const known = useQuery(savedQueriesQuery({ search: '', tag: '', folder: '', trash: false })).data;
  const list = useId();
  const set = (change: Partial<FormValues>) => setValues((before) => ({ ...before, ...change }));
  const fields = error ? fieldMessages(asApiError(error)) : {};
  const { definitions, ...rest } = values;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await onSave({ ...rest, name: values.name.trim(), tags: tagsOf(tags), parameter_definitions: definitions });
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={p.form} onSubmit={(event) => void submit(event)}>
      <Field
        label="Name"
        required
        data-autofocus
        autoFocus
        maxLength={200}
        value={values.name}
        error={fields.name}
        help={reference ? `In SQL: FROM saved.${reference}` : undefined}
        onChange={(event) => set({ name: event.target.value })}
      />
      <Field
        label="What it shows"
        value={values.description}
        error={fields.description}
        onChange={(event) => set({ description: event.target.value })}
      />
      <Field
        label="Folder"
        placeholder="Sales/Monthly"
        list={`${list}-folders`}
        value={values.folder}
        error={fields.folder}
        onChange={(event) => set({ folder: event.target.value })}
      />
      <datalist id={`${list}-folders`}>
        {known?.folders.map((folder) => (
          <option key={folder} value={folder} />
        ))}
      </datalist>
      <Field
        label="Tags"
        placeholder="finance, weekly"
        list={`${list}-tags`}
        value={tags}
        error={fields.tags}
        help="Separated by commas."
        onChange={(event) => setTags(event.target.value)}
      />
      <datalist id={`${list}-tags`}>
        {known?.tags.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
      {mayShare ? (
        <label className={p.check}>
          <input type="checkbox" checked={values.shared} onChange={(event) => set({ shared: event.target.checked })} />
          Shared in the workspace: others see it and may change it
        </label>
      ) : null}
      {definitions.length > 0 ? (
        <DefinitionFields definitions={definitions} onChange={(next) => set({ definitions: next })} />
      ) : null}
      {error ? <ErrorNotice error={error} /> : null}
      <div>
        <Button type="submit" variant="filled" loading={busy} disabled={!values.name.trim()}>
          {action}
        </Button>
      </div>
    </form>
  );
}
