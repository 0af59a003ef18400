import { useQuery } from '@tanstack/react-query';
import { validateSql } from '@/api/statements';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone, Tag, ui } from '@/components/primitives';
import { Sql } from '@/components/Sql';
import type { PanelProps } from './Panels';
import p from './panels.module.css';

/** What the query does, said in sentences. */
export default function WordsPanel({ tab }: PanelProps) {
  const { data, error, refetch } = useQuery({
    queryKey: ['validation', tab.sql],
    queryFn: ({ signal }) => validateSql(tab.sql, signal),
  });
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Bone height={120} />;
  const problem = data.problems[0];
  if (problem)
    return (
      <p className={p.nothing}>
        It can not be said before its mistake is corrected: {problem.message} {problem.hint}
      </p>
    );
  return (
    <div className={p.panel}>
      {data.sentences.length > 0 ? (
        <ol className={p.sentences}>
          {data.sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ol>
      ) : (
        <p className={p.nothing}>There are no words for this statement yet.</p>
      )}
      {data.tables.length + data.saved_queries.length > 0 ? (
        <p className={p.rowMeta}>
          <span className={ui.meta}>It reads</span>
          {[...data.tables, ...data.saved_queries.map((name) => `saved.${name}`)].map((name) => (
            <Tag key={name}>{name}</Tag>
          ))}
        </p>
      ) : null}
      <p className={p.rowMeta}>
        <span className={ui.meta}>It gives</span>
        {data.columns.map((column, index) => (
          <Tag key={index}>{column.name}</Tag>
        ))}
      </p>
      <Sql code={tab.sql} />
    </div>
  );
}
