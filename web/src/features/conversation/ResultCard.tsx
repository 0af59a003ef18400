import { Button } from '@mantine/core';
import {
  type Icon,
  IconChartBar,
  IconChartDonut,
  IconChartDots,
  IconChartDots3,
  IconChartHistogram,
  IconChartLine,
  IconChevronDown,
  IconChevronUp,
  IconNumber123,
  IconStack2,
  IconTable,
  IconTimeline,
} from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Answer, ChartSpec, ChartType } from '@/api/types';
import { ResultChart } from '@/charts/ResultChart';
import { CHARTS } from '@/charts/registry';
import { Card } from '@/components/primitives';
import { Tip } from '@/components/Tip';
import { count, plural } from '@/lib/format';
import s from './conversation.module.css';

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

const PLAIN: ChartSpec = {
  type: 'table',
  title: 'Result',
  configuration: { y: [], horizontal: false },
  reason: '',
  alternatives: [],
};

function TypeSwitch({
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
    <div className={s.tools} role="radiogroup" aria-label="Show as">
      {types.map((type) => {
        const Sign = ICONS[type];
        return (
          <Tip key={type} label={CHARTS[type].label}>
            <button
              type="button"
              role="radio"
              aria-checked={type === active}
              aria-label={CHARTS[type].label}
              className={s.tool}
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

/** The result of an answer: drawn as it suits best, as anything else that fits, and as its rows. */
export function ResultCard({ answer }: { answer: Answer }) {
  const spec = answer.suggested_chart ?? PLAIN;
  const [type, setType] = useState<ChartType>(spec.type);
  const [open, setOpen] = useState(false);
  const data = useMemo(
    () => ({
      columns: answer.columns,
      rows: answer.data.map((row) => answer.columns.map((column) => row[column.name])),
    }),
    [answer],
  );
  if (data.columns.length === 0 || data.rows.length === 0) return null;
  const types = [...new Set<ChartType>([spec.type, ...spec.alternatives, 'table'])];
  const total = Math.max(answer.total_rows, data.rows.length);
  const rows =
    total > data.rows.length ? `${count(data.rows.length)} of ${plural(total, 'row')}` : plural(total, 'row');
  return (
    <Card className={s.chart}>
      <div className={s.chartHead}>
        <h3 title={spec.title}>{spec.title || 'Result'}</h3>
        {spec.reason ? <span title={spec.reason}>{spec.reason}</span> : null}
        <TypeSwitch types={types} active={type} onChoose={setType} />
      </div>
      <ResultChart data={data} spec={spec} type={type} />
      {type === 'table' ? (
        <p className={s.rowCount}>{rows}</p>
      ) : (
        <>
          <Button
            className={s.tableToggle}
            variant="subtle"
            color="gray"
            size="compact-sm"
            aria-expanded={open}
            leftSection={<IconTable size={14} stroke={1.6} />}
            rightSection={open ? <IconChevronUp size={14} /> : <IconChevronDown size={14} />}
            onClick={() => setOpen(!open)}
          >
            Table, {rows}
          </Button>
          {open ? (
            <div className={s.tableBox}>
              <ResultChart data={data} spec={spec} type="table" />
            </div>
          ) : null}
        </>
      )}
    </Card>
  );
}
