import { lazy, Suspense } from 'react';
import s from './shell.module.css';

const Body = lazy(() => import('./AccountMenuBody'));

/** The menu's code comes after the first paint; its place is kept. */
export function AccountMenu() {
  return (
    <Suspense fallback={<span className={s.avatarPlace} />}>
      <Body />
    </Suspense>
  );
}
