/** A short message in the corner; its code is loaded with the first one. */
import { createElement, type ReactNode } from 'react';

interface ToastOptions {
  title?: string;
  bad?: boolean;
  /** What can be done about it, at once: undo. */
  action?: { label: string; onClick: () => void };
}

export async function toast(message: string, { title, bad, action }: ToastOptions = {}): Promise<void> {
  const { notifications } = await import('@mantine/notifications');
  let shown: ReactNode = message;
  if (action) {
    const { default: ToastAction } = await import('./lazy/ToastAction');
    const onClick = () => {
      notifications.hide(id);
      action.onClick();
    };
    shown = createElement(ToastAction, { message, label: action.label, onClick });
  }
  const id = notifications.show({ message: shown, title, color: bad ? 'red' : 'sea' });
}
