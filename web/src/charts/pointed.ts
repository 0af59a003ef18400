/** Which point of a line chart a place in it means. */
import type { ECharts } from 'echarts/core';

/** Farther from every line than this, no point is meant; px. */
const NEAR = 32;

interface LineSeries {
  type?: string;
  data?: unknown[];
}

/** `x` and `y` in px from the chart's corner; null outside the plot, away from the lines, or without lines. */
export function pointOfLine(chart: ECharts, x: number, y: number): { series: number; index: number } | null {
  const all = chart.getOption()?.series as LineSeries[] | undefined;
  if (!all?.length || all.some((series) => series.type !== 'line') || !chart.containPixel('grid', [x, y])) return null;
  const index = Math.round(Number(chart.convertFromPixel('grid', [x, y])[0]));
  let nearest: { series: number; index: number } | null = null;
  let least = all.length === 1 ? Number.POSITIVE_INFINITY : NEAR;
  for (const [series, { data }] of all.entries()) {
    const value = data?.[index];
    if (typeof value !== 'number') continue;
    const away = Math.abs(Number(chart.convertToPixel('grid', [index, value])[1]) - y);
    if (away >= least) continue;
    least = away;
    nearest = { series, index };
  }
  return nearest;
}
