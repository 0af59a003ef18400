import { useEffect, useState } from 'react';
import { ago, moment } from '@/lib/time';

const EVERY_MS = 30_000;

/** A time in words that stays true while the page is open; the exact moment on hover. */
export function Ago({ time }: { time: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={time} title={moment(time)}>
      {ago(time, now)}
    </time>
  );
}
