import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { quarantineQuery } from '@/api/sources';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone, ScrollCard, Section, Tag, ui } from '@/components/primitives';
import { count, plural } from '@/lib/format';
import s from './source.module.css';

/** Every cell that did not fit, with its place, its raw text and the reason. */
export function Quarantine({
  sourceId,
  version,
  table,
  total,
}: {
  sourceId: string;
  version: number;
  table: string;
  total: string;
}) {
  const pages = useInfiniteQuery(quarantineQuery(sourceId, version, table));
  const cells = pages.data?.pages.flatMap((page) => page.cells) ?? [];
  const counts = pages.data?.pages[0]?.counts.filter((one) => one.table === table) ?? [];
  const files = cells.some((cell) => cell.file);
  return (
    <Section
      title={`${total} set aside`}
      note="their rows are in, with these cells empty; another type, date order or decimal sign can bring them back"
    >
      {counts.length > 0 ? (
        <div className={s.tables}>
          {counts.map((one) => (
            <Tag key={`${one.column} ${one.reason}`} tone="warn">
              {one.column ?? 'whole lines'}: {plural(one.count, 'cell')}, {one.reason}
            </Tag>
          ))}
        </div>
      ) : null}
      {pages.error ? <ErrorNotice error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {pages.isPending ? <Bone height={120} /> : null}
      {cells.length > 0 ? (
        <ScrollCard label="Cells set aside" className={s.quarantine}>
          <table className={ui.table}>
            <thead>
              <tr>
                {files ? <th>File</th> : null}
                <th className={clsx(ui.num, s.lineNumber)}>Row</th>
                <th>Column</th>
                <th>Text in the file</th>
                <th>Why</th>
              </tr>
            </thead>
            <tbody>
              {cells.map((cell, index) => (
                <tr key={index}>
                  {files ? <td>{cell.file}</td> : null}
                  <td className={ui.num}>{count(cell.row)}</td>
                  <td className={s.strong}>{cell.column ?? 'whole line'}</td>
                  <td>
                    <code className={s.raw} title={cell.raw}>
                      {cell.raw || '(empty)'}
                    </code>
                  </td>
                  <td className={s.quiet}>{cell.reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollCard>
      ) : null}
      {pages.hasNextPage ? (
        <Button size="xs" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          Show more
        </Button>
      ) : null}
    </Section>
  );
}
