import { ActionIcon } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { type ComponentProps, type ReactNode, useId, useState } from 'react';
import f from './field.module.css';

/** A labelled input with its help and its error said to screen readers too. */
export function Field({
  label,
  help,
  error,
  type = 'text',
  ...rest
}: Omit<ComponentProps<'input'>, 'className'> & { label: string; help?: ReactNode; error?: string | undefined }) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const note = error ?? help;
  const secret = type === 'password';
  return (
    <div className={f.field}>
      <label htmlFor={id}>{label}</label>
      <div className={f.box}>
        <input
          id={id}
          type={secret && shown ? 'text' : type}
          aria-invalid={error ? true : undefined}
          aria-describedby={note ? `${id}-note` : undefined}
          data-secret={secret || undefined}
          {...rest}
        />
        {secret ? (
          <ActionIcon
            className={f.eye}
            onClick={() => setShown(!shown)}
            aria-label={shown ? 'Hide the password' : 'Show the password'}
            aria-pressed={shown}
          >
            {shown ? <IconEyeOff size={16} stroke={1.6} /> : <IconEye size={16} stroke={1.6} />}
          </ActionIcon>
        ) : null}
      </div>
      {note ? (
        <p id={`${id}-note`} data-error={error ? true : undefined} role={error ? 'alert' : undefined}>
          {note}
        </p>
      ) : null}
    </div>
  );
}
