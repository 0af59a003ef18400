import { ActionIcon } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import q from './query.module.css';
import { forget } from './runs';
import { isChanged } from './saved';
import { type QueryTab, useTabs } from './tabs';
import s from './tabs.module.css';

const LONGEST = 80;

function Title({ tab, active }: { tab: QueryTab; active: boolean }) {
  const { choose, change } = useTabs();
  const [name, setName] = useState<string | null>(null);
  const changed = isChanged(tab);
  if (name === null)
    return (
      <button
        type="button"
        className={s.tabName}
        aria-current={active ? 'true' : undefined}
        aria-label={changed ? `${tab.title}, not saved` : undefined}
        title={`${tab.title}. Click twice or press F2 to rename.`}
        onClick={() => choose(tab.id)}
        onDoubleClick={() => setName(tab.title)}
        onKeyDown={(event) => {
          if (event.key === 'F2') setName(tab.title);
        }}
      >
        {tab.title}
        {changed ? <i className={s.tabChanged} /> : null}
      </button>
    );
  const done = () => {
    if (name.trim()) change(tab.id, { title: name.trim() });
    setName(null);
  };
  return (
    <input
      className={s.tabInput}
      value={name}
      maxLength={LONGEST}
      aria-label="Name of the query"
      // biome-ignore lint/a11y/noAutofocus: it was asked for
      autoFocus
      onFocus={(event) => event.target.select()}
      onChange={(event) => setName(event.target.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.key === 'Enter') done();
        else if (event.key === 'Escape') setName(null);
      }}
    />
  );
}

export function QueryTabs() {
  const { tabs, active, open, close, choose } = useTabs();
  const shut = (id: string) => {
    forget(id);
    close(id);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const at = tabs.findIndex((tab) => tab.id === active);
    if (event.target instanceof HTMLInputElement) return;
    if (event.key === 'Delete') shut(active);
    else if (step !== 0) {
      const next = tabs[(at + step + tabs.length) % tabs.length];
      if (!next) return;
      choose(next.id);
      event.currentTarget.querySelectorAll<HTMLElement>(`.${s.tabName}`)[tabs.indexOf(next)]?.focus();
    } else return;
    event.preventDefault();
  };
  return (
    <div className={s.tabs}>
      <ul aria-label="Open queries" onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <li key={tab.id} data-active={tab.id === active}>
            <Title tab={tab} active={tab.id === active} />
            <button type="button" className={q.tabClose} aria-label={`Close ${tab.title}`} onClick={() => shut(tab.id)}>
              <IconX size={12} stroke={1.8} />
            </button>
          </li>
        ))}
      </ul>
      <ActionIcon size={28} aria-label="New query (Alt N)" title="New query (Alt N)" onClick={() => open()}>
        <IconPlus size={15} stroke={1.8} />
      </ActionIcon>
    </div>
  );
}
