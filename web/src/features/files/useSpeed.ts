import { useEffect, useRef, useState } from 'react';
import { SpeedMeter } from '@/api/progress';

/** Rate of a growing number, and the time that is left by the share of the way done. */
export function useSpeed(done: number, fraction: number): { perSecond?: number; msLeft?: number } {
  const rate = useRef(new SpeedMeter());
  const way = useRef(new SpeedMeter(10_000));
  const [state, setState] = useState<{ perSecond?: number; msLeft?: number }>({});
  useEffect(() => {
    const now = performance.now();
    rate.current.add(now, done);
    way.current.add(now, fraction);
    setState({ perSecond: rate.current.perSecond(), msLeft: way.current.msLeft(1) });
  }, [done, fraction]);
  return state;
}
