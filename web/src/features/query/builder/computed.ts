/** Computed columns of a reading beside the columns of the data. Pure functions. */
import type { SchemaColumn, SchemaTable } from '../schema';
import { splitsOf } from './edit';
import type { Computed, Reading } from './reading';

const columnFrom = ({ table, name, type, expression }: Computed): SchemaColumn => ({
  table,
  name,
  label: name,
  type,
  meaning: 'unknown',
  unit: undefined,
  values: [],
  expression,
});

/** The tables with the computed columns as columns of theirs. */
export const withComputed = (tables: SchemaTable[], computed: Computed[]): SchemaTable[] =>
  computed.length === 0
    ? tables
    : tables.map((table) => {
        const own = computed.filter((one) => one.table === table.name);
        return own.length === 0 ? table : { ...table, columns: [...own.map(columnFrom), ...table.columns] };
      });

const isOf = (ref: { table: string; column: string }, one: Pick<Computed, 'table' | 'name'>) =>
  ref.table === one.table && ref.column === one.name;

/** Whether the reading shows, keeps or sorts by that column. */
export const usesComputed = (reading: Reading, one: Computed): boolean =>
  [
    ...splitsOf(reading),
    ...reading.measures,
    ...reading.filters.flatMap((filter) => filter.any_of),
    ...reading.order.filter((order) => order.by === 'column'),
  ].some((ref) => isOf(ref, one));

/** In place of the one at this place, or a new one. */
export function putComputed(reading: Reading, index: number, one: Computed): Reading {
  const computed = [...(reading.computed ?? [])];
  computed[index] = one;
  return { ...reading, computed };
}

export const removeComputed = (reading: Reading, index: number): Reading => ({
  ...reading,
  computed: (reading.computed ?? []).filter((_, place) => place !== index),
});
