import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconTable } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { Answer, ChartSpec, ChartType } from '@/api/types';
import { ResultChart } from '@/charts/ResultChart';
import { TypeSwitch, typesOf } from '@/charts/TypeSwitch';
import { Card } from '@/components/primitives';
import { count, plural } from '@/lib/format';
import s from './answer.module.css';

const PLAIN: ChartSpec = {
  type: 'table',
  title: 'Result',
  configuration: { y: [], horizontal: false },
  reason: '',
  alternatives: [],
};

/** The result of an answer: drawn as it suits best, as anything else that fits, and as its rows. */
export default function ResultCard({ answer, question }: { answer: Answer; question: string }) {
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
  const total = Math.max(answer.total_rows, data.rows.length);
  const rows =
    total > data.rows.length ? `${count(data.rows.length)} of ${plural(total, 'row')}` : plural(total, 'row');
  return (
    <Card className={s.chart}>
      <div className={s.chartHead}>
        <h3 title={spec.title}>{spec.title || 'Result'}</h3>
        {spec.reason ? <span title={spec.reason}>{spec.reason}</span> : null}
        <TypeSwitch types={typesOf(spec)} active={type} onChoose={setType} />
      </div>
      <ResultChart data={data} spec={spec} type={type} />
      {answer.generated_query ? (
        <Link
          className={s.openQuery}
          to="/query-builder"
          state={{ query: { title: question, sql: answer.generated_query, reading: answer.reading?.logical } }}
        >
          Open in Query Builder
        </Link>
      ) : null}
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
