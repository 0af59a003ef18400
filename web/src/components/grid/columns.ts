/** The columns of a grid as they are laid out: pinned ones first, each with its place. */
import { cellText, decimalsOf, kindOf } from '@/lib/cells';
import type { GridColumn } from './shape';

export interface Placed extends GridColumn {
  /** Its place in the result's rows. */
  index: number;
  decimals: number | undefined;
  right: boolean;
  width: number;
  /** From the left edge of the grid, px. */
  left: number;
  pinned: boolean;
}

export const INDEX_WIDTH = 64;
export const NARROWEST = 56;
export const WIDEST = 900;
/** Estimated width of a character of 13 px tabular text. */
const CHARACTER = 7.4;
const PADDING = 26;
/** Rows that decide how wide a column is and how many decimals it has. */
const LOOKED_AT = 200;
const MEASURED = 60;

/** Times that are all midnight are days: months of a truncated date. */
function shownType(type: string, values: unknown[]): string {
  if (kindOf(type) !== 'time') return type;
  const given = values.filter((value) => value !== null && value !== undefined);
  return given.length > 0 && given.every((value) => /[T ]00:00:00(?:\.0+)?$/.test(String(value))) ? 'DATE' : type;
}

function widthOf(column: GridColumn, index: number, rows: unknown[][], head: number): number {
  let longest = (column.label ?? column.name).length + 1 + head;
  for (const row of rows.slice(0, MEASURED)) {
    longest = Math.max(longest, cellText(row[index], column, column.unit).length);
  }
  return Math.round(Math.min(320, Math.max(72, longest * CHARACTER + PADDING)));
}

export interface Layout {
  columns: Placed[];
  /** Width of the row numbers and the pinned columns, px. */
  fixed: number;
  total: number;
}

/**
 * `first` are the rows that widths and decimals are read from; `widths` those a person has set, by place
 * in the result; `head` characters that a column's head needs besides its name.
 */
export function layoutOf(
  given: GridColumn[],
  first: unknown[][],
  widths: ReadonlyMap<number, number>,
  pinned: ReadonlySet<number>,
  head = 0,
): Layout {
  const looked = first.slice(0, LOOKED_AT);
  const all = given.map((given, index) => {
    const type = shownType(
      given.type,
      looked.map((row) => row[index]),
    );
    const number = kindOf(type) === 'number';
    const decimals = number ? decimalsOf(looked.map((row) => row[index])) : undefined;
    const column = { ...given, type, decimals };
    return {
      ...column,
      index,
      right: number,
      width: widths.get(index) ?? widthOf(column, index, looked, head),
      pinned: pinned.has(index),
      left: 0,
    };
  });
  const columns = [...all.filter((column) => column.pinned), ...all.filter((column) => !column.pinned)];
  let left = INDEX_WIDTH;
  let fixed = left;
  for (const column of columns) {
    column.left = left;
    left += column.width;
    if (column.pinned) fixed = left;
  }
  return { columns, fixed, total: left };
}

/** The columns to draw: the pinned ones and those that a viewport of this width shows. */
export function columnWindow(layout: Layout, scrollLeft: number, viewport: number): Placed[] {
  const from = scrollLeft + layout.fixed - 200;
  const to = scrollLeft + viewport + 200;
  return layout.columns.filter((column) => column.pinned || (column.left + column.width > from && column.left < to));
}
