import {
  type Icon,
  IconChartBar,
  IconChartDonut,
  IconChartDots,
  IconChartDots3,
  IconChartHistogram,
  IconChartLine,
  IconNumber123,
  IconStack2,
  IconTable,
  IconTimeline,
} from '@tabler/icons-react';
import type { ChartSpec, ChartType } from '@/api/types';
import { Tip } from '@/components/Tip';
import s from './chart.module.css';
import { CHARTS } from './registry';

const ICONS: Record<ChartType, Icon> = {
  table: IconTable,
  metric: IconNumber123,
  bar: IconChartBar,
  line: IconChartLine,
  pie: IconChartDonut,
  scatter: IconChartDots,
  histogram: IconChartHistogram,
  stacked_bar: IconStack2,
  grouped_line: IconTimeline,
  grouped_scatter: IconChartDots3,
};

/** The types that fit a result, the suggested one first; the rows themselves always do. */
export const typesOf = (spec: ChartSpec): ChartType[] => [
  ...new Set<ChartType>([spec.type, ...spec.alternatives, 'table']),
];

export function TypeSwitch({
  types,
  active,
  onChoose,
}: {
  types: ChartType[];
  active: ChartType;
  onChoose: (type: ChartType) => void;
}) {
  if (types.length < 2) return null;
  return (
    <div className={s.types} role="radiogroup" aria-label="Show as">
      {types.map((type) => {
        const Sign = ICONS[type];
        return (
          <Tip key={type} label={CHARTS[type].label}>
            <button
              type="button"
              role="radio"
              aria-checked={type === active}
              aria-label={CHARTS[type].label}
              className={s.type}
              onClick={() => onChoose(type)}
            >
              <Sign size={16} stroke={1.6} />
            </button>
          </Tip>
        );
      })}
    </div>
  );
}
