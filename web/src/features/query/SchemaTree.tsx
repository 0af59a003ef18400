import { IconChevronDown, IconChevronRight, IconSearch, IconTable } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone } from '@/components/primitives';
import { SEMANTICS } from '@/components/semantics';
import { count, percent } from '@/lib/format';
import q from './query.module.css';
import { type Hit, type SchemaColumn, type SchemaTable, searchSchema } from './schema';
import s from './schema.module.css';

/** Tables of a workspace with few of them stand open. */
const FEW = 3;

function joinWords(table: SchemaTable): string[] {
  return table.joins.map((join) => {
    const [own, other] = join.left.table === table.name ? [join.left, join.right] : [join.right, join.left];
    return `${own.column} joins ${other.table}.${other.column}, ${percent(join.match_ratio, 0)}`;
  });
}

export interface SchemaTreeProps {
  tables: SchemaTable[];
  loading: boolean;
  error: unknown;
  onRetry: () => void;
  /** Enter, a click or a tap on a name. */
  onPick: (name: SchemaTable | SchemaColumn) => void;
  /** What picking does, for the title: "Insert". */
  pickWord: string;
  used?: ReadonlySet<string>;
  /** Wraps what a column's row shows; for dragging it. */
  wrapColumn?: (column: SchemaColumn, row: ReactNode) => ReactNode;
}

/** Tables and their columns: searched by name or by value, walked with the arrow keys. */
export function SchemaTree({ tables, loading, error, onRetry, onPick, pickWord, used, wrapColumn }: SchemaTreeProps) {
  const [text, setText] = useState('');
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [focus, setFocus] = useState('');
  const tree = useRef<HTMLDivElement>(null);
  const hits = useMemo(() => searchSchema(tables, text), [tables, text]);
  const searching = text.trim() !== '';
  const isOpen = (table: SchemaTable) => searching || tables.length <= FEW !== toggled.has(table.name);
  const toggle = (name: string) =>
    setToggled((before) => {
      const next = new Set(before);
      if (!next.delete(name)) next.add(name);
      return next;
    });
  const items = () => [...(tree.current?.querySelectorAll<HTMLElement>('[role="treeitem"]') ?? [])];
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, table: SchemaTable, column?: SchemaColumn) => {
    const list = items();
    const at = list.indexOf(event.currentTarget);
    const go = (index: number) => list[Math.min(Math.max(index, 0), list.length - 1)]?.focus();
    switch (event.key) {
      case 'ArrowDown':
        go(at + 1);
        break;
      case 'ArrowUp':
        go(at - 1);
        break;
      case 'Home':
        go(0);
        break;
      case 'End':
        go(list.length - 1);
        break;
      case 'ArrowRight':
        if (column || searching) return;
        if (isOpen(table)) go(at + 1);
        else toggle(table.name);
        break;
      case 'ArrowLeft':
        if (column) list.find((item) => item.dataset.table === table.name)?.focus();
        else if (isOpen(table) && !searching) toggle(table.name);
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  const firstKey = hits[0] ? `t:${hits[0].table.name}` : '';
  const known = hits.some(
    (hit) =>
      focus === `t:${hit.table.name}` ||
      (isOpen(hit.table) && hit.columns.some((column) => focus === `c:${column.table}.${column.name}`)),
  );
  const stop = (key: string) => ((known ? focus : firstKey) === key ? 0 : -1);

  const row = (hit: Hit) => {
    const { table } = hit;
    const open = isOpen(table);
    const key = `t:${table.name}`;
    return (
      <div key={table.name} role="none">
        <div
          role="treeitem"
          className={s.tableRow}
          data-table={table.name}
          aria-expanded={open}
          aria-level={1}
          aria-label={`${table.name}, ${count(table.rows)} rows`}
          tabIndex={stop(key)}
          title={`${table.title}, ${count(table.rows)} rows, from ${table.source}`}
          onFocus={() => setFocus(key)}
          onClick={() => toggle(table.name)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') onPick(table);
            else if (event.key === ' ') {
              event.preventDefault();
              toggle(table.name);
            } else onKeyDown(event, table);
          }}
        >
          {open ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
          <IconTable size={14} stroke={1.6} />
          <span>{table.name}</span>
          <small data-rows={count(table.rows)} />
        </div>
        {open ? (
          <div role="group">
            {hit.value ? <p className={q.join}>has the value “{hit.value}”</p> : null}
            {searching
              ? null
              : joinWords(table).map((words) => (
                  <p key={words} className={q.join}>
                    {words}
                  </p>
                ))}
            {hit.columns.map((column) => {
              const columnKey = `c:${column.table}.${column.name}`;
              const Sign = SEMANTICS[column.meaning].icon;
              const line = (
                <div
                  key={columnKey}
                  role="treeitem"
                  className={s.column}
                  aria-level={2}
                  aria-label={`${column.name}, ${SEMANTICS[column.meaning].label}`}
                  data-used={used?.has(`${column.table}.${column.name}`) ?? false}
                  tabIndex={stop(columnKey)}
                  title={`${pickWord} ${column.name} (${column.label}, ${column.type})`}
                  onFocus={() => setFocus(columnKey)}
                  onClick={() => onPick(column)}
                  onKeyDown={(event) => {
                    if (event.key === 'Enter' || event.key === ' ') {
                      event.preventDefault();
                      onPick(column);
                    } else onKeyDown(event, table, column);
                  }}
                >
                  <Sign size={14} stroke={1.6} />
                  <span>{column.name}</span>
                  {used?.has(`${column.table}.${column.name}`) ? <i /> : null}
                </div>
              );
              return wrapColumn ? wrapColumn(column, line) : line;
            })}
          </div>
        ) : null}
      </div>
    );
  };
  return (
    <div className={`${q.pane} ${s.schema}`}>
      <div className={s.schemaSearch}>
        <label className={s.search}>
          <IconSearch size={14} stroke={1.6} />
          <input
            type="search"
            value={text}
            placeholder="Find a column or a value"
            aria-label="Find a column or a value"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'ArrowDown') {
                event.preventDefault();
                items()[0]?.focus();
              }
            }}
          />
        </label>
      </div>
      {error ? <ErrorNotice error={error} onRetry={onRetry} /> : null}
      {loading ? (
        <div className={s.bones}>
          <Bone width="60%" />
          <Bone width="80%" />
          <Bone width="70%" />
        </div>
      ) : null}
      {!loading && !error && hits.length === 0 ? (
        <p className={q.nothing}>
          {searching
            ? 'No table, column or frequent value is called so.'
            : 'There are no tables yet. Upload a file on Files.'}
        </p>
      ) : null}
      {hits.length > 0 ? (
        <div className={s.tree} role="tree" aria-label="Tables and columns" ref={tree}>
          {hits.map(row)}
        </div>
      ) : null}
    </div>
  );
}
