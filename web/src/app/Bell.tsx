import { lazy, Suspense } from 'react';
import { Guard } from '@/components/Guard';
import s from './shell.module.css';

const Body = lazy(() => import('./BellBody'));

/** The panel's code comes after the first paint; its place is kept. */
export function Bell() {
  return (
    <Guard fallback={<span className={s.bellPlace} />}>
      <Suspense fallback={<span className={s.bellPlace} />}>
        <Body />
      </Suspense>
    </Guard>
  );
}
