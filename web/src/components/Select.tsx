import { useId } from 'react';
import f from './field.module.css';

/** A labelled choice of few. */
export function Select<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: T;
  options: [T, string][];
  onChange: (value: T) => void;
}) {
  const id = useId();
  return (
    <div className={f.field}>
      <label htmlFor={id}>{label}</label>
      <div className={f.box}>
        <select id={id} value={value} onChange={(event) => onChange(event.target.value as T)}>
          {options.map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
