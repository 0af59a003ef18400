import type { TableLink } from '@/api/types';
import { edgeWords, needPartner, takeWay, wayOf } from './joins';
import type { Reading } from './reading';
import s from './shelves.module.css';

/** How each table beside the main one is joined; another way is taken where there is one. */
export function Joins({
  reading,
  links,
  onChange,
}: {
  reading: Reading;
  links: TableLink[];
  onChange: (reading: Reading) => void;
}) {
  if (links.length === 0) return null;
  return (
    <section className={s.shelf} aria-label="Joined">
      <h3 className={s.shelfName}>Joined</h3>
      <div className={s.slots}>
        {links.map((link) => {
          const taken = wayOf(link.path);
          const last = link.path.at(-1);
          return (
            <div className={s.pill} key={link.table}>
              <div className={s.pillBody}>
                <b>{link.table}</b>
                {link.ways.length > 1 ? (
                  <select
                    value={taken}
                    aria-label={`How ${link.table} is joined`}
                    onChange={(event) => {
                      const way = link.ways.find((one) => wayOf(one) === event.target.value);
                      if (way) onChange(takeWay(reading, link, way));
                    }}
                  >
                    {link.ways.map((way) => (
                      <option key={wayOf(way)} value={wayOf(way)}>
                        {way.map(edgeWords).join(', ')}
                      </option>
                    ))}
                  </select>
                ) : (
                  <span>{link.path.map(edgeWords).join(', ')}</span>
                )}
                <select
                  value={last?.inner ? 'inner' : 'left'}
                  aria-label={`Rows without a partner in ${link.table}`}
                  disabled={last?.inner === true && last.multiplies}
                  title={last?.inner && last.multiplies ? 'What has no partner there is in no group.' : undefined}
                  onChange={(event) => onChange(needPartner(reading, links, link, event.target.value === 'inner'))}
                >
                  <option value="left">all rows</option>
                  <option value="inner">only rows with a partner</option>
                </select>
              </div>
            </div>
          );
        })}
      </div>
    </section>
  );
}
