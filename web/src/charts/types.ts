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

export interface Drawing {
  option: ChartOption;
  height: number;
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
