import { IconFileText } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Quote } from '@/api/types';
import { Card } from '@/components/primitives';
import { Snippet } from '@/components/Snippet';
import { passageAddress } from '@/lib/words';
import s from './quotes.module.css';

/** What documents say, with the place to read on. */
export function Quotes({ quotes }: { quotes: Quote[] }) {
  return (
    <Card className={s.quotes}>
      {quotes.map((quote) => (
        <Link
          key={`${quote.source_id} ${quote.ordinal}`}
          className={s.quote}
          to={passageAddress(quote.source_id, quote.ordinal)}
        >
          <span className={s.place}>
            <IconFileText size={16} stroke={1.6} aria-hidden />
            <b>{quote.source_name}</b>
            {quote.page != null ? <span>page {quote.page}</span> : null}
            {quote.heading ? <span className={s.heading}>{quote.heading}</span> : null}
          </span>
          <q className={s.text}>
            <Snippet parts={quote.snippet} />
          </q>
        </Link>
      ))}
    </Card>
  );
}
