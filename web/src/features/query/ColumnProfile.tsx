import { useQuery } from '@tanstack/react-query';
import { type Bound, runQuery } from '@/api/queries';
import { ErrorNotice } from '@/components/ErrorNotice';
import type { Placed } from '@/components/grid/columns';
import { Bone } from '@/components/primitives';
import { cellText, kindOf, toNumber } from '@/lib/cells';
import { count, exact, share, withUnit } from '@/lib/format';
import s from './result.module.css';
import { profileSql, topSql } from './statement';

/** A column of a result, over all of its rows: how full it is, from where to where, what is frequent. */
export function ColumnProfile({
  column,
  sql,
  bound,
  columns,
}: {
  column: Placed;
  sql: string;
  bound: Bound;
  columns: number;
}) {
  const number = kindOf(column.type) === 'number';
  const profile = useQuery({
    queryKey: ['result-profile', sql, bound, column.index],
    queryFn: async ({ signal }) => {
      const [one, top] = await Promise.all([
        runQuery(profileSql(sql, columns, column.index, number), 1, signal, bound),
        runQuery(topSql(sql, columns, column.index), 6, signal, bound),
      ]);
      return { row: one.rows[0] ?? [], top: top.rows };
    },
    staleTime: 60_000,
    retry: false,
  });
  const name = column.label ?? column.name;
  if (profile.error) return <ErrorNotice error={profile.error} onRetry={() => void profile.refetch()} />;
  if (!profile.data)
    return (
      <div className={s.profile} role="status" aria-label={`Profile of ${name} is being computed`}>
        <Bone width="50%" />
        <Bone height={96} />
      </div>
    );
  const { row, top } = profile.data;
  const [rows = 0, values = 0, distinct = 0] = row.map((value) => toNumber(value) ?? 0);
  const shown = (value: unknown) => cellText(value, column, column.unit) || '–';
  const figure = (value: unknown) => {
    const one = toNumber(value);
    return one === null ? '–' : withUnit(exact(one, 2), column.unit);
  };
  const facts: [string, string][] = [
    ['Empty', rows === 0 ? '–' : `${count(rows - values)} (${share((rows - values) / rows)})`],
    ['Distinct', count(distinct)],
    ['Least', shown(row[3])],
    ['Greatest', shown(row[4])],
    ...(number
      ? ([
          ['Mean', figure(row[5])],
          ['Median', figure(row[6])],
        ] as [string, string][])
      : []),
  ];
  const most = Math.max(1, ...top.map((one) => toNumber(one[1]) ?? 0));
  return (
    <div className={s.profile} role="group" aria-label={`Profile of ${name}`} tabIndex={-1} data-autofocus>
      <b>
        {name}, {count(rows)} rows
      </b>
      <dl>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {distinct > 0 && distinct < values ? (
        <ul aria-label="Most frequent">
          {top.map((one, index) => (
            <li key={index}>
              <span title={shown(one[0])}>{shown(one[0])}</span>
              <i style={{ width: `${((toNumber(one[1]) ?? 0) / most) * 100}%` }} />
              <small>{count(toNumber(one[1]) ?? 0)}</small>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
