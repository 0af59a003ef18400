import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { asApiError, fieldMessages } from '@/api/errors';
import { modelsQuery } from '@/api/models';
import { teach } from '@/api/teachings';
import type { Meaning, Model } from '@/api/types';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Field } from '@/components/Field';
import { Card } from '@/components/primitives';
import { Select } from '@/components/Select';
import { readable } from '@/lib/words';
import s from './taught.module.css';

/** Everything that a word can mean, by a key that JSON makes of the meaning. */
function meaningsOf(models: Model[]): [string, string][] {
  const out: [string, string][] = [];
  const add = (meaning: Meaning, words: string) => out.push([JSON.stringify(meaning), words]);
  for (const { schema_definition: schema } of models) {
    for (const metric of schema.metrics) add({ metric: metric.name }, `${readable(metric.name)} (metric)`);
    for (const table of schema.tables) {
      add({ table: table.name }, `${table.display_name} (table)`);
      for (const column of table.columns) {
        add({ table: table.name, column: column.name }, `${column.display_name} of ${table.display_name}`);
      }
    }
  }
  return out;
}

export function TermForm() {
  const client = useQueryClient();
  const models = useQuery(modelsQuery).data?.models ?? [];
  const options = meaningsOf(models);
  const [phrase, setPhrase] = useState('');
  const [chosen, setChosen] = useState('');
  const meaning = chosen || options[0]?.[0] || '';
  const save = useMutation({
    mutationFn: () => teach('term', phrase.trim(), JSON.parse(meaning) as Meaning),
    onSuccess: () => {
      setPhrase('');
      void client.invalidateQueries({ queryKey: ['teachings'] });
    },
  });
  const fields = save.error ? fieldMessages(asApiError(save.error)) : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Card className={s.form}>
      <form onSubmit={submit}>
        <Field
          label="When a question says"
          placeholder="revenue"
          value={phrase}
          error={fields.phrase}
          onChange={(event) => setPhrase(event.target.value)}
        />
        <Select label="it means" value={meaning} options={options} onChange={setChosen} />
        {save.error && !fields.phrase ? <ErrorNotice error={save.error} /> : null}
        <div>
          <Button type="submit" variant="filled" loading={save.isPending} disabled={!phrase.trim() || !meaning}>
            Teach it
          </Button>
        </div>
      </form>
    </Card>
  );
}
