import { ActionIcon } from '@mantine/core';
import { type Icon, IconDots } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';

const Body = lazy(() => import('./lazy/ActionMenuBody'));

export interface ActionMenuProps {
  label: string;
  actions: { label: string; icon: Icon; onClick: () => void; danger?: boolean }[];
}

/** What else can be done, behind three dots; the menu's code comes after the first paint. */
export function ActionMenu(props: ActionMenuProps) {
  return (
    <Suspense
      fallback={
        <ActionIcon aria-label={props.label}>
          <IconDots size={16} stroke={1.6} />
        </ActionIcon>
      }
    >
      <Body {...props} />
    </Suspense>
  );
}
