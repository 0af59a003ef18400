import type { ChartType } from '@/api/types';
import { bar } from './bar/definition';
import { groupedLine } from './grouped_line/definition';
import { groupedScatter } from './grouped_scatter/definition';
import { histogram } from './histogram/definition';
import { line } from './line/definition';
import { metric } from './metric/definition';
import { pie } from './pie/definition';
import { scatter } from './scatter/definition';
import { stackedBar } from './stacked_bar/definition';
import { table } from './table/definition';
import type { ChartDefinition } from './types';

/** Every chart type of the contract; a missing one does not compile. */
export const CHARTS: Record<ChartType, ChartDefinition> = {
  table,
  metric,
  bar,
  line,
  pie,
  scatter,
  histogram,
  stacked_bar: stackedBar,
  grouped_line: groupedLine,
  grouped_scatter: groupedScatter,
};
