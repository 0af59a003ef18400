import { useId } from 'react';
import f from './field.module.css';

/** A labelled choice of few. */
export function Select<T extends string>({
  label,
  value,
  options,
  error,
  onChange,
}: {
  label: string;
  value: T;
  options: [T, string][];
  error?: string | undefined;
  onChange: (value: T) => void;
}) {
  const id = useId();
  return (
    <div className={f.field}>
      <label htmlFor={id}>{label}</label>
      <div className={f.box}>
        <select
          id={id}
          value={value}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-note` : undefined}
          onChange={(event) => onChange(event.target.value as T)}
        >
          {options.map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </select>
      </div>
      {error ? (
        <p id={`${id}-note`} data-error role="alert">
          {error}
        </p>
      ) : null}
    </div>
  );
}
