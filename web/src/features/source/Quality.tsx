import type { TableProfile } from '@/api/types';
import { Card, ScrollCard, Section, ui } from '@/components/primitives';
import { count, plural } from '@/lib/format';
import { outOf100 } from './describe';
import s from './source.module.css';

function keyWords(profile: TableProfile): string {
  const holds = profile.keys.filter((key) => key.repeated === 0);
  if (holds.length > 0) return holds.map((key) => key.columns.join(' + ')).join(' or ');
  const near = profile.keys[0];
  if (near) return `${near.columns.join(' + ')}, but for ${plural(near.repeated, 'row')}`;
  return profile.rows < 2 ? 'too few rows to tell' : 'no columns do';
}

/** Rows that stand more than once, with the values that show which they are. */
function Repeats({ profile }: { profile: TableProfile }) {
  const { examples } = profile.duplicates;
  const columns = profile.columns.slice(0, examples[0]?.values.length ?? 0);
  return (
    <ScrollCard label="Rows that repeat">
      <table className={ui.table}>
        <thead>
          <tr>
            <th className={ui.num}>Times</th>
            {columns.map((column) => (
              <th key={column.name}>{column.name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {examples.map((row, index) => (
            <tr key={index}>
              <td className={ui.num}>{count(row.count)}</td>
              {row.values.map((value, at) => (
                <td key={at}>{value ?? <span className={s.sub}>–</span>}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollCard>
  );
}

/** How good the table's data is, what speaks against it, and what tells its rows apart. */
export function Quality({ profile }: { profile: TableProfile }) {
  const { quality, duplicates } = profile;
  if (!quality || profile.rows === 0) return null;
  return (
    <Section title="Quality" note={`${outOf100(quality.score)} of 100`}>
      <Card>
        <div className={s.fact}>
          <span>Rows are told apart by</span>
          <span title={keyWords(profile)}>{keyWords(profile)}</span>
        </div>
        <div className={s.fact}>
          <span>Rows that repeat another</span>
          <span>
            {duplicates.rows === 0
              ? 'none'
              : `${count(duplicates.rows)}, of ${plural(duplicates.groups, 'different row')}`}
          </span>
        </div>
        <div className={s.fact}>
          <span>What to look at</span>
          {quality.reasons.length === 0 ? (
            <span>nothing was found</span>
          ) : (
            <ul className={s.reasons}>
              {quality.reasons.map((reason) => (
                <li key={reason.words}>{reason.words}</li>
              ))}
            </ul>
          )}
        </div>
      </Card>
      {duplicates.examples.length > 0 ? <Repeats profile={profile} /> : null}
    </Section>
  );
}
