import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { SchemaColumn, SchemaTable } from '../schema';
import { AddField } from './AddField';
import { ComputedShelf } from './ComputedShelf';
import { withComputed } from './computed';
import {
  addColumn,
  addMeasure,
  aggregatesFor,
  changeMeasure,
  changeOrder,
  changeSplit,
  countRows,
  isTime,
  removeFrom,
  type Shelf as ShelfName,
  splitsOf,
} from './edit';
import { FilterShelf } from './FilterShelf';
import { HavingShelf } from './HavingShelf';
import { LimitShelf } from './LimitShelf';
import { Pill } from './Pill';
import { AGGREGATES, type Aggregate, GRAINS, type Grain, type Reading } from './reading';
import { Shelf } from './Shelf';
import s from './shelves.module.css';
import { columnOf, fullName, measureWords, orderWords } from './words';

interface ShelvesProps {
  reading: Reading;
  /** Tables as the data have them. */
  schema: SchemaTable[];
  onChange: (reading: Reading) => void;
}

/** The parts of a reading, each on its shelf. */
export function Shelves({ reading, schema, onChange }: ShelvesProps) {
  const tables = useMemo(() => withComputed(schema, reading.computed ?? []), [schema, reading.computed]);
  const add = (shelf: ShelfName) => (column: SchemaColumn) => onChange(addColumn(reading, shelf, column));
  const remove = (shelf: ShelfName, index: number) => () => onChange(removeFrom(reading, shelf, index));
  const main = reading.table;
  const splits = splitsOf(reading);
  const near = reading.table ? [...tables].sort((a, b) => Number(b.name === main) - Number(a.name === main)) : tables;
  const places = splits.map((_, index) => index);
  const rows = places.filter((index) => !splits[index]?.pivot);
  const across = places.filter((index) => splits[index]?.pivot);
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
      : rows.map((index) => ({
          key: `d${index}`,
          label: fullName(splits[index] ?? { table: '', column: '' }, main),
          onPick: () =>
            onChange({
              ...reading,
              order: [...reading.order, { by: 'dimension', index, table: '', column: '', descending: false }],
            }),
        }))),
  ];
  const pill = (shelf: 'split' | 'across', index: number) => {
    const split = splits[index];
    if (!split) return null;
    const column = columnOf(tables, split);
    return (
      <Pill
        key={`${split.table}.${split.column}`}
        id={`${shelf}:${index}`}
        name={split.column}
        onRemove={remove(shelf, index)}
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
  };
  return (
    <>
      <Shelf
        id="measures"
        name="Measure"
        items={reading.measures.map((_, index) => index)}
        add={
          <AddField
            label="Add a measure"
            tables={near}
            extras={near.map((table) => ({
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
        items={rows}
        add={<AddField label="Add a column" tables={near} onPick={add('split')} />}
      >
        {rows.map((index) => pill('split', index))}
      </Shelf>
      {reading.measures.length > 0 ? (
        <Shelf
          id="across"
          name="Columns"
          items={across}
          add={
            across.length > 0 ? null : <AddField label="Add columns of values" tables={near} onPick={add('across')} />
          }
        >
          {across.map((index) => pill('across', index))}
        </Shelf>
      ) : null}
      <ComputedShelf reading={reading} tables={schema} onChange={onChange} />
      <FilterShelf reading={reading} tables={tables} near={near} onChange={onChange} />
      {reading.measures.length > 0 ? <HavingShelf reading={reading} onChange={onChange} /> : null}
      <Shelf
        id="sort"
        name="Sort"
        items={reading.order.map((_, index) => index)}
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
      <LimitShelf reading={reading} onChange={onChange} />
    </>
  );
}
