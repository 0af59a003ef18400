import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/Menu.layer.css';
import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import type { LabelledChange } from './changes';

/** The other things that a part of the reading could be. */
export default function ChipMenu({
  title,
  changes,
  onChange,
  children,
}: {
  title: string;
  changes: LabelledChange[];
  onChange: (change: LabelledChange['change']) => void;
  children: ReactNode;
}) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{title}</Menu.Label>
        {changes.map(({ label, change }) => (
          <Menu.Item key={label} onClick={() => onChange(change)}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
