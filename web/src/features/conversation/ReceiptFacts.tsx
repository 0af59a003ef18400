import type { ReactNode } from 'react';
import type { Receipt } from '@/api/types';
import { Sql } from '@/components/Sql';
import { count, duration, exact } from '@/lib/format';
import s from './receipt.module.css';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Lines({ lines, none }: { lines: string[]; none: string }) {
  if (lines.length === 0) return none;
  return lines.map((line) => <span key={line}>{line}</span>);
}

function Certainty({ receipt }: { receipt: Receipt }) {
  const next = receipt.next_confidence;
  return (
    <span className={s.margin}>
      <span className={s.meter} aria-hidden>
        <i style={{ width: `${Math.round(receipt.confidence * 100)}%` }} />
        {next == null ? null : <u style={{ left: `${Math.round(next * 100)}%` }} />}
      </span>
      {exact(receipt.confidence, 2)}
      {next == null ? '' : `, next reading ${exact(next, 2)}`}
    </span>
  );
}

/** All that a receipt says. */
export default function ReceiptFacts({ receipt }: { receipt: Receipt }) {
  return (
    <>
      <dl className={s.receiptFacts}>
        <Fact name="Tables">
          <Lines
            lines={receipt.tables.map(
              (table) => `${table.table}, version ${count(table.version)}, ${count(table.rows)} rows`,
            )}
            none="None"
          />
        </Fact>
        <Fact name="Filters">
          <Lines lines={receipt.filters} none="None" />
        </Fact>
        <Fact name="Rows">
          {count(receipt.rows_in)} in
          {receipt.rows_matched == null ? '' : `, ${count(receipt.rows_matched)} kept`}, {count(receipt.rows_out)} out
        </Fact>
        <Fact name="Joins">
          <Lines lines={receipt.joins} none="None" />
        </Fact>
        {receipt.remembered.length > 0 ? (
          <Fact name="Taught">
            <Lines lines={receipt.remembered} none="" />
          </Fact>
        ) : null}
        <Fact name="Certainty">
          <Certainty receipt={receipt} />
        </Fact>
        <Fact name="Answered by">{receipt.engine === 'built-in' ? 'The built-in engine' : receipt.engine}</Fact>
        <Fact name="Took">
          {duration(receipt.elapsed_ms)}
          {receipt.reading_ms > 0 ? `, ${duration(receipt.reading_ms)} of it to read the question` : ''}
        </Fact>
      </dl>
      <div className={s.code}>
        <Sql code={receipt.sql} />
      </div>
    </>
  );
}
