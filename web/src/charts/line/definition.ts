import { byMeasure, type Categories, inTimeOrder, marksOf } from '../data';
import { colorAt, legendOf, PLOT_HEIGHT, tooltip, valueAxis } from '../options';
import type { ChartInput, Drawing, MarkDefinition } from '../types';

export function lines(input: ChartInput, categories: Categories, note?: string): Drawing {
  const { colors, spec } = input;
  const unit = spec.configuration.y_unit;
  const alone = categories.series.length === 1;
  const few = categories.labels.length <= 2;
  return {
    height: PLOT_HEIGHT,
    note,
    markAt: marksOf(categories),
    legend: legendOf(categories, colors),
    option: {
      grid: { left: 0, right: 12, top: 12, bottom: 0 },
      tooltip: tooltip('axis', unit),
      xAxis: { type: 'category', boundaryGap: few, data: categories.labels },
      yAxis: valueAxis(unit),
      series: categories.series.map((series, index) => ({
        name: series.name,
        type: 'line',
        color: colorAt(colors, index),
        data: series.values,
        showSymbol: few || series.values.filter((value) => value !== null).length <= 2,
        areaStyle: alone ? { opacity: 0.08 } : undefined,
      })),
    },
  };
}

export const line: MarkDefinition = {
  type: 'line',
  label: 'Line',
  draws: 'marks',
  draw: (input) => lines(input, byMeasure(inTimeOrder(input))),
};
