import { toNumber } from '@/lib/cells';
import { amount, exact } from '@/lib/format';
import { readable } from '@/lib/words';
import { xIndex, yIndexes } from '../data';
import { colorAt, escapeHtml, valueAxis } from '../options';
import type { ChartInput, Drawing, LegendEntry, MarkDefinition } from '../types';

const HEIGHT = 280;

export interface Cloud {
  name: string;
  points: [number, number][];
  /** The row of each point. */
  rows: unknown[][];
}

/** Axes do not start at zero: place, not length, carries the value. */
export function clouds(input: ChartInput, groups: Cloud[], legend?: LegendEntry[], note?: string): Drawing {
  const { colors, spec } = input;
  const unit = spec.configuration.y_unit;
  const x = readable(input.columns[xIndex(input)]?.name ?? '');
  const y = readable(input.columns[yIndexes(input)[0] ?? -1]?.name ?? '');
  const named = { nameLocation: 'middle', nameGap: 28, scale: true };
  return {
    height: HEIGHT,
    legend,
    note,
    markAt: (group, index) => {
      const row = groups[group]?.rows[index];
      return row ? { row } : undefined;
    },
    option: {
      grid: { left: 0, right: 16, top: 24, bottom: 20 },
      tooltip: {
        trigger: 'item',
        confine: true,
        formatter: (params: { seriesName: string; value: [number, number] }) =>
          `${groups.length > 1 ? `${escapeHtml(params.seriesName)}<br/>` : ''}${escapeHtml(x)} <b>${exact(params.value[0])}</b><br/>${escapeHtml(y)} <b>${amount(params.value[1], unit)}</b>`,
      },
      xAxis: valueAxis(null, { ...named, name: x }),
      yAxis: valueAxis(unit, {
        scale: true,
        name: y,
        nameTextStyle: { align: 'left', color: colors['text-3'], fontSize: 11 },
      }),
      series: groups.map((group, index) => ({
        name: group.name,
        type: 'scatter',
        color: colorAt(colors, index),
        itemStyle: { opacity: 0.7 },
        data: group.points,
      })),
    },
  };
}

export const scatter: MarkDefinition = {
  type: 'scatter',
  label: 'Points',
  draws: 'marks',
  draw(input) {
    const x = xIndex(input);
    const y = yIndexes(input)[0] ?? -1;
    const all: Cloud = { name: '', points: [], rows: [] };
    for (const row of input.rows) {
      const a = toNumber(row[x]);
      const b = toNumber(row[y]);
      if (a === null || b === null) continue;
      all.points.push([a, b]);
      all.rows.push(row);
    }
    return clouds(input, [all]);
  },
};
