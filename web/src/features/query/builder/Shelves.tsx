import { useDroppable } from '@dnd-kit/core';
import { SortableContext, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { Popover } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import s from '../query.module.css';
import type { SchemaColumn, SchemaTable } from '../schema';
import { AddField } from './AddField';
import {
  addColumn,
  addMeasure,
  aggregatesFor,
  changeFilter,
  changeHaving,
  changeMeasure,
  changeOrder,
  changeSplit,
  countRows,
  isTime,
  removeFrom,
  type Shelf as ShelfName,
  splitsOf,
} from './edit';
import { FilterEditor } from './FilterEditor';
import { Pill } from './Pill';
import { AGGREGATES, type Aggregate, GRAINS, type Grain, OPERATORS, type Operator, type Reading } from './reading';
import { columnOf, filterWords, fullName, measureWords, orderWords } from './words';

const COMPARED: Operator[] = ['greater_or_equal', 'greater', 'less', 'less_or_equal', 'equal', 'not_equal'];
const LIMITS = [5, 10, 20, 50, 100, 1_000, 10_000];

interface ShelvesProps {
  reading: Reading;
  tables: SchemaTable[];
  onChange: (reading: Reading) => void;
}

function Shelf({
  id,
  name,
  count,
  children,
  add,
}: {
  id: ShelfName;
  name: string;
  count: number;
  children: ReactNode;
  add: ReactNode;
}) {
  const { setNodeRef, isOver } = useDroppable({ id: `shelf:${id}` });
  return (
    <section className={s.shelf} aria-label={name}>
      <h3 className={s.shelfName}>{name}</h3>
      <div className={s.slots} ref={setNodeRef} data-over={isOver}>
        <SortableContext
          items={Array.from({ length: count }, (_, index) => `${id}:${index}`)}
          strategy={verticalListSortingStrategy}
        >
          {children}
        </SortableContext>
        {add}
      </div>
    </section>
  );
}

/** The parts of a reading, each on its shelf. */
export function Shelves({ reading, tables, onChange }: ShelvesProps) {
  const add = (shelf: ShelfName) => (column: SchemaColumn) => onChange(addColumn(reading, shelf, column));
  const remove = (shelf: ShelfName | 'having', index: number) => () => onChange(removeFrom(reading, shelf, index));
  const main = reading.table;
  const splits = splitsOf(reading);
  const counted = reading.table ? tables.filter((table) => table.name === reading.table) : tables;
  const near = reading.table ? [...tables].sort((a, b) => Number(b.name === main) - Number(a.name === main)) : tables;
  const sortable = [
    ...reading.measures.map((measure, index) => ({
      key: `m${index}`,
      label: measureWords(measure, main),
      onPick: () =>
        onChange({
          ...reading,
          order: [...reading.order, { by: 'measure', index, table: '', column: '', descending: true }],
        }),
    })),
    ...(reading.columns.length > 0
      ? []
      : splits.map((split, index) => ({
          key: `d${index}`,
          label: fullName(split, main),
          onPick: () =>
            onChange({
              ...reading,
              order: [...reading.order, { by: 'dimension', index, table: '', column: '', descending: false }],
            }),
        }))),
  ];
  return (
    <>
      <Shelf
        id="measures"
        name="Measure"
        count={reading.measures.length}
        add={
          <AddField
            label="Add a measure"
            tables={near}
            extras={counted.map((table) => ({
              key: `rows:${table.name}`,
              label: `number of ${table.name}`,
              onPick: () => onChange(addMeasure(reading, countRows(table.name))),
            }))}
            onPick={add('measures')}
          />
        }
      >
        {reading.measures.map((measure, index) => {
          const words = measureWords(measure, main);
          const column = columnOf(tables, measure);
          const plain = !measure.metric && (measure.arithmetic ?? 'none') === 'none' && column && measure.column !== '';
          return (
            <Pill key={`${index}:${words}`} id={`measures:${index}`} name={words} onRemove={remove('measures', index)}>
              {plain ? (
                <>
                  <select
                    value={measure.aggregate}
                    aria-label={`How ${measure.column} is summed up`}
                    onChange={(event) =>
                      onChange(changeMeasure(reading, index, { aggregate: event.target.value as Aggregate }))
                    }
                  >
                    {[...new Set([measure.aggregate, ...aggregatesFor(column.type)])].map((one) => (
                      <option key={one} value={one}>
                        {AGGREGATES[one]}
                      </option>
                    ))}
                  </select>
                  <b>{fullName(measure, main)}</b>
                  {measure.window && measure.window !== 'none' ? (
                    <small>{measure.window.replace('_', ' ')}</small>
                  ) : null}
                </>
              ) : (
                <b>{words}</b>
              )}
            </Pill>
          );
        })}
      </Shelf>
      <Shelf
        id="split"
        name="Split by"
        count={splits.length}
        add={<AddField label="Add a column" tables={near} onPick={add('split')} />}
      >
        {splits.map((split, index) => {
          const column = columnOf(tables, split);
          return (
            <Pill
              key={`${split.table}.${split.column}`}
              id={`split:${index}`}
              name={split.column}
              onRemove={remove('split', index)}
            >
              <b>{fullName(split, main)}</b>
              {column && isTime(column) ? (
                <select
                  value={split.grain}
                  aria-label={`Periods of ${split.column}`}
                  onChange={(event) => onChange(changeSplit(reading, index, { grain: event.target.value as Grain }))}
                >
                  {(Object.keys(GRAINS) as Grain[])
                    .filter((grain) => grain !== 'hour' || column.type !== 'DATE')
                    .map((grain) => (
                      <option key={grain} value={grain}>
                        {GRAINS[grain]}
                      </option>
                    ))}
                </select>
              ) : null}
            </Pill>
          );
        })}
      </Shelf>
      <Shelf
        id="filters"
        name="Keep rows"
        count={reading.filters.length}
        add={<AddField label="Add a condition" tables={near} onPick={add('filters')} />}
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
            <Pill key={`${index}:${name}`} id={`filters:${index}`} name={name} onRemove={remove('filters', index)}>
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
      {reading.measures.length > 0 ? (
        <section className={s.shelf} aria-label="Keep groups">
          <h3 className={s.shelfName}>Keep groups</h3>
          <div className={s.slots}>
            {reading.having.map((having, index) => (
              <div className={s.pill} key={index}>
                <div className={s.pillBody}>
                  <select
                    value={having.measure}
                    aria-label="Figure that groups are kept by"
                    onChange={(event) =>
                      onChange(changeHaving(reading, index, { measure: Number(event.target.value) }))
                    }
                  >
                    {reading.measures.map((measure, place) => (
                      <option key={place} value={place}>
                        {measureWords(measure, main)}
                      </option>
                    ))}
                  </select>
                  <select
                    value={having.op}
                    aria-label="How it is compared"
                    onChange={(event) => onChange(changeHaving(reading, index, { op: event.target.value as Operator }))}
                  >
                    {COMPARED.map((op) => (
                      <option key={op} value={op}>
                        {OPERATORS[op]}
                      </option>
                    ))}
                  </select>
                  <input
                    type="number"
                    step="any"
                    aria-label="Number that it is compared with"
                    value={having.value}
                    onChange={(event) =>
                      onChange(changeHaving(reading, index, { value: Number(event.target.value) || 0 }))
                    }
                  />
                </div>
                <button
                  type="button"
                  className={s.tabClose}
                  aria-label="Remove the condition on groups"
                  onClick={remove('having', index)}
                >
                  ×
                </button>
              </div>
            ))}
            <button
              type="button"
              className={s.add}
              onClick={() =>
                onChange({ ...reading, having: [...reading.having, { measure: 0, op: 'greater_or_equal', value: 0 }] })
              }
            >
              + Add a condition on a figure
            </button>
          </div>
        </section>
      ) : null}
      <Shelf
        id="sort"
        name="Sort"
        count={reading.order.length}
        add={
          reading.measures.length > 0 || reading.columns.length === 0 ? (
            <AddField label="Add an order" tables={[]} extras={sortable} onPick={add('sort')} />
          ) : (
            <AddField label="Add an order" tables={near.filter((table) => table.name === main)} onPick={add('sort')} />
          )
        }
      >
        {reading.order.map((order, index) => (
          <Pill
            key={`${index}:${orderWords(order, reading)}`}
            id={`sort:${index}`}
            name={orderWords(order, reading)}
            onRemove={remove('sort', index)}
          >
            <b>{orderWords(order, reading)}</b>
            <button
              type="button"
              className={s.pillButton}
              aria-label={`${orderWords(order, reading)}: ${order.descending ? 'highest first' : 'lowest first'}`}
              onClick={() => onChange(changeOrder(reading, index, { descending: !order.descending }))}
            >
              {order.descending ? 'highest first' : 'lowest first'}
              {order.descending ? <IconArrowDown size={12} /> : <IconArrowUp size={12} />}
            </button>
          </Pill>
        ))}
      </Shelf>
      <section className={s.shelf} aria-label="At most">
        <h3 className={s.shelfName}>At most</h3>
        <div className={s.slots}>
          <div className={s.pill}>
            <div className={s.pillBody}>
              <select
                value={reading.limit ?? ''}
                aria-label="Rows at most"
                onChange={(event) =>
                  onChange({ ...reading, limit: event.target.value === '' ? null : Number(event.target.value) })
                }
              >
                <option value="">all rows</option>
                {[...new Set([...LIMITS, ...(reading.limit ? [reading.limit] : [])])]
                  .sort((a, b) => a - b)
                  .map((limit) => (
                    <option key={limit} value={limit}>
                      {limit.toLocaleString()} rows
                    </option>
                  ))}
              </select>
              {reading.limit && reading.measures.length > 0 && splits.length > 1 ? (
                <label className={s.perGroup}>
                  <input
                    type="checkbox"
                    checked={reading.per_group === true}
                    onChange={(event) => onChange({ ...reading, per_group: event.target.checked })}
                  />
                  for each {splits[0]?.column}
                </label>
              ) : null}
              {reading.columns.length > 0 ? (
                <label className={s.perGroup}>
                  <input
                    type="checkbox"
                    checked={reading.distinct === true}
                    onChange={(event) => onChange({ ...reading, distinct: event.target.checked })}
                  />
                  each once
                </label>
              ) : null}
            </div>
          </div>
        </div>
      </section>
    </>
  );
}
