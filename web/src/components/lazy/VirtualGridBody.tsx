import { useCallback } from 'react';
import { DataGrid } from '../grid/DataGrid';
import { gridHeight, type VirtualGridProps } from '../VirtualGrid';

/** Asks for more when so many rows are left below. */
const EARLY = 20;

export default function VirtualGridBody({ rows, columns, label, maxHeight, onEnd }: VirtualGridProps) {
  const rowAt = useCallback((index: number) => rows[index], [rows]);
  const onRange = useCallback(
    (_from: number, to: number) => {
      if (rows.length > 0 && to >= rows.length - EARLY) onEnd?.();
    },
    [rows.length, onEnd],
  );
  return (
    <DataGrid
      columns={columns}
      rowCount={rows.length}
      rowAt={rowAt}
      first={rows}
      label={label}
      height={gridHeight(rows.length, maxHeight)}
      onRange={onRange}
    />
  );
}
