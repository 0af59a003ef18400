import { bySeries, inTimeOrder, largestSeries } from '../data';
import { lines } from '../line/definition';
import type { MarkDefinition } from '../types';

const MOST_LINES = 8;

export const groupedLine: MarkDefinition = {
  type: 'grouped_line',
  label: 'Lines',
  draws: 'marks',
  draw(input) {
    const { categories, left } = largestSeries(bySeries(inTimeOrder(input)), MOST_LINES, false);
    const note = left > 0 ? `The ${MOST_LINES} largest; ${left} more are in the table.` : undefined;
    return lines(input, categories, note);
  },
};
