import { toNumber } from '@/lib/cells';
import { amount, share } from '@/lib/format';
import { label, xIndex, yIndexes } from '../data';
import { colorAt, escapeHtml } from '../options';
import type { MarkDefinition } from '../types';

const MOST_SLICES = 9;

export const pie: MarkDefinition = {
  type: 'pie',
  label: 'Shares',
  draws: 'marks',
  draw(input) {
    const { colors, spec } = input;
    const unit = spec.configuration.y_unit;
    const x = xIndex(input);
    const y = yIndexes(input)[0] ?? -1;
    const slices = input.rows
      .map((row) => ({ name: label(input, x, row[x]), value: toNumber(row[y]) ?? 0, row }))
      .filter((slice) => slice.value > 0);
    const skipped = input.rows.length - slices.length;
    const shown: { name: string; value: number; row?: unknown[] }[] =
      slices.length > MOST_SLICES ? slices.slice(0, MOST_SLICES - 1) : slices;
    const rest = slices.slice(shown.length);
    if (rest.length > 0) {
      shown.push({ name: `${rest.length} others`, value: rest.reduce((sum, slice) => sum + slice.value, 0) });
    }
    const total = shown.reduce((sum, slice) => sum + slice.value, 0);
    return {
      height: 240,
      note: skipped > 0 ? 'Rows that are zero, empty or negative have no share and are left out.' : undefined,
      legend: shown.map((slice, index) => ({
        name: `${slice.name} ${share(slice.value / total)}`,
        color: rest.length > 0 && index === shown.length - 1 ? colors.ghost : colorAt(colors, index),
      })),
      markAt: (_, index) => {
        const row = shown[index]?.row;
        return row ? { row } : undefined;
      },
      option: {
        tooltip: {
          trigger: 'item',
          confine: true,
          formatter: (params: { name: string; value: number; percent: number }) =>
            `${escapeHtml(params.name)}<br/><b>${amount(params.value, unit)}</b> ${share(params.percent / 100)}`,
        },
        series: [
          {
            type: 'pie',
            radius: ['52%', '88%'],
            startAngle: 90,
            label: { show: false },
            itemStyle: { borderColor: colors.surface, borderWidth: 2 },
            data: shown.map(({ name, value }, index) => ({
              name,
              value,
              itemStyle: {
                color: rest.length > 0 && index === shown.length - 1 ? colors.ghost : colorAt(colors, index),
              },
            })),
          },
        ],
      },
    };
  },
};
