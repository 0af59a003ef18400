import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { quoted, runQuery } from '@/api/queries';
import { cellText, kindOf, toNumber } from '@/lib/cells';
import { count } from '@/lib/format';
import q from '../query.module.css';
import type { SchemaColumn } from '../schema';
import { ABOUT_RESULT } from '../statement';
import { operatorsFor, valuesNeeded } from './edit';
import { type Condition, type Filter, OPERATORS, type Operator, type Value } from './reading';
import s from './shelves.module.css';

const MOST_VALUES = 50;

/** The values of a column that hold this text, with how many rows have each. */
function valuesSql(column: SchemaColumn, text: string): string {
  const name = column.expression ? `(${column.expression})` : quoted(column.name);
  const where = text
    ? `WHERE contains(lower(${name}::VARCHAR), lower('${text.replaceAll("'", "''")}'))`
    : `WHERE ${name} IS NOT NULL`;
  return `${ABOUT_RESULT}SELECT ${name}, count(*) FROM ${quoted(column.table)} ${where} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${MOST_VALUES}`;
}

function ValueList({
  column,
  picked,
  onPick,
}: {
  column: SchemaColumn;
  picked: Value[];
  onPick: (values: Value[]) => void;
}) {
  const [text, setText] = useState('');
  const values = useQuery({
    queryKey: ['column-values', column.table, column.name, text],
    queryFn: async ({ signal }) => (await runQuery(valuesSql(column, text), MOST_VALUES, signal)).rows,
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  const rows = values.data ?? [];
  const shown = new Set(rows.map((row) => row[0]));
  const all: [Value, number | null][] = [
    ...picked.filter((value) => !shown.has(value)).map((value): [Value, null] => [value, null]),
    ...rows.map((row): [Value, number | null] => [row[0] as Value, toNumber(row[1])]),
  ];
  const toggle = (value: Value) =>
    onPick(picked.includes(value) ? picked.filter((one) => one !== value) : [...picked, value]);
  return (
    <>
      <input
        className={s.fieldSearch}
        value={text}
        placeholder="Find a value"
        aria-label={`Find a value of ${column.name}`}
        onChange={(event) => setText(event.target.value)}
      />
      <div className={s.values} role="group" aria-label={`Values of ${column.name}`} aria-busy={values.isFetching}>
        {all.map(([value, rowsOf]) => (
          <label key={String(value)} className={s.value}>
            <input type="checkbox" checked={picked.includes(value)} onChange={() => toggle(value)} />
            <span title={String(value)}>{cellText(value, column) || '(blank)'}</span>
            {rowsOf === null ? null : <small>{count(rowsOf)}</small>}
          </label>
        ))}
        {values.data && all.length === 0 ? <p className={q.nothing}>No row has such a value.</p> : null}
        {values.error ? <p className={q.nothing}>The values could not be read. Type one above and try again.</p> : null}
      </div>
    </>
  );
}

/** A condition on one column: how it is compared, and with what. */
export function FilterEditor({
  filter,
  column,
  onChange,
}: {
  filter: Filter;
  column: SchemaColumn;
  onChange: (filter: Filter) => void;
}) {
  const first = filter.any_of[0] as Condition;
  const kind = kindOf(column.type);
  const negated = filter.negated === true;
  // "Is not" one value, and none of several, are one thing for the page.
  const op: Operator = filter.any_of.length > 1 ? (negated ? 'not_equal' : 'equal') : first.op;
  const ref = { table: first.table, column: first.column };
  const picked = filter.any_of.flatMap((one) => one.values.slice(0, 1));
  const list = (values: Value[], as: Operator): Filter => {
    if (values.length === 0) return { any_of: [{ ...ref, op: as, values: [] }] };
    if (as === 'not_equal' && values.length > 1)
      return { negated: true, any_of: values.map((value) => ({ ...ref, op: 'equal', values: [value] })) };
    return { any_of: values.map((value) => ({ ...ref, op: as, values: [value] })) };
  };
  const choose = (next: Operator) => {
    if ((next === 'equal' || next === 'not_equal') && (op === 'equal' || op === 'not_equal'))
      onChange(list(picked, next));
    else onChange({ any_of: [{ ...ref, op: next, values: first.values.slice(0, valuesNeeded(next)) }] });
  };
  const write = (index: number, text: string) => {
    const values = [...first.values];
    const number = kind === 'number' && text.trim() !== '' ? Number(text) : Number.NaN;
    values[index] = Number.isFinite(number) ? number : kind === 'number' ? '' : text;
    onChange({ any_of: [{ ...ref, op, values: Array.from(values, (value) => value ?? '') }] });
  };
  const field = (index: number, label: string) => (
    <label className={s.writeValue}>
      <span>{label}</span>
      <input
        type={kind === 'number' ? 'number' : kind === 'date' || kind === 'time' ? 'date' : 'text'}
        step="any"
        value={String(first.values[index] ?? '').slice(0, kind === 'time' ? 10 : undefined)}
        onChange={(event) => write(index, event.target.value)}
      />
    </label>
  );
  const chooses =
    (kind === 'text' || kind === 'number' || kind === 'boolean') && (op === 'equal' || op === 'not_equal');
  return (
    <div className={s.filterEditor}>
      <select
        value={op}
        aria-label={`How ${column.name} is compared`}
        data-autofocus
        onChange={(event) => choose(event.target.value as Operator)}
      >
        {operatorsFor(column.type).map((one) => (
          <option key={one} value={one}>
            {OPERATORS[one]}
          </option>
        ))}
      </select>
      {chooses ? <ValueList column={column} picked={picked} onPick={(values) => onChange(list(values, op))} /> : null}
      {!chooses && valuesNeeded(op) > 0 ? (
        <>
          {field(0, op === 'between' ? 'From' : 'Value')}
          {op === 'between' ? field(1, kind === 'number' ? 'To' : 'To, before') : null}
        </>
      ) : null}
    </div>
  );
}
