import { byHeight, bySeries, largestSeries, marksOf } from '../data';
import { colorAt, legendOf, PLOT_HEIGHT, tooltip, valueAxis } from '../options';
import type { MarkDefinition } from '../types';

const MOST_PARTS = 10;

export const stackedBar: MarkDefinition = {
  type: 'stacked_bar',
  label: 'Stacked bars',
  draws: 'marks',
  draw(input) {
    const { colors, spec } = input;
    const { categories, left } = largestSeries(byHeight(input, bySeries(input)), MOST_PARTS, true);
    const unit = spec.configuration.y_unit;
    const lying = spec.configuration.horizontal || categories.labels.some((text) => text.length > 14);
    const names = {
      type: 'category',
      data: lying ? [...categories.labels].reverse() : categories.labels,
      axisLabel: lying
        ? { fontSize: 12, width: Math.min(200, Math.round(input.width * 0.36)), overflow: 'truncate' }
        : {},
    };
    const values = valueAxis(unit);
    const last = categories.labels.length - 1;
    return {
      height: lying ? Math.max(120, categories.labels.length * 28 + 32) : PLOT_HEIGHT,
      legend: legendOf(categories, colors),
      markAt: marksOf(categories, lying ? (index) => last - index : undefined),
      note: left > 0 ? `${left} small series are put together.` : undefined,
      option: {
        grid: { left: 0, right: 12, top: 12, bottom: 0 },
        tooltip: tooltip('axis', unit),
        xAxis: lying ? values : names,
        yAxis: lying ? names : values,
        series: categories.series.map((series, index) => ({
          name: series.name,
          type: 'bar',
          stack: 'all',
          barMaxWidth: lying ? 16 : 40,
          color: colorAt(colors, index),
          itemStyle: { borderRadius: 0, borderColor: colors.surface, borderWidth: 0.5 },
          data: lying ? [...series.values].reverse() : series.values,
        })),
      },
    };
  },
};
