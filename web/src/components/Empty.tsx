import type { ReactNode } from 'react';
import { ui } from './primitives';

/** One sentence that teaches, one action. */
export function Empty({ sentence, children }: { sentence: ReactNode; children?: ReactNode }) {
  return (
    <div className={ui.empty}>
      <h2>{sentence}</h2>
      {children ? <div className={ui.emptyActions}>{children}</div> : null}
    </div>
  );
}
