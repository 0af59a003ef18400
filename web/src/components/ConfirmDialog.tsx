import { lazy, type ReactNode, Suspense } from 'react';

const Body = lazy(() => import('./lazy/ConfirmDialogBody'));

export interface ConfirmDialogProps {
  title: string;
  children: ReactNode;
  action: string;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks before something that can not be undone; its code comes with the first one that opens. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Suspense>
      <Body {...props} />
    </Suspense>
  );
}
