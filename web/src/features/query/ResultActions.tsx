import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/Menu.layer.css';
import { Button, Menu } from '@mantine/core';
import { IconDownload, IconMessage2 } from '@tabler/icons-react';
import { FORMATS, startExport } from './exports';
import s from './result.module.css';
import type { Run } from './runs';
import { sortedBy } from './statement';
import type { QueryTab } from './tabs';

/** The whole result as a file, in the order in which it is shown. */
function ExportMenu({ tab, known }: { tab: QueryTab; known: Run }) {
  const { sql, sort, bound } = known;
  const shown = sort ? sortedBy(sql, sort.column, sort.descending) : sql;
  return (
    <Menu position="top-end">
      <Menu.Target>
        <Button size="compact-xs" variant="subtle" leftSection={<IconDownload size={13} stroke={1.6} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map(([format, label]) => (
          <Menu.Item
            key={format}
            onClick={() =>
              void startExport(shown, tab.title, format, {
                ...bound,
                ...(tab.saved && !sort ? { saved_query_id: tab.saved.id } : {}),
              })
            }
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What can be done with a result as a whole. */
export default function ResultActions({ tab, known, onAsk }: { tab: QueryTab; known: Run; onAsk: () => void }) {
  return (
    <span className={s.footButtons}>
      <ExportMenu tab={tab} known={known} />
      <Button size="compact-xs" variant="subtle" leftSection={<IconMessage2 size={13} stroke={1.6} />} onClick={onAsk}>
        Ask about this
      </Button>
    </span>
  );
}
