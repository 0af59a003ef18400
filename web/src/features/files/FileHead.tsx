import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { kindOfFile } from '@/lib/words';
import s from './files.module.css';

export function FileHead({
  name,
  type,
  meta,
  to,
  side,
}: {
  name: string;
  type?: string;
  meta: ReactNode;
  to?: string;
  side?: ReactNode;
}) {
  return (
    <div className={s.file}>
      <span className={s.kind} aria-hidden>
        {kindOfFile(name, type)}
      </span>
      <div className={s.fileText}>
        <p className={s.fileName} title={name}>
          {to ? <Link to={to}>{name}</Link> : name}
        </p>
        <p className={s.fileMeta}>{meta}</p>
      </div>
      {side}
    </div>
  );
}
