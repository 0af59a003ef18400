import { toNumber } from '@/lib/cells';
import { indexOf, label, xIndex, yIndexes } from '../data';
import { colorAt } from '../options';
import { type Cloud, clouds } from '../scatter/definition';
import type { MarkDefinition } from '../types';

const MOST_GROUPS = 8;

export const groupedScatter: MarkDefinition = {
  type: 'grouped_scatter',
  label: 'Points by group',
  draws: 'marks',
  draw(input) {
    const x = xIndex(input);
    const y = yIndexes(input)[0] ?? -1;
    const split = indexOf(input, input.spec.configuration.series);
    const groups = new Map<string, Cloud>();
    for (const row of input.rows) {
      const a = toNumber(row[x]);
      const b = toNumber(row[y]);
      if (a === null || b === null) continue;
      const name = split < 0 ? '' : label(input, split, row[split]);
      const group = groups.get(name) ?? { name, points: [], rows: [] };
      group.points.push([a, b]);
      group.rows.push(row);
      groups.set(name, group);
    }
    const all = [...groups.values()].sort((a, b) => b.points.length - a.points.length);
    const shown = all.slice(0, MOST_GROUPS);
    const note =
      all.length > MOST_GROUPS
        ? `The ${MOST_GROUPS} groups with most points; ${all.length - MOST_GROUPS} more are in the table.`
        : undefined;
    const legend =
      shown.length > 1
        ? shown.map((group, index) => ({ name: group.name, color: colorAt(input.colors, index) }))
        : undefined;
    return clouds(input, shown, legend, note);
  },
};
