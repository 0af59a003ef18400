import type { ChartSpec, ChartType, ResultColumn } from '@/api/types';
import type { Scheme, TokenName } from '@/lib/tokens';

/** A result as the server gives it: rows are arrays of cells in the order of the columns. */
export interface ResultData {
  columns: ResultColumn[];
  rows: unknown[][];
}

/** Colours as values, since chart options can not read CSS variables. */
export type ChartColors = Record<TokenName, string> & { cat: readonly string[]; scheme: Scheme };

export interface ChartInput extends ResultData {
  spec: ChartSpec;
  colors: ChartColors;
  /** Room for the marks in pixels. */
  width: number;
}

/** What the chart library is given. Plain data, so that definitions need nothing of the library. */
export type ChartOption = Record<string, unknown>;

export interface LegendEntry {
  name: string;
  color: string;
}

/** What a mark was drawn from: one row of the result, or the rows whose number is in a bin. */
export type Mark = { row: unknown[] } | Bin;

export interface Bin {
  /** Index of the column that is counted. */
  column: number;
  from: number;
  to: number;
  /** The last bin has its upper end too. */
  closed: boolean;
}

export interface Drawing {
  option: ChartOption;
  height: number;
  /** Of a series and a place in its data; undefined where several rows were put together. */
  markAt: (series: number, index: number) => Mark | undefined;
  /** Said below the marks: what is not drawn, or put together. */
  note?: string;
  legend?: LegendEntry[];
}

interface Definition {
  type: ChartType;
  /** In the switch between types. */
  label: string;
}

/** Drawn by the chart library. */
export interface MarkDefinition extends Definition {
  draws: 'marks';
  draw: (input: ChartInput) => Drawing;
}

/** Drawn as HTML: a table, a figure. */
export interface PlainDefinition extends Definition {
  draws: 'html';
}

export type ChartDefinition = MarkDefinition | PlainDefinition;
