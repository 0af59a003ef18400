import { byMeasure, type Categories, marksOf } from '../data';
import { colorAt, compactLabel, legendOf, PLOT_HEIGHT, tooltip, valueAxis } from '../options';
import type { ChartInput, Drawing, MarkDefinition } from '../types';

/** More bars than this can not be read; the table has them all. */
const MOST_BARS = 30;
const LONG_LABEL = 10;

function lyingBars(input: ChartInput, categories: Categories, note?: string): Drawing {
  const { colors, spec } = input;
  const unit = spec.configuration.y_unit;
  const many = categories.series.length > 1;
  // Categories run upwards on a vertical axis; the first row belongs to the top.
  const reversed = <T>(list: T[]) => [...list].reverse();
  const last = categories.labels.length - 1;
  const perBar = many ? 12 * categories.series.length + 10 : 28;
  const negative = categories.series.some((series) => series.values.some((value) => (value ?? 0) < 0));
  return {
    height: Math.max(88, categories.labels.length * perBar + 12),
    note,
    markAt: marksOf(categories, (index) => last - index),
    legend: legendOf(categories, colors),
    option: {
      grid: { left: 0, right: 72, top: 4, bottom: 0 },
      tooltip: tooltip('item', unit),
      xAxis: { type: 'value', show: false, ...(negative ? {} : { min: 0 }) },
      yAxis: {
        type: 'category',
        data: reversed(categories.labels),
        axisLine: { show: negative, onZero: true, lineStyle: { color: colors['border-strong'] } },
        axisLabel: {
          fontSize: 12,
          color: colors['text-2'],
          width: Math.min(200, Math.round(input.width * 0.36)),
          overflow: 'truncate',
        },
      },
      series: categories.series.map((series, index) => ({
        name: series.name,
        type: 'bar',
        color: colorAt(colors, index),
        barMaxWidth: many ? 10 : 16,
        itemStyle: { borderRadius: [0, 2, 2, 0] },
        data: reversed(series.values),
        label: {
          show: true,
          position: 'right',
          distance: 6,
          fontSize: 12,
          color: colors['text-2'],
          formatter: compactLabel(unit),
        },
      })),
    },
  };
}

function standingBars(input: ChartInput, categories: Categories, note?: string): Drawing {
  const { colors, spec } = input;
  const unit = spec.configuration.y_unit;
  const few = categories.series.length === 1 && categories.labels.length * 52 <= input.width;
  return {
    height: PLOT_HEIGHT,
    note,
    markAt: marksOf(categories),
    legend: legendOf(categories, colors),
    option: {
      grid: { left: 0, right: 4, top: few ? 24 : 12, bottom: 0 },
      tooltip: tooltip('axis', unit),
      xAxis: { type: 'category', data: categories.labels },
      yAxis: valueAxis(unit),
      series: categories.series.map((series, index) => ({
        name: series.name,
        type: 'bar',
        color: colorAt(colors, index),
        barMaxWidth: 40,
        barCategoryGap: '28%',
        data: series.values,
        label: {
          show: few,
          position: 'top',
          fontSize: 12,
          color: colors['text-2'],
          formatter: compactLabel(unit),
        },
      })),
    },
  };
}

export const bar: MarkDefinition = {
  type: 'bar',
  label: 'Bars',
  draws: 'marks',
  draw(input) {
    const all = byMeasure(input);
    const labels = all.labels.slice(0, MOST_BARS);
    const categories = {
      labels,
      series: all.series.map((series) => ({ ...series, values: series.values.slice(0, MOST_BARS) })),
    };
    const note =
      all.labels.length > MOST_BARS ? `The first ${MOST_BARS} of ${all.labels.length}; the table has all.` : undefined;
    const { horizontal, x_grain } = input.spec.configuration;
    const long = labels.some((text) => text.length > LONG_LABEL) && labels.length > 3;
    const crowded = labels.length * 36 > input.width;
    const lying = horizontal || (!x_grain && (long || crowded));
    return lying ? lyingBars(input, categories, note) : standingBars(input, categories, note);
  },
};
