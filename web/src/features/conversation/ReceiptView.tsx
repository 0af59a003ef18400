import { IconChevronDown, IconChevronUp, IconShieldCheck } from '@tabler/icons-react';
import { lazy, Suspense, useId, useState } from 'react';
import type { Receipt } from '@/api/types';
import s from './receipt.module.css';
import { receiptLine } from './receipt-line';

const ReceiptFacts = lazy(() => import('./ReceiptFacts'));

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
          <Suspense>
            <ReceiptFacts receipt={receipt} />
          </Suspense>
        </div>
      ) : null}
    </div>
  );
}
