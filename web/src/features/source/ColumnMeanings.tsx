import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import type { Model, ModelColumn, ModelTable } from '@/api/types';
import { Card } from '@/components/primitives';
import { SEMANTICS } from '@/components/semantics';
import { AGGREGATIONS, ColumnEditor, ROLES } from './ColumnEditor';
import s from './model.module.css';

function words(column: ModelColumn): string {
  return [
    (ROLES[column.role].split(':')[0] ?? '').toLowerCase(),
    column.default_aggregation === 'none' ? '' : AGGREGATIONS[column.default_aggregation].toLowerCase(),
    column.unit ?? '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** One line a column; it opens to be edited. */
export function ColumnMeanings({ model, table }: { model: Model; table: ModelTable }) {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <Card className={s.list}>
      {table.columns.map((column) => {
        const { icon: Sign, label } = SEMANTICS[column.semantic_type];
        const editing = open === column.name;
        return (
          <div key={column.name} className={s.line}>
            <button
              type="button"
              className={s.lineButton}
              aria-expanded={editing}
              onClick={() => setOpen(editing ? null : column.name)}
            >
              <Sign size={16} stroke={1.6} />
              <span className={s.lineName}>
                <b>{column.display_name}</b>
                <small>{column.name}</small>
              </span>
              <span className={s.lineKind}>
                {label}
                <small>{words(column)}</small>
              </span>
              <span className={s.lineWords}>
                {column.synonyms.length > 0 ? `also ${column.synonyms.join(', ')}` : ''}
                {column.description ? <small>{column.description}</small> : null}
              </span>
              <IconPencil size={16} stroke={1.6} aria-label={`Edit ${column.display_name}`} />
            </button>
            {editing ? (
              <ColumnEditor model={model} table={table.name} column={column} onClose={() => setOpen(null)} />
            ) : null}
          </div>
        );
      })}
    </Card>
  );
}
