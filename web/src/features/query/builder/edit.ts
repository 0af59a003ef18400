/** Changes of a reading, as pure functions: what a drop, a key or a menu of the visual builder does. */
import type { SemanticType } from '@/api/types';
import { isLabelNumber, kindOf } from '@/lib/cells';
import type { SchemaColumn } from '../schema';
import type {
  Aggregate,
  ColumnRef,
  Condition,
  Dimension,
  Filter,
  Having,
  Measure,
  Operator,
  Order,
  Reading,
} from './reading';

/** Where a field can be put. `across`: its values become columns. */
export type Shelf = 'measures' | 'split' | 'across' | 'filters' | 'sort';

const AVERAGED: SemanticType[] = ['price', 'share', 'measure'];
const LABELS: SemanticType[] = ['identifier', 'code', 'year', 'month', 'latitude', 'longitude'];

export const isTime = (column: Pick<SchemaColumn, 'type'>) => ['date', 'time'].includes(kindOf(column.type));

export const isFigure = (column: Pick<SchemaColumn, 'type' | 'name' | 'meaning'>) =>
  kindOf(column.type) === 'number' && !LABELS.includes(column.meaning) && !isLabelNumber(column.name);

/** Where a column goes when nobody says where. */
export const usualShelf = (column: SchemaColumn): Shelf => (isFigure(column) ? 'measures' : 'split');

export function usualAggregate(column: SchemaColumn): Aggregate {
  if (!isFigure(column)) return kindOf(column.type) === 'text' ? 'count_distinct' : 'count';
  return AVERAGED.includes(column.meaning) ? 'avg' : 'sum';
}

/** Aggregates that make sense of a column of this type. */
export function aggregatesFor(type: string): Aggregate[] {
  switch (kindOf(type)) {
    case 'number':
      return ['sum', 'avg', 'median', 'min', 'max', 'stddev', 'count', 'count_distinct'];
    case 'date':
    case 'time':
      return ['min', 'max', 'count', 'count_distinct'];
    default:
      return ['count', 'count_distinct'];
  }
}

/** What groups, or is listed when there is no figure: one list for the page. */
export const splitsOf = (reading: Reading): Dimension[] => [
  ...reading.dimensions.filter((dimension) => !dimension.hidden),
  ...reading.columns.map((column): Dimension => ({ table: column.table, column: column.column, grain: 'none' })),
];

/** The shown list back into groups and listed columns; hidden groups stay. */
function withSplits(reading: Reading, splits: Dimension[]): Reading {
  const hidden = reading.dimensions.filter((dimension) => dimension.hidden);
  const grouped = reading.measures.length > 0 || hidden.length > 0 || splits.some((split) => split.grain !== 'none');
  return settled({
    ...reading,
    dimensions: [...(grouped ? splits : []), ...hidden],
    columns: grouped ? [] : splits.map(({ table, column }) => ({ table, column })),
  });
}

/** The table whose rows are counted or listed follows from what is shown. */
function settled(reading: Reading): Reading {
  const shown = [...reading.measures, ...reading.columns, ...reading.dimensions]
    .map((one) => one.table)
    .filter(Boolean);
  const table = shown.includes(reading.table) && reading.measures.length === 0 ? reading.table : (shown[0] ?? '');
  return table === '' ? { ...reading, table, filters: [], order: [], having: [], along: [] } : { ...reading, table };
}

const sameColumn = (a: ColumnRef, b: ColumnRef) => a.table === b.table && a.column === b.column;

export function addMeasure(reading: Reading, measure: Measure, at = reading.measures.length): Reading {
  const splits = splitsOf(reading);
  const measures = [...reading.measures];
  measures.splice(at, 0, measure);
  const shift = (index: number) => (index >= at ? index + 1 : index);
  return withSplits(
    {
      ...reading,
      measures,
      distinct: false,
      having: reading.having.map((one) => ({ ...one, measure: shift(one.measure) })),
      order: regrouped(
        reading.order.map((one) => (one.by === 'measure' ? { ...one, index: shift(one.index) } : one)),
        splits,
        true,
      ),
    },
    splits,
  );
}

/** Orders by a listed column are orders by a group once there are groups, and the other way round. */
function regrouped(order: Order[], splits: Dimension[], grouped: boolean): Order[] {
  return order.flatMap((one): Order[] => {
    if (grouped && one.by === 'column') {
      const index = splits.findIndex((split) => sameColumn(split, one));
      return index < 0 ? [] : [{ ...one, by: 'dimension', index, table: '', column: '' }];
    }
    if (!grouped && one.by === 'dimension') {
      const split = splits[one.index];
      return split ? [{ ...one, by: 'column', index: 0, table: split.table, column: split.column }] : [];
    }
    return [one];
  });
}

export const countRows = (table: string): Measure => ({ aggregate: 'count', table, column: '' });

export function addColumn(reading: Reading, shelf: Shelf, column: SchemaColumn, at?: number): Reading {
  const ref = { table: column.table, column: column.name };
  switch (shelf) {
    case 'measures':
      return addMeasure(reading, { ...ref, aggregate: usualAggregate(column) }, at);
    case 'split': {
      const splits = splitsOf(reading);
      if (splits.some((split) => sameColumn(split, ref))) return reading;
      const grouped = reading.measures.length > 0;
      const grain = isTime(column) && grouped ? 'month' : 'none';
      const place = at ?? splits.length;
      const next = [...splits];
      next.splice(place, 0, { ...ref, grain });
      return withSplits(
        {
          ...reading,
          order: reading.order.map((one) =>
            one.by === 'dimension' && one.index >= place ? { ...one, index: one.index + 1 } : one,
          ),
        },
        next,
      );
    }
    case 'across': {
      if (reading.measures.length === 0) return reading;
      const grouped = addColumn(reading, 'split', column);
      return putAcross(
        grouped,
        splitsOf(grouped).findIndex((split) => sameColumn(split, ref)),
      );
    }
    case 'filters':
      return {
        ...reading,
        filters: [...reading.filters, { any_of: [usualCondition(column)] }],
        table: reading.table || column.table,
      };
    case 'sort':
      return addSort(reading, ref);
  }
}

/** Makes the values of this group columns; of none, with -1. */
export function putAcross(reading: Reading, index: number): Reading {
  const splits = splitsOf(reading).map((split, place) => ({ ...split, pivot: place === index, values: [] }));
  return withSplits(
    {
      ...reading,
      // Rows are put in order by what they have, and have first ones in each group while two groups are left.
      order: reading.order.filter((one) => one.by !== 'dimension' || one.index !== index),
      per_group: reading.per_group === true && splits.filter((split) => !split.pivot).length > 1,
    },
    splits,
  );
}

/** The columns of a pivot follow from the data anew after each change. */
export const withFreshColumns = (reading: Reading): Reading => ({
  ...reading,
  dimensions: reading.dimensions.map((one) => (one.pivot ? { ...one, values: [] } : one)),
});

function addSort(reading: Reading, ref: ColumnRef): Reading {
  const measure = reading.measures.findIndex((one) => sameColumn(one, ref));
  const dimension = reading.dimensions.findIndex((one) => !one.hidden && sameColumn(one, ref));
  const order: Order =
    measure >= 0
      ? { by: 'measure', index: measure, table: '', column: '', descending: true }
      : dimension >= 0
        ? { by: 'dimension', index: dimension, table: '', column: '', descending: false }
        : { by: 'column', index: 0, ...ref, descending: false };
  // What is neither shown nor grouped by has one value for each row only where rows are listed.
  if (order.by === 'column' && reading.measures.length > 0) return reading;
  return { ...reading, order: [...reading.order, order] };
}

export function usualCondition(column: SchemaColumn): Condition {
  const ref = { table: column.table, column: column.name };
  if (column.values[0]) return { ...ref, op: 'equal', values: [column.values[0].value] };
  return kindOf(column.type) === 'boolean'
    ? { ...ref, op: 'equal', values: [true] }
    : { ...ref, op: 'not_null', values: [] };
}

export function removeFrom(reading: Reading, shelf: Shelf | 'having', index: number): Reading {
  const without = <T>(list: T[]) => list.filter((_, place) => place !== index);
  const closed = (place: number) => (place > index ? place - 1 : place);
  switch (shelf) {
    case 'measures': {
      const splits = splitsOf(reading);
      const measures = without(reading.measures);
      const order = reading.order
        .filter((one) => one.by !== 'measure' || one.index !== index)
        .map((one) => (one.by === 'measure' ? { ...one, index: closed(one.index) } : one));
      return withSplits(
        {
          ...reading,
          measures,
          per_group: reading.per_group === true && measures.length > 0,
          having: reading.having
            .filter((one) => one.measure !== index)
            .map((one) => ({ ...one, measure: closed(one.measure) })),
          order: regrouped(order, splits, measures.length > 0 || splits.some((split) => split.grain !== 'none')),
        },
        splits,
      );
    }
    case 'split':
    case 'across':
      return withSplits(
        {
          ...reading,
          order: reading.order
            .filter((one) => one.by !== 'dimension' || one.index !== index)
            .map((one) => (one.by === 'dimension' ? { ...one, index: closed(one.index) } : one)),
        },
        without(splitsOf(reading)),
      );
    case 'filters':
      return { ...reading, filters: without(reading.filters) };
    case 'sort':
      return { ...reading, order: without(reading.order) };
    case 'having':
      return { ...reading, having: without(reading.having) };
  }
}

function reordered<T>(list: T[], from: number, to: number): T[] {
  const next = [...list];
  const [one] = next.splice(from, 1);
  if (one !== undefined) next.splice(to, 0, one);
  return next;
}

export function moveWithin(reading: Reading, shelf: Shelf, from: number, to: number): Reading {
  const moved = (index: number) => {
    if (index === from) return to;
    if (from < index && index <= to) return index - 1;
    if (to <= index && index < from) return index + 1;
    return index;
  };
  const follow = (by: Order['by']) =>
    reading.order.map((one) => (one.by === by ? { ...one, index: moved(one.index) } : one));
  switch (shelf) {
    case 'measures':
      return settled({
        ...reading,
        measures: reordered(reading.measures, from, to),
        having: reading.having.map((one) => ({ ...one, measure: moved(one.measure) })),
        order: follow('measure'),
      });
    case 'split':
    case 'across':
      return withSplits({ ...reading, order: follow('dimension') }, reordered(splitsOf(reading), from, to));
    case 'filters':
      return { ...reading, filters: reordered(reading.filters, from, to) };
    case 'sort':
      return { ...reading, order: reordered(reading.order, from, to) };
  }
}

export const changeMeasure = (reading: Reading, index: number, change: Partial<Measure>): Reading => ({
  ...reading,
  measures: reading.measures.map((one, place) => (place === index ? { ...one, ...change } : one)),
});

export const changeSplit = (reading: Reading, index: number, change: Partial<Dimension>): Reading => {
  const splits = splitsOf(reading).map((one, place) => (place === index ? { ...one, ...change } : one));
  const grouped = reading.measures.length > 0 || splits.some((split) => split.grain !== 'none');
  return withSplits({ ...reading, order: regrouped(reading.order, splits, grouped) }, splits);
};

export const changeFilter = (reading: Reading, index: number, filter: Filter): Reading => ({
  ...reading,
  filters: reading.filters.map((one, place) => (place === index ? filter : one)),
});

export const changeOrder = (reading: Reading, index: number, change: Partial<Order>): Reading => ({
  ...reading,
  order: reading.order.map((one, place) => (place === index ? { ...one, ...change } : one)),
});

export const changeHaving = (reading: Reading, index: number, change: Partial<Having>): Reading => ({
  ...reading,
  having: reading.having.map((one, place) => (place === index ? { ...one, ...change } : one)),
});

/** Operators that a column of this type is compared by, the usual first. */
export function operatorsFor(type: string): Operator[] {
  switch (kindOf(type)) {
    case 'number':
      return [
        'equal',
        'not_equal',
        'greater',
        'greater_or_equal',
        'less',
        'less_or_equal',
        'between',
        'is_null',
        'not_null',
      ];
    case 'date':
    case 'time':
      return ['between', 'greater_or_equal', 'less', 'equal', 'is_null', 'not_null'];
    case 'boolean':
      return ['equal', 'is_null', 'not_null'];
    default:
      return ['equal', 'not_equal', 'contains', 'starts_with', 'ends_with', 'is_null', 'not_null'];
  }
}

/** How many values a condition with this operator needs. */
export const valuesNeeded = (op: Operator): number =>
  op === 'between' ? 2 : op === 'is_null' || op === 'not_null' ? 0 : 1;

/** Conditions whose values are all there; one that is being written holds nothing up. */
export const isWhole = (filter: Filter): boolean =>
  filter.any_of.length > 0 &&
  filter.any_of.every(
    (one) =>
      (one.of?.length ?? 0) > 0 ||
      (one.values.length >= valuesNeeded(one.op) && one.values.every((value) => value !== '')),
  );

/** What is sent: without conditions that are not written to the end. */
export const sendable = (reading: Reading): Reading => ({ ...reading, filters: reading.filters.filter(isWhole) });
