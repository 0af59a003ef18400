import type { ColumnProfile } from '@/api/types';
import { Meter } from '@/charts/micro';
import { count, exact, plural, share } from '@/lib/format';
import p from './profile.module.css';
import s from './source.module.css';

interface Line {
  key: string;
  label: string;
  count: number;
  hint?: string | undefined;
}

function Lines({ title, note, lines, of }: { title: string; note?: string | undefined; lines: Line[]; of: number }) {
  return (
    <div className={p.lines}>
      <h3>
        {title}
        {note ? <span> {note}</span> : null}
      </h3>
      {lines.map((line) => (
        <div className={s.line} key={line.key}>
          <span className={s.value} title={line.hint ?? line.label}>
            {line.label === '' ? '(empty text)' : line.label}
          </span>
          <span className={s.sub}>{line.hint}</span>
          <Meter value={of === 0 ? 0 : line.count / of} />
          <span className={s.right} title={count(line.count)}>
            {share(of === 0 ? 0 : line.count / of)}
          </span>
        </div>
      ))}
    </div>
  );
}

/** One column closer: how its values are written, which are frequent, and what is wrong with them. */
export default function ColumnDetail({ column }: { column: ColumnProfile }) {
  const values = column.rows - column.nulls;
  const { outliers } = column;
  const remarks = [
    ...(column.quality?.reasons ?? []).map((reason) => reason.words),
    ...(outliers && outliers.low + outliers.high > 0
      ? [
          `${plural(outliers.low + outliers.high, 'value')} outside ${column.quantiles_are_exact === false ? 'about ' : ''}${exact(outliers.from, 2)} to ${exact(outliers.to, 2)}`,
        ]
      : []),
  ];
  return (
    <div className={p.detail}>
      {column.patterns.length > 0 ? (
        <Lines
          title="Written like"
          note={
            column.pattern_count > column.patterns.length
              ? `${count(column.patterns.length)} of ${column.distinct_is_exact ? '' : 'about '}${count(column.pattern_count)} ways`
              : undefined
          }
          of={values}
          lines={column.patterns.map((one) => ({
            key: one.pattern,
            label: one.pattern,
            count: one.count,
            hint: one.example,
          }))}
        />
      ) : null}
      {column.top.length > 0 ? (
        <Lines
          title="Most frequent"
          note={
            column.distinct > column.top.length
              ? `${count(column.top.length)} of ${column.distinct_is_exact ? '' : '~'}${count(column.distinct)} values`
              : undefined
          }
          of={values}
          lines={column.top.slice(0, 8).map((one) => ({ key: one.value, label: one.value, count: one.count }))}
        />
      ) : null}
      {remarks.length > 0 ? (
        <div className={p.lines}>
          <h3>What to look at</h3>
          <ul className={s.reasons}>
            {remarks.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}
