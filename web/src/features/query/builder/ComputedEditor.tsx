import { Button } from '@mantine/core';
import { type FormEvent, useId, useRef, useState } from 'react';
import { asApiError, fieldMessages } from '@/api/errors';
import { runQuery } from '@/api/queries';
import { composeReading } from '@/api/readings';
import { type SchemaTable, sqlName } from '../schema';
import { ABOUT_RESULT } from '../statement';
import { type Computed, EMPTY } from './reading';
import s from './shelves.module.css';

const FIELD = 'computed[0].expression';

/** What is wrong with it, in the words of the server. */
function reasonOf(error: unknown): string {
  const known = asApiError(error);
  return fieldMessages(known)[FIELD] ?? [known.message, known.hint].filter(Boolean).join(' ');
}

/** The column as the server takes it, with the type of its values. */
async function checked(one: Computed): Promise<Computed> {
  const reading = { ...EMPTY, table: one.table, columns: [{ table: one.table, column: one.name }], computed: [one] };
  const { sql_query } = await composeReading(reading);
  const { columns } = await runQuery(`${ABOUT_RESULT}${sql_query}\nLIMIT 1`, 1);
  return { ...one, type: columns[0]?.type ?? '' };
}

/** Name and expression of a computed column; it is kept when the server has checked it. */
export function ComputedEditor({
  start,
  fixed,
  tables,
  onSave,
}: {
  start: Computed;
  /** It is used under its name, which therefore stays. */
  fixed: boolean;
  tables: SchemaTable[];
  onSave: (computed: Computed) => void;
}) {
  const [one, setOne] = useState(start);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const text = useRef<HTMLTextAreaElement>(null);
  const wrong = useId();
  const columns = tables.find((table) => table.name === one.table)?.columns ?? [];
  const insert = (name: string) => {
    const field = text.current;
    const at = field?.selectionStart ?? one.expression.length;
    const to = field?.selectionEnd ?? at;
    const before = one.expression.slice(0, at);
    const gap = before === '' || /[\s(]$/.test(before) ? '' : ' ';
    setOne({ ...one, expression: `${before}${gap}${sqlName(name)}${one.expression.slice(to)}` });
    field?.focus();
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setReason('');
    try {
      onSave(await checked({ ...one, name: one.name.trim() }));
    } catch (error) {
      setReason(reasonOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={s.filterEditor} onSubmit={(event) => void save(event)}>
      <label className={s.writeValue}>
        <span>Name</span>
        <input
          data-autofocus
          value={one.name}
          disabled={fixed}
          maxLength={80}
          placeholder="margin"
          onChange={(event) => setOne({ ...one, name: event.target.value })}
        />
      </label>
      <label className={s.writeValue}>
        <span>Of the rows of</span>
        <select value={one.table} disabled={fixed} onChange={(event) => setOne({ ...one, table: event.target.value })}>
          {tables.map((table) => (
            <option key={table.name} value={table.name}>
              {table.name}
            </option>
          ))}
        </select>
      </label>
      <label className={s.writeValue}>
        <span>Expression</span>
        <textarea
          ref={text}
          rows={3}
          value={one.expression}
          maxLength={2000}
          placeholder="price * quantity"
          spellCheck={false}
          aria-invalid={reason !== ''}
          aria-describedby={reason ? wrong : undefined}
          onChange={(event) => setOne({ ...one, expression: event.target.value })}
        />
      </label>
      <label className={s.writeValue}>
        <span>Put in a column</span>
        <select value="" onChange={(event) => insert(event.target.value)}>
          <option value="" disabled>
            Choose…
          </option>
          {columns.map((column) => (
            <option key={column.name} value={column.name}>
              {column.name}
            </option>
          ))}
        </select>
      </label>
      {reason ? (
        <p id={wrong} role="alert" className={s.wrong}>
          {reason}
        </p>
      ) : null}
      <Button type="submit" variant="filled" loading={busy} disabled={!one.name.trim() || !one.expression.trim()}>
        Save the column
      </Button>
    </form>
  );
}
