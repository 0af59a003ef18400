import clsx from 'clsx';
import type { LoadReport, TableLoad } from '@/api/types';
import { Card, ScrollCard, Section, Tag, ui } from '@/components/primitives';
import { bytes, count, plural } from '@/lib/format';
import s from './source.module.css';

const DELIMITERS: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar', ' ': 'space' };

function facts(report: LoadReport): [string, string][] {
  const list: [string, string][] = [
    ['Format', report.format.toUpperCase()],
    ['Size', bytes(report.bytes)],
  ];
  if (report.encoding) list.push(['Encoding', report.encoding]);
  if (report.delimiter) list.push(['Separator', DELIMITERS[report.delimiter] ?? report.delimiter]);
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

/** How the file was read: what was decided, on what evidence, and what did not fit. */
export function LoadReportView({ report, table }: { report: LoadReport; table: string }) {
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
      </Card>
      {report.notes.length > 0 ? (
        <ul className={s.notes}>
          {report.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
      {load ? <Quarantine load={load} /> : null}
      {load ? (
        <Section title="Types" note="decided on every value of the file">
          <Decisions load={load} />
        </Section>
      ) : null}
    </>
  );
}
