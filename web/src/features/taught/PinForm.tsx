import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { asApiError, fieldMessages } from '@/api/errors';
import { teach } from '@/api/teachings';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Field } from '@/components/Field';
import { Card } from '@/components/primitives';
import s from './taught.module.css';

/** A question whose answer is a query that somebody wrote. */
export function PinForm() {
  const client = useQueryClient();
  const id = useId();
  const [question, setQuestion] = useState('');
  const [sql, setSql] = useState('');
  const save = useMutation({
    mutationFn: () => teach('question', question.trim(), { sql_query: sql }),
    onSuccess: () => {
      setQuestion('');
      setSql('');
      void client.invalidateQueries({ queryKey: ['teachings'] });
    },
  });
  const fields = save.error ? fieldMessages(asApiError(save.error)) : {};
  const wrong = fields['meaning.sql_query'];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Card className={s.form}>
      <form onSubmit={submit}>
        <Field
          label="The question"
          placeholder="Which customers are at risk?"
          value={question}
          error={fields.phrase}
          onChange={(event) => setQuestion(event.target.value)}
        />
        <div className={s.sql}>
          <label htmlFor={id}>is answered by this SQL</label>
          <textarea
            id={id}
            rows={5}
            spellCheck={false}
            value={sql}
            aria-invalid={wrong ? true : undefined}
            aria-describedby={wrong ? `${id}-note` : undefined}
            onChange={(event) => setSql(event.target.value)}
          />
          {wrong ? (
            <p id={`${id}-note`} role="alert">
              {wrong}
            </p>
          ) : null}
        </div>
        {save.error && !wrong && !fields.phrase ? <ErrorNotice error={save.error} /> : null}
        <div>
          <Button type="submit" variant="filled" loading={save.isPending} disabled={!question.trim() || !sql.trim()}>
            Run it and pin it
          </Button>
        </div>
      </form>
    </Card>
  );
}
