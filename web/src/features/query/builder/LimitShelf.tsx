import { splitsOf } from './edit';
import type { Reading } from './reading';
import s from './shelves.module.css';

const LIMITS = [5, 10, 20, 50, 100, 1_000, 10_000];

/** How many rows, of the whole or of each group. */
export function LimitShelf({ reading, onChange }: { reading: Reading; onChange: (reading: Reading) => void }) {
  const rows = splitsOf(reading).filter((split) => !split.pivot);
  return (
    <section className={s.shelf} aria-label="At most">
      <h3 className={s.shelfName}>At most</h3>
      <div className={s.slots}>
        <div className={s.pill}>
          <div className={s.pillBody}>
            <select
              value={reading.limit ?? ''}
              aria-label="Rows at most"
              onChange={(event) =>
                onChange({ ...reading, limit: event.target.value === '' ? null : Number(event.target.value) })
              }
            >
              <option value="">all rows</option>
              {[...new Set([...LIMITS, ...(reading.limit ? [reading.limit] : [])])]
                .sort((a, b) => a - b)
                .map((limit) => (
                  <option key={limit} value={limit}>
                    {limit.toLocaleString()} rows
                  </option>
                ))}
            </select>
            {reading.limit && reading.measures.length > 0 && rows.length > 1 ? (
              <label className={s.perGroup}>
                <input
                  type="checkbox"
                  checked={reading.per_group === true}
                  onChange={(event) => onChange({ ...reading, per_group: event.target.checked })}
                />
                for each {rows[0]?.column}
              </label>
            ) : null}
            {reading.columns.length > 0 ? (
              <label className={s.perGroup}>
                <input
                  type="checkbox"
                  checked={reading.distinct === true}
                  onChange={(event) => onChange({ ...reading, distinct: event.target.checked })}
                />
                each once
              </label>
            ) : null}
          </div>
        </div>
      </div>
    </section>
  );
}
