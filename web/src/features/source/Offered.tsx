import type { LoadPlan, TableLoad, TableOrigin } from '@/api/types';
import { ScrollCard, Section, ui } from '@/components/primitives';
import { share } from '@/lib/format';
import { withSheet } from './plan';
import s from './source.module.css';

export const pagesOf = (origin: TableOrigin) =>
  origin.last_page != null && origin.last_page !== origin.page
    ? `pages ${origin.page} to ${origin.last_page}`
    : `page ${origin.page}`;

/** Parts of a document that look like tables, but not surely enough to be loaded. */
export function Offered({
  tables,
  plan,
  onChange,
}: {
  tables: TableLoad[];
  plan: LoadPlan;
  onChange: (plan: LoadPlan) => void;
}) {
  return (
    <Section title="Maybe tables" note="not loaded; their text is in the document's text">
      {tables.map((offer) => (
        <ScrollCard key={`${offer.origin?.page} ${offer.table} ${offer.origin?.number}`} label={offer.table}>
          <table className={ui.table}>
            <caption className={s.offer}>
              {offer.table}
              {offer.origin?.page != null ? `, ${pagesOf(offer.origin)}` : ''}
              {offer.origin ? `, ${share(offer.origin.confidence)} sure` : ''}
              <label className={s.check}>
                <input
                  type="checkbox"
                  checked={plan.sheets?.find((one) => one.sheet === offer.key)?.load ?? false}
                  onChange={(event) => onChange(withSheet(plan, offer.key, { load: event.target.checked }))}
                />
                It is a table: load it
              </label>
            </caption>
            <tbody>
              {(offer.origin?.preview ?? []).map((row, index) => (
                <tr key={index}>
                  {row.map((cell, column) => (
                    <td key={column}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollCard>
      ))}
    </Section>
  );
}
