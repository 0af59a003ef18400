import { IconUpload } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense } from 'react';
import d from './drop.module.css';

const Body = lazy(() => import('./lazy/DropAreaBody'));

export interface DropAreaProps {
  title: string;
  children: ReactNode;
}

export function DropAreaInner({ title, children }: DropAreaProps) {
  return (
    <>
      <span className={d.icon}>
        <IconUpload size={20} stroke={1.6} />
      </span>
      <div className={d.text}>
        <b>{title}</b>
        <p>{children}</p>
      </div>
    </>
  );
}

/** The whole page takes a drop; the box on it opens the file dialogue. */
export function DropArea(props: DropAreaProps) {
  return (
    <Suspense
      fallback={
        <div className={d.drop}>
          <DropAreaInner {...props} />
        </div>
      }
    >
      <Body {...props} />
    </Suspense>
  );
}
