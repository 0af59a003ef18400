import { expect, test } from 'vitest';
import type { ChartSpec, ChartType } from '@/api/types';
import { categorical, light } from '@/lib/tokens';
import { binsOf } from './histogram/definition';
import { CHARTS } from './registry';
import type { ChartInput, Drawing } from './types';

const colors = { ...light, cat: categorical.light, scheme: 'light' as const };

function draw(
  type: ChartType,
  input: Partial<ChartInput>,
  configuration: Partial<ChartSpec['configuration']> = {},
): Drawing {
  const definition = CHARTS[type];
  if (definition.draws !== 'marks') throw new Error(`${type} draws no marks`);
  return definition.draw({
    columns: [],
    rows: [],
    width: 720,
    colors,
    spec: {
      type,
      title: '',
      reason: '',
      alternatives: [],
      configuration: { y: [], horizontal: false, ...configuration },
    },
    ...input,
  });
}

type Series = { name: string; data: unknown[]; color?: string; stack?: string }[];
const seriesOf = (drawing: Drawing) => drawing.option.series as Series;

const byProduct = {
  columns: [
    { name: 'product', type: 'VARCHAR' },
    { name: 'revenue', type: 'DECIMAL(38,2)' },
  ],
  rows: [
    ['Tent', '320.50'],
    ['Stove', '60'],
    [null, null],
  ],
};

test('every type of the contract is drawn under its own name', () => {
  for (const [name, definition] of Object.entries(CHARTS)) expect(definition.type).toBe(name);
});

test('lying bars run from the top row down, with texts as numbers and empty cells named', () => {
  const drawing = draw('bar', byProduct, { x: 'product', y: ['revenue'], horizontal: true, y_unit: 'EUR' });
  expect(seriesOf(drawing)[0]?.data).toEqual([null, 60, 320.5]);
  expect((drawing.option.yAxis as { data: string[] }).data).toEqual(['(empty)', 'Stove', 'Tent']);
  expect((drawing.option.xAxis as { min: number }).min).toBe(0);
});

test('times at midnight are named as the days or months they stand for', () => {
  const labels = (...times: string[]) => {
    const columns = [
      { name: 'at', type: times[0]?.includes(':') ? 'TIMESTAMP' : 'DATE' },
      { name: 'n', type: 'BIGINT' },
    ];
    const drawing = draw('line', { columns, rows: times.map((time, index) => [time, index]) }, { x: 'at', y: ['n'] });
    return (drawing.option.xAxis as { data: string[] }).data;
  };
  expect(labels('2025-01-01 00:00:00', '2025-02-01 00:00:00')).toEqual(['Jan 2025', 'Feb 2025']);
  expect(labels('2025-01-01 00:00:00', '2025-01-02 00:00:00')).toEqual(['1 Jan 2025', '2 Jan 2025']);
  expect(labels('2025-03-01', '2025-02-01')).toEqual(['Feb 2025', 'Mar 2025']);
  expect(labels('2025-03-01')).toEqual(['1 Mar 2025']);
  expect(labels('2025-01-01 00:00:00', '2025-01-02 06:30:00')).toEqual(['1 Jan 2025, 00:00', '2 Jan 2025, 06:30']);
});

test('more bars than can be read are cut, and it says so', () => {
  const rows = Array.from({ length: 80 }, (_, index) => [`Product ${index}`, index]);
  const drawing = draw('bar', { ...byProduct, rows }, { x: 'product', y: ['revenue'] });
  expect(seriesOf(drawing)[0]?.data).toHaveLength(30);
  expect(drawing.note).toContain('80');
});

test('months are named on the axis, in their order', () => {
  const drawing = draw(
    'line',
    {
      columns: [
        { name: 'month', type: 'DATE' },
        { name: 'revenue', type: 'DOUBLE' },
      ],
      rows: [
        ['2026-02-01', 2],
        ['2026-01-01', 1],
      ],
    },
    { x: 'month', y: ['revenue'], x_grain: 'month' },
  );
  expect(seriesOf(drawing)[0]?.data).toEqual([1, 2]);
  expect((drawing.option.xAxis as { data: string[] }).data).toEqual(['Jan 2026', 'Feb 2026']);
});

const split = {
  columns: [
    { name: 'month', type: 'DATE' },
    { name: 'country', type: 'VARCHAR' },
    { name: 'orders', type: 'BIGINT' },
  ],
  rows: [
    ['2026-01-01', 'Germany', 5],
    ['2026-01-01', 'Norway', 2],
    ['2026-02-01', 'Norway', 3],
  ],
};

test('a series without a value in a period has a gap, not a zero', () => {
  const drawing = draw('grouped_line', split, { x: 'month', y: ['orders'], series: 'country', x_grain: 'month' });
  expect(seriesOf(drawing).map((series) => [series.name, series.data])).toEqual([
    ['Germany', [5, null]],
    ['Norway', [2, 3]],
  ]);
  expect(drawing.legend?.map((entry) => entry.name)).toEqual(['Germany', 'Norway']);
});

test('small parts of a stack are put together, so that its height stays true', () => {
  const rows = Array.from({ length: 14 }, (_, index) => ['2026-01-01', `Country ${index}`, index + 1]);
  const drawing = draw('stacked_bar', { ...split, rows }, { x: 'month', y: ['orders'], series: 'country' });
  const series = seriesOf(drawing);
  expect(series).toHaveLength(10);
  expect(series.reduce((sum, one) => sum + Number(one.data[0]), 0)).toBe((14 * 15) / 2);
});

test('stacks that come by their largest part stand by their height, those over time do not', () => {
  const columns = [
    { name: 'site', type: 'VARCHAR' },
    { name: 'kind', type: 'VARCHAR' },
    { name: 'n', type: 'BIGINT' },
  ];
  const rows = [
    ['A', 'x', 9],
    ['B', 'x', 8],
    ['B', 'y', 7],
    ['A', 'y', 1],
  ];
  const places = { x: 'site', y: ['n'], series: 'kind' };
  const names = (drawing: ReturnType<typeof draw>) => (drawing.option.xAxis as { data: string[] }).data;
  const stacks = draw('stacked_bar', { columns, rows }, places);
  expect(names(stacks)).toEqual(['B', 'A']);
  expect(seriesOf(stacks).map((one) => one.data)).toEqual([
    [8, 9],
    [7, 1],
  ]);
  expect(stacks.markAt(0, 0)).toEqual({ row: rows[1] });
  const sorted = draw('stacked_bar', { columns, rows: [...rows].reverse() }, places);
  expect(names(sorted)).toEqual(['A', 'B']);
});

test('shares leave out what has none and add up to all that is drawn', () => {
  const rows = [...Array.from({ length: 12 }, (_, index) => [`P${index}`, 10]), ['Loss', -5]];
  const drawing = draw('pie', { ...byProduct, rows }, { x: 'product', y: ['revenue'] });
  const slices = (drawing.option.series as { data: { name: string; value: number }[] }[])[0]?.data ?? [];
  expect(slices.reduce((sum, slice) => sum + slice.value, 0)).toBe(120);
  expect(slices.at(-1)?.name).toBe('4 others');
  expect(drawing.note).toBeDefined();
});

test('a mark knows the row that it was drawn from', () => {
  const { rows } = byProduct;
  const lying = draw('bar', byProduct, { x: 'product', y: ['revenue'], horizontal: true });
  expect(lying.markAt(0, 2)).toEqual({ row: rows[0] });
  const standing = draw('bar', byProduct, { x: 'product', y: ['revenue'] });
  expect(standing.markAt(0, 1)).toEqual({ row: rows[1] });
  const lines = draw('grouped_line', split, { x: 'month', y: ['orders'], series: 'country', x_grain: 'month' });
  expect(lines.markAt(1, 1)).toEqual({ row: split.rows[2] });
  expect(lines.markAt(0, 1)).toBeUndefined();
  const shares = draw('pie', byProduct, { x: 'product', y: ['revenue'] });
  expect(shares.markAt(0, 1)).toEqual({ row: rows[1] });
});

test('what was put together of several rows leads to none of them', () => {
  const rows = Array.from({ length: 14 }, (_, index) => ['2026-01-01', `Country ${index}`, index + 1]);
  const stack = draw('stacked_bar', { ...split, rows }, { x: 'month', y: ['orders'], series: 'country' });
  expect(stack.markAt(9, 0)).toBeUndefined();
  expect(stack.markAt(8, 0)).toEqual({ row: rows[13] });
  const shares = draw('pie', { ...split, rows }, { x: 'country', y: ['orders'] });
  expect(shares.markAt(0, 8)).toBeUndefined();
});

test('a bar of a distribution is its range, the last one with its upper end', () => {
  const columns = [{ name: 'age', type: 'BIGINT' }];
  const rows = [[0], [5], [10]];
  const bars = draw('histogram', { columns, rows }, { x: 'age', bins: 2 });
  expect(bars.markAt(0, 0)).toEqual({ column: 0, from: 0, to: 5, closed: false });
  expect(bars.markAt(0, 1)).toEqual({ column: 0, from: 5, to: 10, closed: true });
});

test('points need both numbers', () => {
  const drawing = draw(
    'scatter',
    {
      columns: [
        { name: 'a', type: 'DOUBLE' },
        { name: 'b', type: 'DOUBLE' },
      ],
      rows: [
        [1, 2],
        [null, 3],
        [4, 'x'],
      ],
    },
    { x: 'a', y: ['b'] },
  );
  expect(seriesOf(drawing)[0]?.data).toEqual([[1, 2]]);
});

test('names from data can not become HTML in a tooltip', () => {
  const drawing = draw('pie', { ...byProduct, rows: [['<img src=x>', 1]] }, { x: 'product', y: ['revenue'] });
  const { formatter } = drawing.option.tooltip as { formatter: (params: object) => string };
  expect(formatter({ name: '<img src=x>', value: 1, percent: 100 })).not.toContain('<img');
});

test('bins cover every value once', () => {
  const values = Array.from({ length: 100 }, (_, index) => index);
  const bins = binsOf(values);
  expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(100);
  expect(bins[0]?.from).toBe(0);
  expect(bins.at(-1)?.to).toBe(99);
  expect(binsOf([7, 7])).toEqual([{ from: 7, to: 7, count: 2 }]);
  expect(binsOf([])).toEqual([]);
});
