import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/Menu.layer.css';
import { ActionIcon, Menu, Popover } from '@mantine/core';
import {
  IconArrowAutofitWidth,
  IconArrowDown,
  IconArrowUp,
  IconChartHistogram,
  IconChevronDown,
  IconMinus,
  IconPin,
  IconPinnedOff,
  IconPlus,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { Bound } from '@/api/queries';
import type { Placed } from '@/components/grid/columns';
import type { ColumnTools } from '@/components/grid/DataGrid';
import { ColumnProfile } from './ColumnProfile';
import s from './result.module.css';

const WIDER = 48;

export interface ColumnMenuProps {
  column: Placed;
  tools: ColumnTools;
  sql: string;
  bound: Bound;
  columns: number;
  onSort: (descending: boolean) => void;
}

/** What can be done with a column; everything that the mouse does at its head is here for the keyboard. */
export default function ColumnMenu({ column, tools, sql, bound, columns, onSort }: ColumnMenuProps) {
  const [profile, setProfile] = useState(false);
  const name = column.label ?? column.name;
  return (
    <Popover
      opened={profile}
      onChange={setProfile}
      position="bottom-end"
      withRoles={false}
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <span className={s.columnMenu}>
          <Menu position="bottom-end" withinPortal>
            <Menu.Target>
              <ActionIcon size={22} aria-label={`More about ${name}`}>
                <IconChevronDown size={13} stroke={1.8} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconArrowUp size={15} />} onClick={() => onSort(false)}>
                Sort upwards
              </Menu.Item>
              <Menu.Item leftSection={<IconArrowDown size={15} />} onClick={() => onSort(true)}>
                Sort downwards
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item
                leftSection={column.pinned ? <IconPinnedOff size={15} /> : <IconPin size={15} />}
                onClick={tools.togglePin}
              >
                {column.pinned ? 'Unpin' : 'Pin to the left'}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconPlus size={15} />}
                closeMenuOnClick={false}
                onClick={() => tools.resize(WIDER)}
              >
                Wider
              </Menu.Item>
              <Menu.Item
                leftSection={<IconMinus size={15} />}
                closeMenuOnClick={false}
                onClick={() => tools.resize(-WIDER)}
              >
                Narrower
              </Menu.Item>
              <Menu.Item leftSection={<IconArrowAutofitWidth size={15} />} onClick={tools.fit}>
                Fit the width
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item leftSection={<IconChartHistogram size={15} />} onClick={() => setProfile(true)}>
                Profile
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </span>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={`Profile of ${name}`}>
        {profile ? <ColumnProfile column={column} sql={sql} bound={bound} columns={columns} /> : null}
      </Popover.Dropdown>
    </Popover>
  );
}
