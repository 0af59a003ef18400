import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { rawQuery } from '@/api/sources';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone, Card } from '@/components/primitives';
import { VirtualGrid } from '@/components/VirtualGrid';
import { plural } from '@/lib/format';
import s from './source.module.css';

/** Rows with every cell as the text that the file has, loaded page by page while one scrolls. */
export default function RawRows({
  sourceId,
  table,
  version,
  maxHeight,
}: {
  sourceId: string;
  table: string;
  version: number;
  maxHeight: number;
}) {
  const pages = useInfiniteQuery(rawQuery(sourceId, version, table));
  const rows = useMemo(() => (pages.data?.pages.flatMap((page) => page.rows) ?? []) as unknown[][], [pages.data]);
  const columns = useMemo(
    () => (pages.data?.pages[0]?.columns ?? []).map((name) => ({ name, type: 'VARCHAR' })),
    [pages.data],
  );
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (pages.error) return <ErrorNotice error={pages.error} onRetry={() => void pages.refetch()} />;
  if (!pages.data) return <Bone height={maxHeight} />;
  const total = pages.data.pages[0]?.total_rows ?? 0;
  return (
    <Card className={s.gridCard}>
      <VirtualGrid
        rows={rows}
        columns={columns}
        label={`Texts of ${table} as the file has them`}
        maxHeight={maxHeight}
        onEnd={more}
      />
      <div className={s.gridFoot}>
        <span>
          {plural(total, 'row')}, {plural(columns.length, 'column')}
        </span>
        <span>before types and steps</span>
      </div>
    </Card>
  );
}
