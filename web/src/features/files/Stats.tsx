import s from './files.module.css';

/** Large figures with what they mean below; empty places are left out. */
export function Stats({ stats }: { stats: ([string, string] | null)[] }) {
  return (
    <div className={s.stats}>
      {stats
        .filter((stat) => stat !== null)
        .map(([figure, words]) => (
          <div className={s.stat} key={words}>
            <b>{figure}</b>
            <span>{words}</span>
          </div>
        ))}
    </div>
  );
}
