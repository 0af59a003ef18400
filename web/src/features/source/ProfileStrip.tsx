import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import clsx from 'clsx';
import { lazy, Suspense, useState } from 'react';
import type { ColumnProfile, TableProfile } from '@/api/types';
import { Histogram, ShareBar, Spark } from '@/charts/micro';
import { Bone, Card } from '@/components/primitives';
import { SEMANTICS } from '@/components/semantics';
import { Tip } from '@/components/Tip';
import { count, share } from '@/lib/format';
import { inWords, outOf100, shapeOf } from './describe';
import p from './profile.module.css';
import s from './source.module.css';

const ColumnDetail = lazy(() => import('./ColumnDetail'));

const WIDTH = 152;

function Drawing({ column }: { column: ColumnProfile }) {
  const shape = shapeOf(column);
  if (shape.kind === 'time') return <Spark data={shape.values} width={WIDTH} height={28} last={false} />;
  if (shape.kind === 'histogram') return <Histogram bins={shape.values} width={WIDTH} height={28} mark={shape.mark} />;
  if (shape.kind === 'shares') return <ShareBar parts={shape.values} width={WIDTH} />;
  return <span className={s.sub}>{shape.words}</span>;
}

const COLUMNS = 7;
/** Below, a column's score is worth a look. */
const GOOD = 0.95;

function Row({ column, open, onToggle }: { column: ColumnProfile; open: boolean; onToggle: () => void }) {
  const { icon: Sign, label } = SEMANTICS[column.semantic_type];
  const words = inWords(column);
  const notes = column.notes.join('. ');
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <>
      <tr className={clsx(s.row, open && p.opened)}>
        <th scope="row" className={p.name}>
          <button type="button" className={p.toggle} aria-expanded={open} onClick={onToggle}>
            <Chevron size={14} stroke={1.8} />
            <Sign size={16} stroke={1.6} />
            <Tip label={`${column.original_name}, ${column.type}`} position="top-start">
              <span>{column.name}</span>
            </Tip>
          </button>
        </th>
        <td className={p.meaning}>
          <span className={p.chip}>
            {label}
            {column.unit ? `, ${column.unit}` : ''}
          </span>
        </td>
        <td className={p.chart}>
          <Drawing column={column} />
        </td>
        <td className={clsx(s.right, column.nulls === 0 && p.muted)} title={`${count(column.nulls)} empty`}>
          {column.nulls === 0 ? '0' : share(column.null_ratio)}
        </td>
        <td className={s.right}>
          {column.distinct_is_exact ? '' : '~'}
          {count(column.distinct)}
        </td>
        <td
          className={clsx(s.right, column.quality && column.quality.score < GOOD ? s.warn : p.muted)}
          title={column.quality?.reasons.map((reason) => reason.words).join('. ') || undefined}
        >
          {column.quality ? outOf100(column.quality.score) : '–'}
        </td>
        <td className={p.summary} title={notes ? `${words}. ${notes}` : words}>
          {words}
          {column.notes.some((note) => note.includes('quarantin')) ? <i className={s.warn}> {notes}</i> : null}
        </td>
      </tr>
      {open ? (
        <tr className={p.detailRow}>
          <td colSpan={COLUMNS}>
            <Suspense fallback={<Bone height={120} />}>
              <ColumnDetail column={column} />
            </Suspense>
          </td>
        </tr>
      ) : null}
    </>
  );
}

/** One line per column: what it means, how its values are spread, what is missing. */
export function ProfileStrip({ profile }: { profile: TableProfile }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (name: string) =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(name)) next.add(name);
      return next;
    });
  return (
    <Card className={s.profile}>
      <table className={p.strip}>
        <thead>
          <tr className={s.head}>
            <th>Column</th>
            <th>Meaning</th>
            <th>Distribution</th>
            <th className={s.right}>Empty</th>
            <th className={s.right}>Different</th>
            <th className={s.right}>Quality</th>
            <th>In words</th>
          </tr>
        </thead>
        <tbody>
          {profile.columns.map((column) => (
            <Row key={column.name} column={column} open={open.has(column.name)} onToggle={() => toggle(column.name)} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}
