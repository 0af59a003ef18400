import type { KeyboardEvent } from 'react';
import { useSearchParams } from 'react-router';
import t from './tabs.module.css';

export interface TabItem {
  id: string;
  label: string;
  count?: number | string;
}

/** The chosen tab is in the address, so that reload, back and sharing keep it. */
export function useTab(items: TabItem[], param = 'tab'): [string, (id: string) => void] {
  const [search, setSearch] = useSearchParams();
  const wanted = search.get(param);
  const active = items.find((item) => item.id === wanted)?.id ?? items[0]?.id ?? '';
  const choose = (id: string) =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      next.set(param, id);
      return next;
    });
  return [active, choose];
}

export function Tabs({
  items,
  active,
  onChoose,
  label,
}: {
  items: TabItem[];
  active: string;
  onChoose: (id: string) => void;
  label: string;
}) {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (!step) return;
    event.preventDefault();
    const index = items.findIndex((item) => item.id === active);
    const next = items[(index + step + items.length) % items.length];
    if (!next) return;
    onChoose(next.id);
    document.getElementById(`tab-${next.id}`)?.focus();
  };
  return (
    <div className={t.tabs} role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {items.map((item) => (
        <button
          key={item.id}
          id={`tab-${item.id}`}
          type="button"
          role="tab"
          aria-selected={item.id === active}
          tabIndex={item.id === active ? 0 : -1}
          className={t.tab}
          onClick={() => onChoose(item.id)}
        >
          {item.label}
          {item.count === undefined ? null : <small>{item.count}</small>}
        </button>
      ))}
    </div>
  );
}
