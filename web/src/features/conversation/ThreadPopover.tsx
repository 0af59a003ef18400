import '@mantine/core/styles/Popover.layer.css';
import { Button, Popover } from '@mantine/core';
import { IconMessages } from '@tabler/icons-react';
import { useState } from 'react';
import { ThreadList } from './ThreadList';
import s from './threads.module.css';

/** Where there is no room for the list, it opens from a button. */
export default function ThreadPopover({ id }: { id: string | undefined }) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={320}>
      <Popover.Target>
        <Button
          size="sm"
          leftSection={<IconMessages size={16} stroke={1.6} />}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          Conversations
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={s.threadPopover}>
        <ThreadList activeId={id} onOpen={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
