import { Button } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { asApiError } from '@/api/errors';
import { ui } from './primitives';

/** What happened, where, and the one next step. */
export function ErrorNotice({
  error,
  onRetry,
  retryLabel = 'Try again',
  children,
}: {
  error: unknown;
  onRetry?: () => void;
  retryLabel?: string;
  children?: ReactNode;
}) {
  const { message, hint, requestId } = asApiError(error);
  return (
    <div className={ui.notice} data-tone="bad" role="alert">
      <IconAlertCircle size={16} stroke={1.8} />
      <div className={ui.noticeText}>
        <b>{message}</b>
        {hint ? <p>{hint}</p> : null}
        {requestId ? <small>Request {requestId}</small> : null}
      </div>
      {onRetry ? (
        <Button size="xs" onClick={onRetry}>
          {retryLabel}
        </Button>
      ) : null}
      {children}
    </div>
  );
}
