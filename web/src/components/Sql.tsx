import { ActionIcon, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { brokenSql, sqlPieces } from '@/lib/sql';
import q from './sql.module.css';
import { Tip } from './Tip';

/** Read-only SQL: enough colour to read, no editor to load. */
export function Sql({ code }: { code: string }) {
  const text = brokenSql(code);
  return (
    <div className={q.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways, so the keyboard must reach it */}
      <pre className={q.sql} tabIndex={0}>
        {sqlPieces(text).map((piece, index) =>
          piece.kind === 'plain' ? (
            piece.text
          ) : (
            <span key={index} className={q[piece.kind]}>
              {piece.text}
            </span>
          ),
        )}
      </pre>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Tip label={copied ? 'Copied' : 'Copy the SQL'}>
            <ActionIcon className={q.copy} onClick={copy} aria-label={copied ? 'Copied' : 'Copy the SQL'}>
              {copied ? <IconCheck size={15} stroke={1.8} /> : <IconCopy size={15} stroke={1.6} />}
            </ActionIcon>
          </Tip>
        )}
      </CopyButton>
    </div>
  );
}
