import { Popover } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { SEMANTICS } from '@/components/semantics';
import q from '../query.module.css';
import { type SchemaColumn, type SchemaTable, searchSchema } from '../schema';
import s from './shelves.module.css';

const MOST = 60;

export interface AddFieldProps {
  label: string;
  tables: SchemaTable[];
  /** Offered before the columns: "number of orders". */
  extras?: { key: string; label: string; onPick: () => void }[];
  onPick: (column: SchemaColumn) => void;
}

/** A shelf's last place: opens a list of all columns, searched by name or value. For keyboard and touch. */
export function AddField({ label, tables, extras = [], onPick }: AddFieldProps) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const list = useId();
  const options = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    const first = extras
      .filter((extra) => extra.label.toLowerCase().includes(wanted))
      .map((extra) => ({ key: extra.key, label: extra.label, detail: '', icon: null, pick: extra.onPick }));
    const columns = searchSchema(tables, text).flatMap((hit) =>
      hit.columns.map((column) => ({
        key: `${column.table}.${column.name}`,
        label: column.name,
        detail: column.table,
        icon: SEMANTICS[column.meaning].icon,
        pick: () => onPick(column),
      })),
    );
    return [...first, ...columns].slice(0, MOST);
  }, [tables, text, extras, onPick]);
  const at = Math.min(chosen, options.length - 1);
  const take = (index: number) => {
    options[index]?.pick();
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setChosen((at + step + options.length) % Math.max(1, options.length));
    else if (event.key === 'Enter') take(at);
    else return;
    event.preventDefault();
  };
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-start"
      width={260}
      trapFocus
      returnFocus
      onOpen={() => {
        setText('');
        setChosen(0);
      }}
    >
      <Popover.Target>
        <button
          type="button"
          className={s.add}
          aria-haspopup="listbox"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <IconPlus size={13} stroke={1.6} />
          {label}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={s.fieldList ?? ''}>
        <input
          data-autofocus
          className={s.fieldSearch}
          value={text}
          placeholder="Find a column"
          aria-label={label}
          role="combobox"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={options[at] ? `${list}-${at}` : undefined}
          onChange={(event) => {
            setText(event.target.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
        <div id={list} role="listbox" aria-label="Columns" className={s.fieldOptions}>
          {options.map((option, index) => (
            <button
              type="button"
              tabIndex={-1}
              key={option.key}
              id={`${list}-${index}`}
              role="option"
              aria-selected={index === at}
              className={s.fieldOption}
              onPointerMove={() => setChosen(index)}
              onClick={() => take(index)}
            >
              {option.icon ? <option.icon size={14} stroke={1.6} /> : null}
              <span>{option.label}</span>
              <small>{option.detail}</small>
            </button>
          ))}
          {options.length === 0 ? <p className={q.nothing}>No column is called so.</p> : null}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
