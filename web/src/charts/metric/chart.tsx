import { cellText, kindOf, toNumber } from '@/lib/cells';
import { amount } from '@/lib/format';
import { readable } from '@/lib/words';
import { indexOf } from '../data';
import type { ChartInput } from '../types';
import s from './metric.module.css';

const MOST_FIGURES = 4;

/** One row as figures: the measures large, what they belong to as their label. */
export function Metric({ input }: { input: Omit<ChartInput, 'colors' | 'width'> }) {
  const row = input.rows[0] ?? [];
  const { y, y_unit } = input.spec.configuration;
  const named = y.map((name) => indexOf(input, name)).filter((index) => index >= 0);
  const indexes = named.length > 0 ? named : input.columns.map((_, index) => index);
  return (
    <div className={s.figures}>
      {indexes.slice(0, MOST_FIGURES).map((index) => {
        const column = input.columns[index];
        if (!column) return null;
        const number = kindOf(column.type) === 'number' ? toNumber(row[index]) : null;
        const text = number === null ? cellText(row[index], column) || '–' : amount(number, y_unit);
        return (
          <div key={column.name} className={s.figure}>
            <span>{readable(column.name)}</span>
            <b>{text}</b>
          </div>
        );
      })}
    </div>
  );
}
