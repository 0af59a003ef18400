import { Popover } from '@mantine/core';
import type { SchemaTable } from '../schema';
import { AddField } from './AddField';
import { addColumn, changeFilter, removeFrom } from './edit';
import { FilterEditor } from './FilterEditor';
import { Pill } from './Pill';
import type { Reading } from './reading';
import { Shelf } from './Shelf';
import s from './shelves.module.css';
import { columnOf, filterWords, fullName } from './words';

/** Conditions on rows, each opened to be changed. */
export function FilterShelf({
  reading,
  tables,
  near,
  onChange,
}: {
  reading: Reading;
  tables: SchemaTable[];
  near: SchemaTable[];
  onChange: (reading: Reading) => void;
}) {
  const main = reading.table;
  return (
    <Shelf
      id="filters"
      name="Keep rows"
      items={reading.filters.map((_, index) => index)}
      add={
        <AddField
          label="Add a condition"
          tables={near}
          onPick={(column) => onChange(addColumn(reading, 'filters', column))}
        />
      }
    >
      {reading.filters.map((filter, index) => {
        const first = filter.any_of[0];
        const column = first ? columnOf(tables, first) : undefined;
        const one =
          column &&
          filter.any_of.every(
            (other) => other.column === first?.column && other.table === first.table && !other.of?.length,
          ) &&
          (filter.any_of.length === 1 ? !filter.negated : filter.any_of.every((other) => other.op === 'equal'));
        const name = first ? fullName(first, main) : 'condition';
        return (
          <Pill
            key={`${index}:${name}`}
            id={`filters:${index}`}
            name={name}
            onRemove={() => onChange(removeFrom(reading, 'filters', index))}
          >
            {one ? (
              <Popover position="bottom-start" width={280} trapFocus returnFocus>
                <Popover.Target>
                  <button
                    type="button"
                    className={s.pillButton}
                    aria-label={`Condition on ${name}: ${filterWords(filter, tables)}`}
                  >
                    <b>{name}</b> {filterWords(filter, tables)}
                  </button>
                </Popover.Target>
                <Popover.Dropdown>
                  <FilterEditor
                    filter={filter}
                    column={column}
                    onChange={(next) => onChange(changeFilter(reading, index, next))}
                  />
                </Popover.Dropdown>
              </Popover>
            ) : (
              <span className={s.pillText}>
                <b>{name}</b> {filterWords(filter, tables)}
              </span>
            )}
          </Pill>
        );
      })}
    </Shelf>
  );
}
