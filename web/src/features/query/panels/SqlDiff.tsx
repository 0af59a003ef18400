import { ScrollCard, ui } from '@/components/primitives';
import { diffLines } from './diff';
import p from './panels.module.css';

const SIGNS = { same: ' ', removed: '−', added: '+' };
const WORDS = { same: '', removed: 'removed: ', added: 'added: ' };

/** Two statements line by line: what went, what came. */
export function SqlDiff({ before, after, label }: { before: string; after: string; label: string }) {
  return (
    <ScrollCard label={label}>
      <pre className={p.diff}>
        {diffLines(before, after).map((line, index) => (
          <span key={index} data-kind={line.kind}>
            <i aria-hidden>{SIGNS[line.kind]}</i>
            <span className={ui.srOnly}>{WORDS[line.kind]}</span>
            {line.text}
            {'\n'}
          </span>
        ))}
      </pre>
    </ScrollCard>
  );
}
