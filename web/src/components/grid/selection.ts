/** Cells marked in a grid: a rectangle from where it began to where the cursor is. */
export interface Cell {
  row: number;
  column: number;
}

export interface Selection {
  anchor: Cell;
  cursor: Cell;
}

export const cornersOf = ({ anchor, cursor }: Selection) => ({
  fromRow: Math.min(anchor.row, cursor.row),
  toRow: Math.max(anchor.row, cursor.row),
  fromColumn: Math.min(anchor.column, cursor.column),
  toColumn: Math.max(anchor.column, cursor.column),
});

interface Extent {
  rows: number;
  columns: number;
  /** Rows that fit into the viewport. */
  page: number;
}

const within = (value: number, most: number) => Math.min(Math.max(value, 0), Math.max(0, most - 1));

/** Where the cursor goes with this key; undefined when the key does not move it. */
export function moved(cursor: Cell, key: string, far: boolean, extent: Extent): Cell | undefined {
  const { row, column } = cursor;
  const to = (nextRow: number, nextColumn: number): Cell => ({
    row: within(nextRow, extent.rows),
    column: within(nextColumn, extent.columns),
  });
  switch (key) {
    case 'ArrowDown':
      return to(far ? extent.rows : row + 1, column);
    case 'ArrowUp':
      return to(far ? 0 : row - 1, column);
    case 'ArrowRight':
      return to(row, far ? extent.columns : column + 1);
    case 'ArrowLeft':
      return to(row, far ? 0 : column - 1);
    case 'PageDown':
      return to(row + extent.page, column);
    case 'PageUp':
      return to(row - extent.page, column);
    case 'Home':
      return to(far ? 0 : row, 0);
    case 'End':
      return to(far ? extent.rows : row, extent.columns);
    default:
      return undefined;
  }
}

const field = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Cells as a spreadsheet takes them from the clipboard: the values as they are, not as they are shown. */
export const tabSeparated = (rows: unknown[][]): string => rows.map((row) => row.map(field).join('\t')).join('\n');
