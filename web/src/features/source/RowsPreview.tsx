import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { PREVIEW_ROWS, previewQuery } from '@/api/queries';
import type { TableProfile } from '@/api/types';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone, Card } from '@/components/primitives';
import { VirtualGrid } from '@/components/VirtualGrid';
import { count, plural } from '@/lib/format';
import s from './source.module.css';

/** The first rows as they are, loaded page by page while one scrolls. */
export default function RowsPreview({
  table,
  version,
  total,
  profile,
  maxHeight,
}: {
  table: string;
  version: number;
  total: number;
  profile: TableProfile | undefined;
  maxHeight: number;
}) {
  const pages = useInfiniteQuery(previewQuery(table, version));
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.rows) ?? [], [pages.data]);
  const columns = useMemo(() => {
    const units = new Map(profile?.columns.map((column) => [column.name, column.unit]));
    return (pages.data?.pages[0]?.columns ?? []).map((column) => ({ ...column, unit: units.get(column.name) }));
  }, [pages.data, profile]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (pages.error) return <ErrorNotice error={pages.error} onRetry={() => void pages.refetch()} />;
  if (!pages.data) return <Bone height={maxHeight} />;
  const capped = total > PREVIEW_ROWS && !hasNextPage;
  return (
    <Card className={s.gridCard}>
      <VirtualGrid rows={rows} columns={columns} label={`Rows of ${table}`} maxHeight={maxHeight} onEnd={more} />
      <div className={s.gridFoot}>
        <span>
          {plural(total, 'row')}, {plural(columns.length, 'column')}
        </span>
        <span>{capped ? `the first ${count(PREVIEW_ROWS)} are shown` : `Version ${version}`}</span>
      </div>
    </Card>
  );
}
