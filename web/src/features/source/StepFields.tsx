import type { Step, Table } from '@/api/types';
import { Choice } from '@/components/Choice';
import { Field } from '@/components/Field';
import { wordsOf } from './plan';
import s from './source.module.css';
import { ALL_WHEN_NONE, FIELD_LABELS, FIELDS, type StepField } from './steps';

type Column = Table['columns'][number];

function Columns({ step, columns, onChange }: { step: Step; columns: Column[]; onChange: (step: Step) => void }) {
  const chosen = new Set(step.columns);
  return (
    <fieldset className={s.columns}>
      <legend>{ALL_WHEN_NONE.has(step.kind) ? 'Columns; none: all' : 'Columns'}</legend>
      {columns.map((column) => (
        <label key={column.name}>
          <input
            type="checkbox"
            checked={chosen.has(column.name)}
            onChange={(event) => {
              const next = columns
                .map((one) => one.name)
                .filter((name) => (name === column.name ? event.target.checked : chosen.has(name)));
              const { columns: _, ...rest } = step;
              onChange(next.length > 0 ? { ...rest, columns: next } : rest);
            }}
          />
          {column.original_name}
        </label>
      ))}
    </fieldset>
  );
}

/** The fields that a kind of step asks for. */
export function StepFields({
  step,
  columns,
  onChange,
}: {
  step: Step;
  columns: Column[];
  onChange: (step: Step) => void;
}) {
  const field = (name: StepField) => {
    switch (name) {
      case 'columns':
        return <Columns key={name} step={step} columns={columns} onChange={onChange} />;
      case 'column':
        return (
          <Choice
            key={name}
            label={FIELD_LABELS.column}
            value={step.column ?? ''}
            options={[['', 'Choose a column'], ...columns.map((c): [string, string] => [c.name, c.original_name])]}
            onChange={(column) => onChange({ ...step, column })}
          />
        );
      case 'whole_cell':
      case 'previous':
        return (
          <label key={name} className={s.check}>
            <input
              type="checkbox"
              checked={Boolean(step[name])}
              onChange={(event) => onChange({ ...step, [name]: event.target.checked })}
            />
            {FIELD_LABELS[name]}
          </label>
        );
      case 'names':
        return (
          <Field
            key={name}
            label={FIELD_LABELS.names}
            onChange={(event) => onChange({ ...step, names: wordsOf(event.target.value) })}
          />
        );
      case 'value':
        if (step.previous) return null;
        break;
      default:
    }
    return (
      <Field
        key={name}
        label={FIELD_LABELS[name]}
        value={step[name] ?? ''}
        onChange={(event) =>
          onChange({
            ...step,
            [name]: event.target.value,
            ...(step.kind === 'replace'
              ? { replacement: name === 'replacement' ? event.target.value : (step.replacement ?? '') }
              : {}),
          })
        }
      />
    );
  };
  return FIELDS[step.kind].map(field);
}
