import { IconChevronDown, IconChevronUp, IconShieldCheck } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import type { Receipt } from '@/api/types';
import { Sql } from '@/components/Sql';
import { count, duration, exact } from '@/lib/format';
import s from './conversation.module.css';
import { receiptLine } from './receipt-line';

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

/** How the answer was computed: one line until it is opened. */
export function ReceiptView({ receipt }: { receipt: Receipt }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <div className={s.receipt}>
      <button
        type="button"
        className={s.receiptLine}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <IconShieldCheck size={16} stroke={1.6} color="var(--good)" />
        <b>Receipt</b>
        <span>{receiptLine(receipt)}</span>
        {open ? <IconChevronUp size={14} /> : <IconChevronDown size={14} />}
      </button>
      {open ? (
        <div className={s.receiptBody} id={id}>
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
              {receipt.rows_matched == null ? '' : `, ${count(receipt.rows_matched)} kept`}, {count(receipt.rows_out)}{' '}
              out
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
            <Fact name="Took">{duration(receipt.elapsed_ms)}</Fact>
          </dl>
          <div className={s.code}>
            <Sql code={receipt.sql} />
          </div>
        </div>
      ) : null}
    </div>
  );
}
