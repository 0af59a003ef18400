import { lazy, Suspense } from 'react';
import { type GridColumn, ROW_HEIGHT } from './grid/shape';

const Body = lazy(() => import('./lazy/VirtualGridBody'));

export interface VirtualGridProps {
  rows: unknown[][];
  columns: GridColumn[];
  label: string;
  maxHeight?: number;
  /** Called when the last rows come into view. */
  onEnd?: () => void;
}

/** The head and room for a sideways scroll bar. */
const AROUND = 42;

/** A grid in a box of unbounded height would render every row. */
export const gridHeight = (rows: number, maxHeight = 385) => Math.min(maxHeight, AROUND + rows * ROW_HEIGHT);

/** Any number of rows: only those in view are in the page. */
export function VirtualGrid(props: VirtualGridProps) {
  return (
    <Suspense fallback={<div style={{ height: gridHeight(props.rows.length, props.maxHeight) }} />}>
      <Body {...props} />
    </Suspense>
  );
}
