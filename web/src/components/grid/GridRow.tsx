import clsx from 'clsx';
import { memo } from 'react';
import { cellText } from '@/lib/cells';
import { count } from '@/lib/format';
import type { Placed } from './columns';
import g from './grid.module.css';
import { ROW_HEIGHT } from './shape';

/** Texts longer than this may not fit: the whole of them is in the title. */
const LONG = 16;

export interface GridRowProps {
  id: string;
  index: number;
  row: unknown[] | undefined;
  columns: Placed[];
  /** Room of the columns that are not drawn, px. */
  spacer: number;
  /** Left edges of the first and the last marked column; −1 when none is marked in this row. */
  from: number;
  to: number;
  /** Place of the column under the cursor. */
  cursor: number | undefined;
}

/** Drawn again only when something of it changes: scrolling keeps the rows that stay in view. */
export const GridRow = memo(function GridRow({ id, index, row, columns, spacer, from, to, cursor }: GridRowProps) {
  const pins = columns.filter((column) => column.pinned).length;
  return (
    <div role="row" aria-rowindex={index + 2} className={g.row} style={{ height: ROW_HEIGHT }}>
      <div className={clsx(g.td, g.index)} role="rowheader">
        {count(index + 1)}
      </div>
      {columns.slice(0, pins).map(cell)}
      <div className={g.spacer} style={{ width: spacer }} />
      {columns.slice(pins).map(cell)}
    </div>
  );

  function cell(column: Placed) {
    const value = row?.[column.index];
    const missing = value === null || value === undefined;
    const text = cellText(value, column, column.unit);
    return (
      <div
        key={column.index}
        id={cursor === column.index ? `${id}-${index}-${column.index}` : undefined}
        role="gridcell"
        data-row={index}
        data-column={column.index}
        aria-selected={from >= 0 && column.left >= from && column.left <= to ? true : undefined}
        data-cursor={cursor === column.index ? true : undefined}
        className={clsx(g.td, column.right && g.right, column.pinned && g.pinned, missing && g.empty)}
        style={{ width: column.width, left: column.pinned ? column.left : undefined }}
        title={text.length > LONG ? text : undefined}
      >
        {row ? missing ? '–' : text : <span className={g.bone} />}
      </div>
    );
  }
});
