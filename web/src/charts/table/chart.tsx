import { VirtualGrid } from '@/components/VirtualGrid';
import type { ChartInput } from '../types';

/** The rows themselves; the measures carry their unit. */
export function ResultTable({
  input,
  maxHeight = 320,
}: {
  input: Omit<ChartInput, 'colors' | 'width'>;
  maxHeight?: number;
}) {
  const { y, y_unit } = input.spec.configuration;
  const columns = input.columns.map((column) => ({ ...column, unit: y.includes(column.name) ? y_unit : null }));
  return <VirtualGrid rows={input.rows} columns={columns} label={input.spec.title || 'Result'} maxHeight={maxHeight} />;
}
