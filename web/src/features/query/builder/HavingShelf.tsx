import q from '../query.module.css';
import { changeHaving, removeFrom } from './edit';
import { OPERATORS, type Operator, type Reading } from './reading';
import s from './shelves.module.css';
import { measureWords } from './words';

const COMPARED: Operator[] = ['greater_or_equal', 'greater', 'less', 'less_or_equal', 'equal', 'not_equal'];

/** Conditions on figures of groups. */
export function HavingShelf({ reading, onChange }: { reading: Reading; onChange: (reading: Reading) => void }) {
  const main = reading.table;
  return (
    <section className={s.shelf} aria-label="Keep groups">
      <h3 className={s.shelfName}>Keep groups</h3>
      <div className={s.slots}>
        {reading.having.map((having, index) => (
          <div className={s.pill} key={index}>
            <div className={s.pillBody}>
              <select
                value={having.measure}
                aria-label="Figure that groups are kept by"
                onChange={(event) => onChange(changeHaving(reading, index, { measure: Number(event.target.value) }))}
              >
                {reading.measures.map((measure, place) => (
                  <option key={place} value={place}>
                    {measureWords(measure, main)}
                  </option>
                ))}
              </select>
              <select
                value={having.op}
                aria-label="How it is compared"
                onChange={(event) => onChange(changeHaving(reading, index, { op: event.target.value as Operator }))}
              >
                {COMPARED.map((op) => (
                  <option key={op} value={op}>
                    {OPERATORS[op]}
                  </option>
                ))}
              </select>
              <input
                type="number"
                step="any"
                aria-label="Number that it is compared with"
                value={having.value}
                onChange={(event) => onChange(changeHaving(reading, index, { value: Number(event.target.value) || 0 }))}
              />
            </div>
            <button
              type="button"
              className={q.tabClose}
              aria-label="Remove the condition on groups"
              onClick={() => onChange(removeFrom(reading, 'having', index))}
            >
              ×
            </button>
          </div>
        ))}
        <button
          type="button"
          className={s.add}
          onClick={() =>
            onChange({ ...reading, having: [...reading.having, { measure: 0, op: 'greater_or_equal', value: 0 }] })
          }
        >
          + Add a condition on a figure
        </button>
      </div>
    </section>
  );
}
