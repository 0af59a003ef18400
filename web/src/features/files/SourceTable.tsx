import { IconMessage2, IconTrash } from '@tabler/icons-react';
import clsx from 'clsx';
import { Link, useNavigate } from 'react-router';
import type { File, Source } from '@/api/types';
import { ActionMenu } from '@/components/ActionMenu';
import { Ago } from '@/components/Ago';
import { Dot, ScrollCard, ui } from '@/components/primitives';
import { bytes, compact, count } from '@/lib/format';
import { kindOfFile, sizeOf } from '@/lib/words';
import s from './files.module.css';

export interface SourceRow {
  file: File;
  source: Source | undefined;
}

function columnsOf(source: Source): number {
  return source.schema.tables.reduce((sum, table) => sum + table.columns.length, 0);
}

export function SourceTable({ rows, onDelete }: { rows: SourceRow[]; onDelete: (file: File) => void }) {
  const navigate = useNavigate();
  return (
    <ScrollCard label="All sources">
      <table className={ui.table}>
        <thead>
          <tr>
            <th>Name</th>
            <th className={s.hideNarrow}>State</th>
            <th className={clsx(ui.num, s.hideNarrow)}>Rows</th>
            <th className={clsx(ui.num, s.hideNarrow)}>Columns</th>
            <th className={clsx(ui.num, s.hideNarrow)}>Size</th>
            <th className={clsx(ui.num, s.hideNarrow)}>Updated</th>
            <th>
              <span className={ui.srOnly}>Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ file, source }) => (
            <tr key={file.id}>
              <td>
                <Link to={`/sources/${source?.source_id ?? file.id}`} className={s.nameCell}>
                  <span className={clsx(s.sub, s.kindText)}>{kindOfFile(file.filename, file.file_type)}</span>
                  <div>
                    <span className={s.name} title={file.filename}>
                      {file.filename}
                    </span>
                    <span className={clsx(s.sub, s.state, s.onlyNarrow)}>
                      <Dot tone="good" />
                      {source ? sizeOf(source) : 'Ready'}
                    </span>
                  </div>
                </Link>
              </td>
              <td className={s.hideNarrow}>
                <span className={s.state}>
                  <Dot tone="good" />
                  Ready
                </span>
              </td>
              <td className={clsx(ui.num, s.hideNarrow)} title={source ? count(source.rows) : undefined}>
                {source && columnsOf(source) > 0
                  ? source.rows >= 1e6
                    ? compact(source.rows)
                    : count(source.rows)
                  : '–'}
              </td>
              <td className={clsx(ui.num, s.hideNarrow)}>
                {source && columnsOf(source) > 0 ? count(columnsOf(source)) : '–'}
              </td>
              <td className={clsx(ui.num, s.hideNarrow)}>{bytes(file.file_size)}</td>
              <td className={clsx(ui.num, s.hideNarrow, s.quiet)}>
                <Ago time={source?.updated_at ?? file.updated_at} />
              </td>
              <td className={s.actionCell}>
                <ActionMenu
                  label={`Actions for ${file.filename}`}
                  actions={[
                    {
                      label: 'Open',
                      icon: IconMessage2,
                      onClick: () => navigate(`/sources/${source?.source_id ?? file.id}`),
                    },
                    { label: 'Delete', icon: IconTrash, onClick: () => onDelete(file), danger: true },
                  ]}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollCard>
  );
}
