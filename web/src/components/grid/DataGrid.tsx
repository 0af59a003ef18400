import { useElementSize, useMergedRef } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import clsx from 'clsx';
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { fullTop, rowWindow, scrollTopFor, trackOf } from '@/lib/scaled';
import { columnWindow, layoutOf, NARROWEST, type Placed, WIDEST } from './columns';
import { GridRow } from './GridRow';
import g from './grid.module.css';
import { type Cell, cornersOf, moved, type Selection } from './selection';
import { type GridColumn, ROW_HEIGHT } from './shape';

export interface GridSort {
  column: number;
  descending: boolean;
}

/** What a column's menu may do. */
export interface ColumnTools {
  togglePin: () => void;
  /** px */
  resize: (by: number) => void;
  fit: () => void;
}

export interface DataGridProps {
  columns: GridColumn[];
  rowCount: number;
  /** Undefined while the row is on its way. */
  rowAt: (index: number) => unknown[] | undefined;
  /** The first rows: widths and decimals are read from them. */
  first: unknown[][];
  label: string;
  height: number | string;
  /** Rows [from, to) came into view. */
  onRange?: (from: number, to: number) => void;
  sort?: GridSort | null;
  onSort?: (column: number) => void;
  /** The cell below a column that says something of all rows. */
  summary?: (column: Placed) => ReactNode;
  menu?: (column: Placed, tools: ColumnTools) => ReactNode;
  /** Ctrl C over marked cells: rows [from, to) and places of columns. */
  onCopy?: (from: number, to: number, columns: number[]) => void;
  /** Enter, or a double click. */
  onOpen?: (row: number) => void;
}

const AROUND = 8;
/** Room in a column's head for its sort sign and its menu, in characters. */
const HEAD_ROOM = 5;

/**
 * Any number of rows and columns: only those in view are in the page. The keyboard moves a cursor over
 * the cells (arrows, Page, Home, End, with Ctrl to the ends, with Shift to mark).
 */
export function DataGrid(props: DataGridProps) {
  const { columns, rowCount, rowAt, first, label, height, onRange, sort, onSort, summary, menu, onCopy, onOpen } =
    props;
  const id = useId();
  const node = useRef<HTMLDivElement>(null);
  const { ref: measured, width, height: clientHeight } = useElementSize<HTMLDivElement>();
  const ref = useMergedRef(node, measured);
  const [scroll, setScroll] = useState({ top: 0, left: 0 });
  const [widths, setWidths] = useState<ReadonlyMap<number, number>>(new Map());
  const [pinned, setPinned] = useState<ReadonlySet<number>>(new Set());
  const [selection, setSelection] = useState<Selection | null>(null);

  const layout = useMemo(
    () => layoutOf(columns, first, widths, pinned, menu || onSort ? HEAD_ROOM : 0),
    [columns, first, widths, pinned, menu, onSort],
  );
  const around = ROW_HEIGHT + 1 + (summary ? ROW_HEIGHT : 0);
  const track = trackOf(rowCount, ROW_HEIGHT, Math.max(0, clientHeight - around));
  const view = rowWindow(track, rowCount, ROW_HEIGHT, scroll.top, AROUND);
  const visible = columnWindow(layout, scroll.left, width || 1200);
  const shape = visible.map((column) => column.index).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same columns are the same list, so that rows need not be drawn again
  const drawn = useMemo(() => visible, [layout, shape]);
  const free = drawn.find((column) => !column.pinned);
  const spacer = free ? free.left - layout.fixed : 0;

  useEffect(() => onRange?.(view.from, view.to), [onRange, view.from, view.to]);

  const show = (cell: Cell) => {
    const grid = node.current;
    const column = layout.columns[cell.column];
    if (!grid || !column) return;
    const top = fullTop(track, grid.scrollTop);
    const at = cell.row * ROW_HEIGHT;
    if (at < top) grid.scrollTop = scrollTopFor(track, at);
    else if (at + ROW_HEIGHT > top + track.viewport)
      grid.scrollTop = Math.ceil(scrollTopFor(track, at + ROW_HEIGHT - track.viewport));
    if (column.pinned) return;
    if (column.left - layout.fixed < grid.scrollLeft) grid.scrollLeft = column.left - layout.fixed;
    else if (column.left + column.width > grid.scrollLeft + grid.clientWidth)
      grid.scrollLeft = column.left + column.width - grid.clientWidth;
  };
  const move = (cursor: Cell, extend: boolean) => {
    setSelection((before) => ({ anchor: extend && before ? before.anchor : cursor, cursor }));
    show(cursor);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget) return;
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === 'c' && selection && onCopy) {
      event.preventDefault();
      const marked = cornersOf(selection);
      const places = layout.columns.slice(marked.fromColumn, marked.toColumn + 1).map((column) => column.index);
      onCopy(marked.fromRow, marked.toRow + 1, places);
      return;
    }
    if (command && event.key.toLowerCase() === 'a' && rowCount > 0) {
      event.preventDefault();
      setSelection({
        anchor: { row: 0, column: 0 },
        cursor: { row: rowCount - 1, column: layout.columns.length - 1 },
      });
      return;
    }
    if (event.key === 'Enter' && selection && onOpen) {
      event.preventDefault();
      onOpen(selection.cursor.row);
      return;
    }
    const extent = {
      rows: rowCount,
      columns: layout.columns.length,
      page: Math.max(1, Math.floor(track.viewport / ROW_HEIGHT) - 1),
    };
    const start = selection?.cursor ?? { row: Math.ceil(view.top / ROW_HEIGHT), column: 0 };
    const next = moved(start, event.key, command, extent);
    if (!next) return;
    event.preventDefault();
    move(selection ? next : start, event.shiftKey);
  };
  const cellOf = (event: { target: EventTarget }): Cell | null => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
    if (!cell) return null;
    const place = layout.columns.findIndex((column) => String(column.index) === cell.dataset.column);
    return place < 0 ? null : { row: Number(cell.dataset.row), column: place };
  };
  const onPointerDown = (event: PointerEvent) => {
    const cell = event.button === 0 ? cellOf(event) : null;
    if (cell) setSelection((before) => ({ anchor: event.shiftKey && before ? before.anchor : cell, cursor: cell }));
  };
  const onPointerOver = (event: PointerEvent) => {
    if (event.buttons !== 1 || event.pointerType === 'touch' || !selection) return;
    const cell = cellOf(event);
    if (cell) setSelection({ anchor: selection.anchor, cursor: cell });
  };

  const setWidth = (index: number, value: number) =>
    setWidths((before) => new Map(before).set(index, Math.min(WIDEST, Math.max(NARROWEST, Math.round(value)))));
  const tools = (column: Placed): ColumnTools => ({
    togglePin: () =>
      setPinned((before) => {
        const next = new Set(before);
        if (!next.delete(column.index)) next.add(column.index);
        return next;
      }),
    resize: (by) => setWidth(column.index, column.width + by),
    fit: () =>
      setWidths((before) => {
        const next = new Map(before);
        next.delete(column.index);
        return next;
      }),
  });

  const marked = selection ? cornersOf(selection) : null;
  const cursor = selection?.cursor;
  const cursorColumn = cursor ? layout.columns[cursor.column]?.index : undefined;
  const ring = Math.max(1, Math.ceil(track.viewport / ROW_HEIGHT) + 2 * AROUND + 1);
  const rows: ReactNode[] = [];
  for (let index = view.from; index < view.to; index++) {
    const inside = marked && index >= marked.fromRow && index <= marked.toRow;
    rows.push(
      <GridRow
        // Rows that come into view take the elements of those that went.
        key={index % ring}
        id={id}
        index={index}
        row={rowAt(index)}
        columns={drawn}
        spacer={spacer}
        from={inside ? (layout.columns[marked.fromColumn]?.left ?? 0) : -1}
        to={inside ? (layout.columns[marked.toColumn]?.left ?? 0) : -1}
        cursor={cursor?.row === index ? cursorColumn : undefined}
      />,
    );
  }
  const cells = (render: (column: Placed) => ReactNode) => {
    const out = drawn.map(render);
    const pins = drawn.filter((column) => column.pinned).length;
    out.splice(pins, 0, <div key="spacer" className={g.spacer} style={{ width: spacer }} />);
    return out;
  };
  const wide = Math.max(layout.total, width);
  return (
    <div
      ref={ref}
      className={g.grid}
      style={{ height }}
      role="grid"
      aria-label={label}
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable={onCopy ? true : undefined}
      aria-activedescendant={cursor && cursorColumn !== undefined ? `${id}-${cursor.row}-${cursorColumn}` : undefined}
      tabIndex={0}
      onScroll={(event) => setScroll({ top: event.currentTarget.scrollTop, left: event.currentTarget.scrollLeft })}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerOver={onPointerOver}
      onDoubleClick={(event) => {
        const cell = cellOf(event);
        if (cell) onOpen?.(cell.row);
      }}
    >
      <div className={g.head} role="row" aria-rowindex={1} style={{ width: wide }}>
        <div className={clsx(g.th, g.index, g.right)} role="columnheader">
          #
        </div>
        {cells((column) => (
          <Head
            key={column.index}
            column={column}
            sort={sort?.column === column.index ? sort : null}
            onSort={onSort}
            onWidth={(value) => setWidth(column.index, value)}
            onFit={tools(column).fit}
          >
            {menu?.(column, tools(column))}
          </Head>
        ))}
      </div>
      <div role="rowgroup" style={{ height: track.height, width: wide, position: 'relative' }}>
        <div
          className={g.layer}
          style={{ transform: `translateY(${Math.round(scroll.top + view.from * ROW_HEIGHT - view.top)}px)` }}
        >
          {rows}
        </div>
      </div>
      {summary ? (
        <div className={g.summary} role="row" aria-rowindex={rowCount + 2} style={{ width: wide }}>
          <div className={clsx(g.td, g.index)} role="rowheader" title="Of all rows">
            All
          </div>
          {cells((column) => (
            <div
              key={column.index}
              role="gridcell"
              className={clsx(g.td, column.right && g.right, column.pinned && g.pinned)}
              style={{ width: column.width, left: column.pinned ? column.left : undefined }}
            >
              {summary(column)}
            </div>
          ))}
        </div>
      ) : null}
    </div>
  );
}

function Head({
  column,
  sort,
  onSort,
  onWidth,
  onFit,
  children,
}: {
  column: Placed;
  sort: GridSort | null;
  onSort: ((column: number) => void) | undefined;
  onWidth: (width: number) => void;
  onFit: () => void;
  children: ReactNode;
}) {
  const name = column.label ?? column.name;
  const title = `${column.name}, ${column.type}`;
  const start = useRef({ x: 0, width: 0 });
  return (
    <div
      className={clsx(g.th, column.right && g.right, column.pinned && g.pinned)}
      role="columnheader"
      aria-sort={sort ? (sort.descending ? 'descending' : 'ascending') : undefined}
      style={{ width: column.width, left: column.pinned ? column.left : undefined }}
      title={title}
    >
      {onSort ? (
        <button type="button" className={g.sort} onClick={() => onSort(column.index)} aria-label={`Sort by ${name}`}>
          <span>{name}</span>
          {sort ? sort.descending ? <IconArrowDown size={13} /> : <IconArrowUp size={13} /> : null}
        </button>
      ) : (
        <span>{name}</span>
      )}
      {children}
      <div
        className={g.edge}
        title="Drag to change the width, click twice to fit"
        onDoubleClick={onFit}
        onPointerDown={(event) => {
          event.preventDefault();
          event.stopPropagation();
          event.currentTarget.setPointerCapture(event.pointerId);
          start.current = { x: event.clientX, width: column.width };
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId))
            onWidth(start.current.width + event.clientX - start.current.x);
        }}
      />
    </div>
  );
}
