import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { type ReactNode, useState } from 'react';
import { changePlan, planQuery } from '@/api/sources';
import type { LoadPlan, LoadReport, PlanReply, TableLoad } from '@/api/types';
import { Choice, SmallInput } from '@/components/Choice';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone, Card, ScrollCard, Section, Tag, ui } from '@/components/primitives';
import { bytes, count, plural, share } from '@/lib/format';
import { ColumnRow } from './ColumnRow';
import { Offered, pagesOf } from './Offered';
import { badRange, onlyColumns, samePlan, tableChoice, withFile, withHeaderRow, withRanges, withSheet } from './plan';
import l from './plan.module.css';
import { Quarantine } from './Quarantine';
import s from './source.module.css';

const DELIMITERS: [string, string][] = [
  [',', 'Comma'],
  [';', 'Semicolon'],
  ['\t', 'Tab'],
  ['|', 'Bar'],
  [' ', 'Space'],
];
const ENCODINGS = [
  'UTF-8',
  'windows-1252',
  'ISO-8859-1',
  'ISO-8859-15',
  'UTF-16LE',
  'UTF-16BE',
  'Shift_JIS',
  'EUC-KR',
  'GB18030',
  'Big5',
  'KOI8-R',
  'windows-1251',
  'Mac Roman',
];
const SHEET_STATES: Record<string, string> = {
  off: 'left out',
  hidden: 'hidden, not loaded',
  empty: 'empty',
  chart: 'a chart without cells',
  macro: 'a macro sheet',
};

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <span>{name}</span>
      {children}
    </div>
  );
}

const optionsWith = (options: [string, string][], found: string): [string, string][] =>
  options.some(([value]) => value === found) || !found ? options : [[found, found], ...options];

/** Encoding, separator and header row: found from the file, and open to change. */
function Facts({
  report,
  load,
  plan,
  onChange,
}: {
  report: LoadReport;
  load: TableLoad | undefined;
  plan: LoadPlan;
  onChange: (plan: LoadPlan) => void;
}) {
  const delimiter = report.delimiter === '\\t' ? '\t' : report.delimiter === 'space' ? ' ' : (report.delimiter ?? '');
  const header = load ? (tableChoice(plan, load.key)?.header_row ?? load.header_row) : undefined;
  return (
    <Card className={l.facts}>
      <Fact name="Format">
        <b>{report.format.toUpperCase()}</b>
      </Fact>
      <Fact name="Size">
        <b>{bytes(report.bytes)}</b>
      </Fact>
      {report.encoding ? (
        <Fact name="Encoding">
          <Choice
            label="Encoding"
            value={plan.encoding ?? report.encoding}
            options={optionsWith(
              ENCODINGS.map((name) => [name, name]),
              plan.encoding ?? report.encoding,
            )}
            onChange={(encoding) =>
              onChange(withFile(plan, { encoding: encoding === report.encoding ? undefined : encoding }))
            }
          />
        </Fact>
      ) : null}
      {report.delimiter != null ? (
        <Fact name="Separator">
          <Choice
            label="Separator"
            value={plan.delimiter ?? delimiter}
            options={[
              ...optionsWith(DELIMITERS, plan.delimiter ?? delimiter),
              ...(delimiter ? [] : [['', 'None'] as [string, string]]),
            ]}
            onChange={(value) => onChange(withFile(plan, { delimiter: value === delimiter ? undefined : value }))}
          />
        </Fact>
      ) : null}
      {report.pages != null ? (
        <Fact name="Pages">
          <b>{count(report.pages)}</b>
        </Fact>
      ) : null}
      {report.passages != null ? (
        <Fact name="Passages">
          <b>{count(report.passages)}</b>
        </Fact>
      ) : null}
      {load?.origin?.page != null ? (
        <Fact name="Stands on">
          <b>{pagesOf(load.origin)}</b>
        </Fact>
      ) : null}
      {load?.origin?.page != null ? (
        <Fact name="Sure to be a table">
          <b>{share(load.origin.confidence)}</b>
        </Fact>
      ) : null}
      {load?.header_row != null ? (
        <Fact name="Header row">
          <SmallInput
            label="Header row; 0: all rows are data"
            title="The row that names the columns; 0 when all rows are data"
            type="number"
            min={0}
            max={500}
            value={header ?? ''}
            onChange={(value) =>
              onChange(withHeaderRow(plan, load.key, value === '' ? undefined : Math.max(0, Math.trunc(Number(value)))))
            }
          />
        </Fact>
      ) : null}
      {load?.range ? (
        <Fact name="Range">
          <b>{load.range}</b>
        </Fact>
      ) : null}
      {load ? (
        <Fact name="Set aside">
          <b>{load.quarantined > 0 ? <Tag tone="warn">{plural(load.quarantined, 'cell')}</Tag> : 'nothing'}</b>
        </Fact>
      ) : null}
    </Card>
  );
}

const isDocument = (report: LoadReport) => report.format === 'pdf' || report.format === 'docx';

/** The sheets of a workbook, or the tables of a document, each on or off. */
function Sheets({
  report,
  plan,
  onChange,
}: {
  report: LoadReport;
  plan: LoadPlan;
  onChange: (plan: LoadPlan) => void;
}) {
  if (report.sheets.length === 0) return null;
  return (
    <Section title={isDocument(report) ? 'Tables' : 'Sheets'} note="those that are ticked are loaded">
      <Card className={s.sheets}>
        {report.sheets.map((sheet) => {
          const choosable = sheet.state === 'loaded' || sheet.state === 'off' || sheet.state === 'hidden';
          const choice = plan.sheets?.find((one) => one.sheet === sheet.sheet);
          const loaded = choice?.load ?? sheet.state === 'loaded';
          return (
            <div className={l.sheet} key={sheet.sheet}>
              <label>
                <input
                  type="checkbox"
                  disabled={!choosable}
                  checked={loaded}
                  onChange={(event) => onChange(withSheet(plan, sheet.sheet, { load: event.target.checked }))}
                />
                <b>{sheet.sheet}</b>
              </label>
              {loaded && !isDocument(report) ? (
                <SmallInput
                  label={`Cells of the tables on ${sheet.sheet}`}
                  title="Where the tables stand, like B3:F20; several with commas between; empty: as they are found"
                  placeholder="as found"
                  size={24}
                  defaultValue={(choice?.ranges ?? sheet.ranges).join(', ')}
                  onChange={(text) => onChange(withRanges(plan, sheet.sheet, text, choice?.ranges ? [] : sheet.ranges))}
                />
              ) : (
                <span className={s.quiet}>
                  {sheet.state === 'loaded' ? sheet.ranges.join(', ') : SHEET_STATES[sheet.state]}
                </span>
              )}
            </div>
          );
        })}
      </Card>
    </Section>
  );
}

function Types({ load, plan, onChange }: { load: TableLoad; plan: LoadPlan; onChange: (plan: LoadPlan) => void }) {
  return (
    <Section title="Types" note="decided on every value of the file; each can be changed">
      <ScrollCard label="Types of the columns">
        <table className={clsx(ui.table, l.types)}>
          <thead>
            <tr>
              <th>Column</th>
              <th>Type</th>
              <th>How it is written</th>
              <th>Why</th>
              <th className={ui.num}>Set aside</th>
            </tr>
          </thead>
          <tbody>
            {load.decisions.map((decision) => (
              <ColumnRow
                key={decision.column}
                decision={decision}
                tableKey={load.key}
                plan={plan}
                onChange={onChange}
              />
            ))}
          </tbody>
        </table>
      </ScrollCard>
    </Section>
  );
}

function Editor({ reply, table, sourceId }: { reply: PlanReply; table: string | undefined; sourceId: string }) {
  const client = useQueryClient();
  const [plan, setPlan] = useState<LoadPlan>(reply.plan);
  const changed = !samePlan(plan, reply.plan);
  const wrong = badRange(plan);
  // Fields that hold what is being typed start anew.
  const [undone, setUndone] = useState(0);
  const apply = useMutation({
    mutationFn: () => changePlan(sourceId, plan, onlyColumns(reply.plan, plan)),
    onSuccess: () => client.invalidateQueries({ queryKey: ['source-versions', sourceId] }),
  });
  const { report } = reply;
  const load = report.tables.find((one) => one.table === table) ?? report.tables[0];
  return (
    <>
      <Facts report={report} load={load} plan={plan} onChange={setPlan} />
      <Sheets key={`sheets ${undone}`} report={report} plan={plan} onChange={setPlan} />
      {report.notes.length > 0 ? (
        <ul className={l.notes}>
          {report.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
      {report.offered ? <Offered tables={report.offered} plan={plan} onChange={setPlan} /> : null}
      {load ? <Types key={`types ${undone}`} load={load} plan={plan} onChange={setPlan} /> : null}
      {changed ? (
        <div className={l.bar} role="status">
          <span>
            {wrong === undefined
              ? 'The kept upload is read again; the version in use stays until the new one is made.'
              : `“${wrong}” is no range of cells; write it like B3:F20.`}
          </span>
          <Button
            onClick={() => {
              setPlan(reply.plan);
              setUndone(undone + 1);
            }}
          >
            Undo
          </Button>
          <Button
            variant="filled"
            disabled={wrong !== undefined}
            loading={apply.isPending}
            onClick={() => apply.mutate()}
          >
            Read again
          </Button>
        </div>
      ) : null}
      {apply.error ? <ErrorNotice error={apply.error} /> : null}
      {load && load.quarantined > 0 ? (
        <Quarantine sourceId={sourceId} version={reply.version} table={load.table} total={count(load.quarantined)} />
      ) : null}
    </>
  );
}

/** How the file was read: what was decided, on what evidence, and what did not fit. All of it can be changed. */
export default function PlanView({
  sourceId,
  version,
  table,
}: {
  sourceId: string;
  version: number;
  table: string | undefined;
}) {
  const plan = useQuery(planQuery(sourceId, version));
  if (plan.error) return <ErrorNotice error={plan.error} onRetry={() => void plan.refetch()} />;
  if (!plan.data) return <Bone height={320} />;
  return <Editor key={version} reply={plan.data} table={table} sourceId={sourceId} />;
}
