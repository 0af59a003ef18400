import clsx from 'clsx';
import type { LoadReport, TableLoad, TableOrigin } from '@/api/types';
import { Card, ScrollCard, Section, Tag, ui } from '@/components/primitives';
import { bytes, count, percent, plural } from '@/lib/format';
import s from './source.module.css';

const DELIMITERS: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar', ' ': 'space' };

function facts(report: LoadReport): [string, string][] {
  const list: [string, string][] = [
    ['Format', report.format.toUpperCase()],
    ['Size', bytes(report.bytes)],
  ];
  if (report.encoding) list.push(['Encoding', report.encoding]);
  if (report.delimiter) list.push(['Separator', DELIMITERS[report.delimiter] ?? report.delimiter]);
  if (report.pages != null) list.push(['Pages', count(report.pages)]);
  if (report.passages != null) list.push(['Passages', count(report.passages)]);
  if (report.header != null) list.push(['First line', report.header ? 'names the columns' : 'is data']);
  return list;
}

function Decisions({ load }: { load: TableLoad }) {
  return (
    <ScrollCard label="Types of the columns">
      <table className={ui.table}>
        <thead>
          <tr>
            <th>Column</th>
            <th>Type</th>
            <th>Why</th>
            <th className={ui.num}>Set aside</th>
          </tr>
        </thead>
        <tbody>
          {load.decisions.map((decision) => (
            <tr key={decision.column}>
              <td className={s.strong}>{decision.column}</td>
              <td className={ui.mono}>{decision.type}</td>
              <td className={s.quiet}>{decision.evidence}</td>
              <td className={clsx(ui.num, decision.quarantined > 0 && s.warn)}>{count(decision.quarantined)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollCard>
  );
}

function Quarantine({ load }: { load: TableLoad }) {
  if (load.quarantined === 0) return null;
  const shown = load.samples.length;
  return (
    <Section
      title={`${plural(load.quarantined, 'cell')} set aside`}
      note={
        shown < load.quarantined
          ? `the first ${count(shown)} are shown; their rows are in, with these cells empty`
          : 'their rows are in, with these cells empty'
      }
    >
      <ScrollCard label="Cells set aside" className={s.quarantine}>
        <table className={ui.table}>
          <thead>
            <tr>
              <th className={clsx(ui.num, s.lineNumber)}>Line</th>
              <th>Column</th>
              <th>Text in the file</th>
              <th>Why</th>
            </tr>
          </thead>
          <tbody>
            {load.samples.map((cell, index) => (
              <tr key={index}>
                <td className={ui.num}>{count(cell.row)}</td>
                <td className={s.strong}>{cell.column ?? 'whole line'}</td>
                <td>
                  <code className={s.raw} title={cell.raw}>
                    {cell.raw || '(empty)'}
                  </code>
                </td>
                <td className={s.quiet}>{cell.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollCard>
    </Section>
  );
}

const pagesOf = (origin: TableOrigin) =>
  origin.last_page != null && origin.last_page !== origin.page
    ? `pages ${origin.page} to ${origin.last_page}`
    : `page ${origin.page}`;

/** Parts of a document that look like tables, but not surely enough to be loaded. */
function Offered({ tables }: { tables: TableLoad[] }) {
  return (
    <Section title="Maybe tables" note="not loaded; their text is in the document's text">
      {tables.map((offer) => (
        <ScrollCard key={`${offer.origin?.page} ${offer.table} ${offer.origin?.number}`} label={offer.table}>
          <table className={ui.table}>
            <caption className={s.offer}>
              {offer.table}
              {offer.origin?.page != null ? `, ${pagesOf(offer.origin)}` : ''}
              {offer.origin ? `, ${percent(offer.origin.confidence)} sure` : ''}
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

/** How the file was read: what was decided, on what evidence, and what did not fit. */
export function LoadReportView({ report, table }: { report: LoadReport; table: string | undefined }) {
  const load = report.tables.find((one) => one.table === table) ?? report.tables[0];
  return (
    <>
      <Card className={s.facts}>
        {facts(report).map(([name, value]) => (
          <div key={name}>
            <span>{name}</span>
            <b>{value}</b>
          </div>
        ))}
        {load ? (
          <div>
            <span>Set aside</span>
            <b>{load.quarantined > 0 ? <Tag tone="warn">{plural(load.quarantined, 'cell')}</Tag> : 'nothing'}</b>
          </div>
        ) : null}
        {load?.origin?.page != null ? (
          <div>
            <span>Stands on</span>
            <b>{pagesOf(load.origin)}</b>
          </div>
        ) : null}
        {load?.origin ? (
          <div>
            <span>Sure to be a table</span>
            <b>{percent(load.origin.confidence)}</b>
          </div>
        ) : null}
      </Card>
      {report.notes.length > 0 ? (
        <ul className={s.notes}>
          {report.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
      {load ? <Quarantine load={load} /> : null}
      {report.offered ? <Offered tables={report.offered} /> : null}
      {load ? (
        <Section title="Types" note="decided on every value of the file">
          <Decisions load={load} />
        </Section>
      ) : null}
    </>
  );
}
