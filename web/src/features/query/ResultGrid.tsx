import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useMemo, useSyncExternalStore } from 'react';
import { type Bound, runQuery } from '@/api/queries';
import type { ChartSpec, QueryResult } from '@/api/types';
import { ErrorNotice } from '@/components/ErrorNotice';
import type { Placed } from '@/components/grid/columns';
import { DataGrid, type GridSort } from '@/components/grid/DataGrid';
import { tabSeparated } from '@/components/grid/selection';
import { toast } from '@/components/toast';
import { count, plural } from '@/lib/format';
import s from './result.module.css';
import type { Rows } from './rows';
import { meaningOf, type SchemaTable } from './schema';
import { summarySql } from './statement';
import { figureOf, summarise, summaryTexts } from './summary';

const ColumnMenu = lazy(() => import('./ColumnMenu'));

/** More than this is for a file, not for the clipboard. */
const MOST_COPIED = 50_000;

export interface ResultGridProps {
  result: QueryResult;
  rows: Rows;
  sql: string;
  bound: Bound;
  spec: ChartSpec;
  tables: SchemaTable[];
  sort: GridSort | null;
  onSort: (column: number) => void;
  onSortTo: (column: number, descending: boolean) => void;
  height: number | string;
  /** A row is asked about: what stands behind it. */
  onRow: (row: unknown[]) => void;
}

export function ResultGrid({
  result,
  rows,
  sql,
  bound,
  spec,
  tables,
  sort,
  onSort,
  onSortTo,
  height,
  onRow,
}: ResultGridProps) {
  useSyncExternalStore(rows.subscribe, rows.snapshot);
  const meanings = useMemo(
    () => result.columns.map((column) => meaningOf(tables, column.name)),
    [result.columns, tables],
  );
  const { y, y_unit } = spec.configuration;
  const columns = useMemo(
    () =>
      result.columns.map((column, index) => ({
        ...column,
        unit: meanings[index]?.unit ?? (y.includes(column.name) ? y_unit : null),
      })),
    [result.columns, meanings, y, y_unit],
  );
  const figures = useMemo(
    () => result.columns.map((column, index) => figureOf(column, meanings[index]?.meaning)),
    [result.columns, meanings],
  );
  const asked = useQuery({
    queryKey: ['result-summary', result.query_id],
    queryFn: async ({ signal }) => (await runQuery(summarySql(sql, figures), 1, signal, bound)).rows[0] ?? [],
    enabled: result.truncated,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const summary = useMemo(() => {
    const row = result.truncated ? asked.data : summarise(result.rows, figures);
    return row ? summaryTexts(columns, figures, row) : null;
  }, [result, asked.data, figures, columns]);

  const copy = useCallback(
    (from: number, to: number, places: number[]) => {
      if (to - from > MOST_COPIED) {
        void toast(`Mark at most ${count(MOST_COPIED)} rows to copy them. ${count(to - from)} are marked.`, {
          bad: true,
        });
        return;
      }
      const copied = async () => {
        const cells = (await rows.between(from, to)).map((row) => places.map((place) => row[place]));
        const head = places.map((place) => result.columns[place]?.name ?? '');
        const one = cells.length === 1 && places.length === 1;
        await navigator.clipboard.writeText(tabSeparated(one ? cells : [head, ...cells]));
        await toast(
          one ? 'The cell is copied.' : `${plural(cells.length, 'row')} copied, with the names of the columns.`,
        );
      };
      copied().catch(() => toast('The cells could not be copied. Mark fewer, or allow the clipboard.', { bad: true }));
    },
    [rows, result.columns],
  );
  const menu = (column: Placed, tools: Parameters<NonNullable<Parameters<typeof DataGrid>[0]['menu']>>[1]) => (
    <Suspense>
      <ColumnMenu
        column={column}
        tools={tools}
        sql={sql}
        bound={bound}
        columns={columns.length}
        onSort={(descending) => onSortTo(column.index, descending)}
      />
    </Suspense>
  );
  return (
    <div className={s.rows} style={{ minHeight: typeof height === 'number' ? height : undefined }}>
      {rows.error ? <ErrorNotice error={rows.error} onRetry={rows.retry} /> : null}
      <DataGrid
        key={columns.map((column) => column.name).join('\n')}
        columns={columns}
        rowCount={rows.count}
        rowAt={rows.at}
        first={rows.first}
        label="Result"
        height={height}
        onRange={rows.look}
        sort={sort}
        onSort={onSort}
        onCopy={copy}
        onOpen={(index) => {
          const row = rows.at(index);
          if (row) onRow(row);
        }}
        menu={menu}
        {...(summary && result.rows.length > 1
          ? {
              summary: (column: Placed) => <span title={summary[column.index]}>{summary[column.index]}</span>,
            }
          : {})}
      />
    </div>
  );
}
