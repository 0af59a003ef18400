import { Popover } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import q from '../query.module.css';
import type { SchemaTable } from '../schema';
import { ComputedEditor } from './ComputedEditor';
import { putComputed, removeComputed, usesComputed } from './computed';
import type { Computed, Reading } from './reading';
import s from './shelves.module.css';

/** Columns made of others; each is opened to be changed. */
export function ComputedShelf({
  reading,
  tables,
  onChange,
}: {
  reading: Reading;
  tables: SchemaTable[];
  onChange: (reading: Reading) => void;
}) {
  const [open, setOpen] = useState<number | null>(null);
  const computed = reading.computed ?? [];
  const table = reading.table || (tables[0]?.name ?? '');
  const editor = (index: number, start: Computed, used: boolean) => (
    <Popover.Dropdown>
      <ComputedEditor
        start={start}
        fixed={used}
        tables={tables}
        onSave={(one) => {
          onChange(putComputed(reading, index, one));
          setOpen(null);
        }}
      />
    </Popover.Dropdown>
  );
  const popover = (index: number) => ({
    opened: open === index,
    onChange: (opened: boolean) => setOpen(opened ? index : null),
    position: 'bottom-start' as const,
    width: 320,
    trapFocus: true,
    returnFocus: true,
  });
  if (tables.length === 0) return null;
  return (
    <section className={s.shelf} aria-label="Computed">
      <h3 className={s.shelfName}>Computed</h3>
      <div className={s.slots}>
        {computed.map((one, index) => {
          const used = usesComputed(reading, one);
          return (
            <div className={s.pill} key={`${one.table}.${one.name}`}>
              <div className={s.pillBody}>
                <Popover {...popover(index)}>
                  <Popover.Target>
                    <button
                      type="button"
                      className={s.pillButton}
                      aria-label={`Computed column ${one.name}: ${one.expression}`}
                      onClick={() => setOpen(open === index ? null : index)}
                    >
                      <b>{one.name}</b> = {one.expression}
                    </button>
                  </Popover.Target>
                  {editor(index, one, used)}
                </Popover>
              </div>
              <button
                type="button"
                className={q.tabClose}
                aria-label={`Remove ${one.name}`}
                disabled={used}
                title={used ? 'It is used; take it off the shelves first.' : undefined}
                onClick={() => onChange(removeComputed(reading, index))}
              >
                <IconX size={12} stroke={1.8} />
              </button>
            </div>
          );
        })}
        <Popover {...popover(computed.length)}>
          <Popover.Target>
            <button
              type="button"
              className={s.add}
              aria-expanded={open === computed.length}
              onClick={() => setOpen(open === computed.length ? null : computed.length)}
            >
              + Add a computed column
            </button>
          </Popover.Target>
          {editor(computed.length, { table, name: '', expression: '', type: '' }, false)}
        </Popover>
      </div>
    </section>
  );
}
