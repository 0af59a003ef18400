import { kindOf, toNumber } from '@/lib/cells';
import { amount, axis, count } from '@/lib/format';
import { byMeasure, indexOf, marksOf, xIndex } from '../data';
import { colorAt, PLOT_HEIGHT, valueAxis } from '../options';
import type { Bin, ChartInput, Drawing, MarkDefinition } from '../types';

export interface CountedBin extends Pick<Bin, 'from' | 'to'> {
  count: number;
}

/** Equal bins over the whole range; the square root of the count unless a number is asked for. */
export function binsOf(values: number[], wanted?: number | null): CountedBin[] {
  if (values.length === 0) return [];
  let low = values[0] ?? 0;
  let high = low;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low === high) return [{ from: low, to: high, count: values.length }];
  const number = wanted && wanted > 0 ? wanted : Math.min(40, Math.max(5, Math.ceil(Math.sqrt(values.length))));
  const width = (high - low) / number;
  const bins = Array.from({ length: number }, (_, index) => ({
    from: low + index * width,
    to: index === number - 1 ? high : low + (index + 1) * width,
    count: 0,
  }));
  for (const value of values) {
    const bin = bins[Math.min(number - 1, Math.floor((value - low) / width))];
    if (bin) bin.count++;
  }
  return bins;
}

/** Raw values are counted here; a result that is already counted (bin, count) is drawn as it is. */
function barsOf(input: ChartInput): {
  labels: string[];
  ranges: string[];
  counts: (number | null)[];
  markAt: Drawing['markAt'];
} {
  const unit = input.spec.configuration.y_unit;
  const counted = input.columns.length > 1 && indexOf(input, input.spec.configuration.y[0]) !== xIndex(input);
  if (counted && input.spec.configuration.y.length > 0) {
    const categories = byMeasure(input);
    return {
      labels: categories.labels,
      ranges: categories.labels,
      counts: categories.series[0]?.values ?? [],
      markAt: marksOf(categories),
    };
  }
  const named = indexOf(input, input.spec.configuration.x ?? input.spec.configuration.y[0]);
  const column = named >= 0 ? named : input.columns.findIndex((one) => kindOf(one.type) === 'number');
  const values = input.rows.map((row) => toNumber(row[column])).filter((value) => value !== null);
  const bins = binsOf(values, input.spec.configuration.bins);
  return {
    labels: bins.map((bin) => axis(Number(bin.from.toPrecision(3)), unit)),
    ranges: bins.map((bin) => `${amount(bin.from, unit)} – ${amount(bin.to, unit)}`),
    counts: bins.map((bin) => bin.count),
    markAt: (_, index) => {
      const bin = bins[index];
      return bin && { column, from: bin.from, to: bin.to, closed: index === bins.length - 1 };
    },
  };
}

export const histogram: MarkDefinition = {
  type: 'histogram',
  label: 'Distribution',
  draws: 'marks',
  draw(input) {
    const bars = barsOf(input);
    return {
      height: PLOT_HEIGHT,
      markAt: bars.markAt,
      option: {
        grid: { left: 0, right: 12, top: 12, bottom: 0 },
        tooltip: {
          trigger: 'axis',
          confine: true,
          axisPointer: { type: 'none' },
          formatter: (params: { dataIndex: number; value: number }[]) => {
            const one = params[0];
            return one ? `${bars.ranges[one.dataIndex] ?? ''}<br/><b>${count(one.value)}</b>` : '';
          },
        },
        xAxis: { type: 'category', data: bars.labels },
        yAxis: valueAxis(null),
        series: [
          { type: 'bar', color: colorAt(input.colors, 0), barCategoryGap: '4%', barMaxWidth: 80, data: bars.counts },
        ],
      },
    };
  },
};
