import type { ComponentProps } from 'react';
import c from './choice.module.css';

/** A native select: every device knows how to show one, and the keyboard works it. */
export function Choice({
  label,
  options,
  onChange,
  ...rest
}: Omit<ComponentProps<'select'>, 'className' | 'onChange'> & {
  label: string;
  options: [value: string, text: string][];
  onChange: (value: string) => void;
}) {
  return (
    <select className={c.choice} aria-label={label} onChange={(event) => onChange(event.target.value)} {...rest}>
      {options.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  );
}

/** A one-line input of the same size, named for screen readers. */
export function SmallInput({
  label,
  onChange,
  ...rest
}: Omit<ComponentProps<'input'>, 'className' | 'onChange'> & { label: string; onChange: (value: string) => void }) {
  return <input className={c.choice} aria-label={label} onChange={(event) => onChange(event.target.value)} {...rest} />;
}
