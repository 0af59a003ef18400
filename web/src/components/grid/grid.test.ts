import { describe, expect, it } from 'vitest';
import { columnWindow, INDEX_WIDTH, layoutOf } from './columns';
import { cornersOf, moved, tabSeparated } from './selection';

const columns = Array.from({ length: 40 }, (_, index) => ({ name: `c${index}`, type: 'BIGINT' }));

describe('the layout of columns', () => {
  it('puts pinned columns first and keeps their place in the rows', () => {
    const layout = layoutOf(columns, [], new Map([[2, 200]]), new Set([2]));
    expect(layout.columns[0]).toMatchObject({ index: 2, left: INDEX_WIDTH, width: 200, pinned: true });
    expect(layout.columns[1]).toMatchObject({ index: 0, left: INDEX_WIDTH + 200, pinned: false });
    expect(layout.fixed).toBe(INDEX_WIDTH + 200);
  });

  it('draws only what can be seen, and always what is pinned', () => {
    const layout = layoutOf(columns, [], new Map(), new Set([5]));
    const drawn = columnWindow(layout, 1500, 500);
    expect(drawn[0]?.index).toBe(5);
    expect(drawn.length).toBeLessThan(16);
    const shown = drawn.filter((column) => !column.pinned);
    expect(shown[0]?.left).toBeLessThanOrEqual(1500 + layout.fixed);
    expect((shown.at(-1)?.left ?? 0) + (shown.at(-1)?.width ?? 0)).toBeGreaterThanOrEqual(2000);
  });

  it('shows times that are all midnight as days', () => {
    const time = [{ name: 't', type: 'TIMESTAMP' }];
    const typeOf = (rows: unknown[][]) => layoutOf(time, rows, new Map(), new Set()).columns[0]?.type;
    expect(typeOf([['2025-01-01T00:00:00'], [null], ['2025-02-01T00:00:00']])).toBe('DATE');
    expect(typeOf([['2025-01-01T00:00:00'], ['2025-02-01T08:30:00']])).toBe('TIMESTAMP');
    expect(typeOf([])).toBe('TIMESTAMP');
  });

  it('reads decimals from the rows', () => {
    const layout = layoutOf([{ name: 'x', type: 'DOUBLE' }], [[1.5], [2.25]], new Map(), new Set());
    expect(layout.columns[0]?.decimals).toBe(2);
  });

  it('is wide enough for the decimals that it adds', () => {
    const width = (rows: unknown[][]) =>
      layoutOf([{ name: 'x', type: 'DOUBLE' }], rows, new Map(), new Set()).columns[0]?.width ?? 0;
    expect(width([[999999], [0.25]])).toBeGreaterThan(width([[999999], [1]]));
  });
});

describe('the cursor', () => {
  const extent = { rows: 100, columns: 4, page: 10 };
  it('moves and stays inside', () => {
    expect(moved({ row: 0, column: 0 }, 'ArrowUp', false, extent)).toEqual({ row: 0, column: 0 });
    expect(moved({ row: 0, column: 0 }, 'ArrowDown', true, extent)).toEqual({ row: 99, column: 0 });
    expect(moved({ row: 5, column: 3 }, 'ArrowRight', false, extent)).toEqual({ row: 5, column: 3 });
    expect(moved({ row: 95, column: 1 }, 'PageDown', false, extent)).toEqual({ row: 99, column: 1 });
    expect(moved({ row: 95, column: 1 }, 'End', false, extent)).toEqual({ row: 95, column: 3 });
    expect(moved({ row: 95, column: 1 }, 'Home', true, extent)).toEqual({ row: 0, column: 0 });
    expect(moved({ row: 0, column: 0 }, 'a', false, extent)).toBeUndefined();
  });

  it('marks a rectangle in any direction', () => {
    expect(cornersOf({ anchor: { row: 5, column: 2 }, cursor: { row: 1, column: 3 } })).toEqual({
      fromRow: 1,
      toRow: 5,
      fromColumn: 2,
      toColumn: 3,
    });
  });
});

it('copies cells as a spreadsheet takes them', () => {
  expect(
    tabSeparated([
      [1, 'a "b"', null],
      [true, 'x\ty', { k: 1 }],
    ]),
  ).toBe('1\t"a ""b"""\t\ntrue\t"x\ty"\t"{""k"":1}"');
});
