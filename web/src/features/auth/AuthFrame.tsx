import type { FormEvent, ReactNode } from 'react';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Mark } from '@/components/Mark';
import { Limb } from './Limb';
import s from './login.module.css';

/** The page that both ways in share: a form beside what the product promises. */
export function AuthFrame({
  title,
  lede,
  error,
  onSubmit,
  children,
}: {
  title: string;
  lede: ReactNode;
  error: unknown;
  onSubmit: () => void;
  children: ReactNode;
}) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <main className={s.page}>
      <div className={s.side}>
        <div className={s.brand}>
          <i>
            <Mark size={24} />
          </i>
          Sextant
        </div>
        <form className={s.form} onSubmit={submit} noValidate>
          <div>
            <h1>{title}</h1>
            <p>{lede}</p>
          </div>
          {error ? <ErrorNotice error={error} /> : null}
          {children}
        </form>
        <div className={s.foot}>
          <span>Runs on {location.host}</span>
        </div>
      </div>
      <div className={s.art}>
        <Limb />
        <div className={s.words}>
          <h2>Ask your data. See how every answer was made.</h2>
          <p>Drop a file and ask. Each number comes with the rows, the filters and the query behind it.</p>
        </div>
      </div>
    </main>
  );
}
