import { useVirtualizer } from '@tanstack/react-virtual';
import clsx from 'clsx';
import { useEffect, useMemo, useRef } from 'react';
import { cellText, decimalsOf, kindOf } from '@/lib/cells';
import { count } from '@/lib/format';
import { type GridColumn, gridHeight, ROW_HEIGHT as ROW, type VirtualGridProps } from '../VirtualGrid';
import g from './grid.module.css';

const INDEX = 52;
/** Estimated width of a character of 13 px tabular text. */
const CHARACTER = 7.4;
const PADDING = 26;

function widthOf(column: GridColumn, index: number, rows: unknown[][]): number {
  let longest = (column.label ?? column.name).length + 1;
  for (const row of rows.slice(0, 60)) {
    longest = Math.max(longest, cellText(row[index], column, column.unit).length);
  }
  return Math.round(Math.min(320, Math.max(72, longest * CHARACTER + PADDING)));
}

/** Rows that decide how wide a column is and how many decimals it has. */
const LOOKED_AT = 200;

export default function VirtualGridBody({ rows, columns: given, label, maxHeight = 385, onEnd }: VirtualGridProps) {
  const columns = useMemo(
    () =>
      given.map((column, index) => ({
        ...column,
        decimals:
          kindOf(column.type) === 'number' ? decimalsOf(rows.slice(0, LOOKED_AT).map((row) => row[index])) : undefined,
      })),
    [given, rows],
  );
  const scroll = useRef<HTMLDivElement>(null);
  const widths = useMemo(() => columns.map((column, index) => widthOf(column, index, rows)), [columns, rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (onEnd && rows.length > 0 && lastIndex >= rows.length - 20) onEnd();
  }, [lastIndex, rows.length, onEnd]);
  const total = INDEX + widths.reduce((a, b) => a + b, 0);
  const height = gridHeight(rows.length, maxHeight);
  return (
    <div
      ref={scroll}
      className={g.grid}
      style={{ height }}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length}
      aria-colcount={columns.length}
      tabIndex={0}
    >
      <div className={g.head} role="row" style={{ minWidth: total }}>
        <div className={clsx(g.th, g.index, g.right)} role="columnheader">
          #
        </div>
        {columns.map((column, index) => (
          <div
            key={column.name}
            className={clsx(g.th, kindOf(column.type) === 'number' && g.right)}
            role="columnheader"
            style={{ width: widths[index] }}
            title={`${column.name}, ${column.type}`}
          >
            <span>{column.label ?? column.name}</span>
          </div>
        ))}
        <div className={g.fill} />
      </div>
      <div style={{ height: virtual.getTotalSize(), position: 'relative', minWidth: total }}>
        {items.map((item) => {
          const row = rows[item.index] ?? [];
          return (
            <div
              key={item.index}
              role="row"
              aria-rowindex={item.index + 1}
              className={g.row}
              style={{
                transform: `translateY(${item.start}px)`,
                height: ROW,
                lineHeight: `${ROW - 1}px`,
                width: total,
              }}
            >
              <div className={clsx(g.td, g.index)} role="rowheader">
                {count(item.index + 1)}
              </div>
              {columns.map((column, index) => {
                const text = cellText(row[index], column, column.unit);
                return (
                  <div
                    key={column.name}
                    role="gridcell"
                    className={clsx(g.td, kindOf(column.type) === 'number' && g.right, text === '' && g.empty)}
                    style={{ width: widths[index] }}
                    title={text.length > 24 ? text : undefined}
                  >
                    {row[index] === null || row[index] === undefined ? '–' : text}
                  </div>
                );
              })}
              <div className={g.fill} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
