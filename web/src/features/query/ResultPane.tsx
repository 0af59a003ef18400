import '@mantine/core/styles/Progress.layer.css';
import { Button, Progress } from '@mantine/core';
import { IconPlayerStopFilled } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { useRunStates } from '@/api/runs';
import type { ChartType } from '@/api/types';
import { ResultChart } from '@/charts/ResultChart';
import { TypeSwitch, typesOf } from '@/charts/TypeSwitch';
import type { Mark } from '@/charts/types';
import { ErrorNotice } from '@/components/ErrorNotice';
import { count, duration, percent, plural } from '@/lib/format';
import q from './query.module.css';
import { ResultGrid } from './ResultGrid';
import s from './result.module.css';
import { FIRST_ROWS, type Run, run, sortBy, stop } from './runs';
import type { SchemaTable } from './schema';

/** Nothing is shown for what is done at once. */
const NOTICED_MS = 300;

function useElapsed(running: boolean): number {
  const [elapsed, setElapsed] = useState(0);
  useEffect(() => {
    setElapsed(0);
    if (!running) return;
    const start = Date.now();
    const timer = setInterval(() => setElapsed(Date.now() - start), 100);
    return () => clearInterval(timer);
  }, [running]);
  return elapsed;
}

function RowCount({ known }: { known: Run }) {
  const rows = known.rows;
  useSyncExternalStore(rows?.subscribe ?? (() => () => {}), rows?.snapshot ?? (() => 0));
  if (!rows) return null;
  return <b>{rows.isCounted ? plural(rows.count, 'row') : `More than ${count(rows.count)} rows`}</b>;
}

/** What a run gave: its chart, its rows, and how it was got. */
export default function ResultPane({
  tab,
  known,
  tables,
  stale,
  gridHeight,
  title,
  problem,
  foot,
  onMark,
}: {
  tab: string;
  known: Run;
  tables: SchemaTable[];
  stale: boolean;
  gridHeight: number;
  title: string;
  /** Shown where no editor shows the error. */
  problem: boolean;
  foot?: ReactNode;
  /** A row, or a mark of the chart, is asked about: what stands behind it. */
  onMark: (mark: Mark) => void;
}) {
  const { result, rows, running, failure } = known;
  const [chosen, setChosen] = useState<{ id: string; type: ChartType } | null>(null);
  const elapsed = useElapsed(running !== null);
  const busy = running && elapsed >= NOTICED_MS;
  const told = useRunStates((all) => (known.runId ? all[known.runId] : undefined));
  const fraction = told?.fraction ?? 0;
  const spec = result?.suggested_chart;
  const shape = result?.columns.map((column) => column.name).join('\n') ?? '';
  const types = spec ? typesOf(spec) : [];
  // A type that was chosen stays while the columns stay.
  const type = chosen?.id === shape && types.includes(chosen.type) ? chosen.type : (spec?.type ?? 'table');
  return (
    <section className={`${q.pane} ${s.result}`} aria-label="Result" aria-busy={running !== null}>
      {busy ? (
        <Progress
          value={fraction > 0 ? fraction * 100 : 100}
          animated={fraction <= 0}
          size={2}
          radius={0}
          aria-label="The query runs"
        />
      ) : null}
      <div className={s.resultHead}>
        <h2 title={title}>{title}</h2>
        {stale && !running ? <span className={s.staleNote}>Of the query before the last change</span> : null}
        {spec ? (
          <TypeSwitch types={types} active={type} onChoose={(next) => setChosen({ id: shape, type: next })} />
        ) : null}
      </div>
      {problem && failure ? <ErrorNotice error={failure.error} /> : null}
      <div className={s.resultBody} data-stale={stale}>
        {result && rows && spec ? (
          <>
            {type === 'table' || result.rows.length === 0 ? null : (
              <div className={s.chart}>
                <ResultChart data={result} spec={spec} type={type} onMark={onMark} />
                {stale ? null : (
                  <p className={s.drawn}>
                    {result.truncated ? `Drawn from the first ${count(FIRST_ROWS)} rows. ` : ''}A click on a mark opens
                    the rows behind it, as Enter on a row of the table does.
                  </p>
                )}
              </div>
            )}
            {result.rows.length === 0 ? (
              <p className={q.nothing}>The query ran and found no rows.</p>
            ) : (
              <ResultGrid
                result={result}
                rows={rows}
                sql={known.sql}
                spec={spec}
                bound={known.bound}
                tables={tables}
                sort={known.sort}
                onSort={(column) => sortBy(tab, column)}
                onSortTo={(column, descending) =>
                  void run(tab, known.sql, { sort: { column, descending }, start: known.start, bound: known.bound })
                }
                height={gridHeight}
                onRow={(row) => onMark({ row })}
              />
            )}
          </>
        ) : (
          <p className={q.nothing}>{running ? 'The query runs.' : 'The rows of a query stand here when it has run.'}</p>
        )}
      </div>
      <div className={s.foot} aria-live="polite">
        {busy ? (
          <>
            <b>
              {told?.queuePosition === undefined
                ? `Running for ${duration(elapsed)}`
                : `Number ${told.queuePosition} in the queue, for ${duration(elapsed)}`}
              {fraction > 0 ? `, ${percent(fraction, 0)}` : ''}
            </b>
            <Button size="compact-xs" leftSection={<IconPlayerStopFilled size={11} />} onClick={() => stop(tab)}>
              Stop
            </Button>
          </>
        ) : result ? (
          <>
            <RowCount known={known} />
            <span>
              {result.cached ? 'kept from before, ' : ''}
              {duration(result.execution_time * 1000)} in the engine
            </span>
            {foot}
          </>
        ) : (
          <span>Ctrl Enter runs the selection, or everything.</span>
        )}
      </div>
    </section>
  );
}
