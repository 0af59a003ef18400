import { lazy, type ReactElement, Suspense } from 'react';

const Body = lazy(() => import('./lazy/TipBody'));

export interface TipProps {
  label: string;
  children: ReactElement;
  position?: 'top' | 'top-start' | 'right';
  wide?: boolean;
}

/** A word more on hover and on focus; its code comes after the first paint. */
export function Tip(props: TipProps) {
  return (
    <Suspense fallback={props.children}>
      <Body {...props} />
    </Suspense>
  );
}
