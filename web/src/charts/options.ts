/** Pieces that several chart types share. */
import { amount, amountCompact, axis } from '@/lib/format';
import type { Categories } from './data';
import type { ChartColors, ChartOption, LegendEntry } from './types';

export const PLOT_HEIGHT = 224;

export const colorAt = (colors: ChartColors, index: number) => colors.cat[index % colors.cat.length] ?? colors.text;

export const valueAxis = (unit: string | null | undefined, more: ChartOption = {}): ChartOption => ({
  type: 'value',
  splitNumber: 4,
  axisLabel: { formatter: (value: number) => axis(value, unit) },
  ...more,
});

export const tooltip = (trigger: 'axis' | 'item', unit: string | null | undefined): ChartOption => ({
  trigger,
  confine: true,
  axisPointer: { type: trigger === 'axis' ? 'line' : 'none' },
  valueFormatter: (value: unknown) => (typeof value === 'number' ? amount(value, unit) : '–'),
});

export const compactLabel = (unit: string | null | undefined) => (params: { value: unknown }) =>
  typeof params.value === 'number' ? amountCompact(params.value, unit) : '';

/** A legend tells series apart; one series needs none. */
export function legendOf(categories: Categories, colors: ChartColors): LegendEntry[] | undefined {
  if (categories.series.length < 2) return undefined;
  return categories.series.map((series, index) => ({ name: series.name, color: colorAt(colors, index) }));
}

/** Chart text is not HTML, but tooltips are: names come from data. */
export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
