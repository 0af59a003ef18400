/**
 * A reading as the page edits it: the members it knows. The server's reading has more (spans, nested
 * readings, studies); they pass through untouched.
 */
export type Aggregate =
  | 'none'
  | 'count'
  | 'count_distinct'
  | 'sum'
  | 'avg'
  | 'min'
  | 'max'
  | 'median'
  | 'percentile'
  | 'stddev';
export type Grain = 'none' | 'day' | 'week' | 'month' | 'quarter' | 'year' | 'weekday' | 'month_name' | 'hour';
export type Operator =
  | 'equal'
  | 'not_equal'
  | 'less'
  | 'less_or_equal'
  | 'greater'
  | 'greater_or_equal'
  | 'between'
  | 'contains'
  | 'is_null'
  | 'not_null'
  | 'in'
  | 'starts_with'
  | 'ends_with';

export interface ColumnRef {
  table: string;
  column: string;
}
export type Value = string | number | boolean;
export interface Condition extends ColumnRef {
  op: Operator;
  values: Value[];
  of?: unknown[];
}
export interface Filter {
  any_of: Condition[];
  negated?: boolean;
}
export interface Measure extends ColumnRef {
  aggregate: Aggregate;
  metric?: string;
  share?: boolean;
  fraction?: number;
  filters?: Filter[];
  arithmetic?: string;
  operands?: Measure[];
  window?: string;
  hidden?: boolean;
}
export interface Dimension extends ColumnRef {
  grain: Grain;
  hidden?: boolean;
  /** Its values become columns: those of the data when none are named. */
  pivot?: boolean;
  values?: unknown[];
}
/** A column made of others of its row; `type` is what the server found. */
export interface Computed {
  table: string;
  name: string;
  expression: string;
  type: string;
}
/** A join that is taken where there are several ways. */
export interface JoinChoice {
  left: ColumnRef;
  right: ColumnRef;
  inner: boolean;
}
export interface Having {
  measure: number;
  op: Operator;
  value: number;
}
export interface Order {
  by: 'measure' | 'dimension' | 'column';
  index: number;
  table: string;
  column: string;
  descending: boolean;
}
export interface Reading {
  table: string;
  columns: ColumnRef[];
  measures: Measure[];
  dimensions: Dimension[];
  filters: Filter[];
  having: Having[];
  order: Order[];
  limit?: number | null;
  per_group?: boolean;
  distinct?: boolean;
  figures_first?: boolean;
  matched?: boolean;
  absences?: unknown[];
  others?: unknown[];
  along?: string[];
  intent?: string;
  computed?: Computed[];
  joins?: JoinChoice[];
}

export const EMPTY: Reading = {
  table: '',
  columns: [],
  measures: [],
  dimensions: [],
  filters: [],
  having: [],
  order: [],
};

/** A reading of the server with every list that the page edits. */
export function readingOf(value: unknown): Reading {
  const given = typeof value === 'object' && value !== null ? (value as Partial<Reading>) : {};
  return {
    ...EMPTY,
    ...given,
    measures: (given.measures ?? []).map((measure) => ({ ...measure, aggregate: measure.aggregate ?? 'none' })),
    dimensions: (given.dimensions ?? []).map((dimension) => ({ ...dimension, grain: dimension.grain ?? 'none' })),
    filters: (given.filters ?? []).map((filter) => ({
      ...filter,
      any_of: (filter.any_of ?? []).map((one) => ({ ...one, op: one.op ?? 'equal', values: one.values ?? [] })),
    })),
    order: (given.order ?? []).map((order) => ({
      ...order,
      by: order.by ?? 'measure',
      index: order.index ?? 0,
      table: order.table ?? '',
      column: order.column ?? '',
      descending: order.descending ?? true,
    })),
  };
}

export const isEmpty = (reading: Reading) =>
  reading.columns.length + reading.measures.length + reading.dimensions.length === 0;

export const AGGREGATES: Record<Aggregate, string> = {
  sum: 'sum of',
  avg: 'average',
  count: 'number of',
  count_distinct: 'distinct',
  min: 'lowest',
  max: 'highest',
  median: 'median',
  percentile: 'percentile of',
  stddev: 'deviation of',
  none: 'any',
};

export const GRAINS: Record<Grain, string> = {
  none: 'each value',
  day: 'by day',
  week: 'by week',
  month: 'by month',
  quarter: 'by quarter',
  year: 'by year',
  weekday: 'by weekday',
  month_name: 'by month of the year',
  hour: 'by hour of the day',
};

export const OPERATORS: Record<Operator, string> = {
  equal: 'is',
  not_equal: 'is not',
  less: '<',
  less_or_equal: '≤',
  greater: '>',
  greater_or_equal: '≥',
  between: 'from … to',
  contains: 'contains',
  starts_with: 'starts with',
  ends_with: 'ends with',
  is_null: 'is empty',
  not_null: 'is not empty',
  in: 'is among',
};
