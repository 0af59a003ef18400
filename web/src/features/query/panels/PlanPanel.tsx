import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { explainSql } from '@/api/statements';
import type { PlanNode } from '@/api/types';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone, ui } from '@/components/primitives';
import { compact, count, duration, plural, share } from '@/lib/format';
import { bind } from '../parameters';
import { AdviceList } from './AdviceList';
import { FasterWay } from './FasterWay';
import type { PanelProps } from './Panels';
import p from './panels.module.css';

/** From this part of the time on, a step is where it goes. */
const HEAVY = 0.3;

function rowsOf(node: PlanNode): string | null {
  if (node.rows !== undefined) return plural(node.rows, 'row');
  return node.estimated_rows === undefined ? null : `about ${compact(node.estimated_rows)} rows`;
}

function Step({ node }: { node: PlanNode }) {
  const details = Object.entries(node.details);
  const facts = [
    rowsOf(node),
    node.seconds === undefined ? null : duration(node.seconds * 1000),
    node.share === undefined ? null : share(node.share),
  ].filter(Boolean);
  const part = node.share ?? 0;
  return (
    <li>
      <details className={p.step}>
        <summary title={node.rows === undefined ? undefined : `${count(node.rows)} rows`}>
          <b>{node.title}</b>
          <span className={ui.meta}>{facts.join(' · ')}</span>
          {node.share === undefined ? null : (
            <span className={ui.track} aria-hidden>
              <span
                style={{
                  width: `${Math.max(part * 100, 0.5)}%`,
                  background: part >= HEAVY ? 'var(--warn-solid)' : 'var(--accent)',
                }}
              />
            </span>
          )}
        </summary>
        <dl className={p.facts}>
          <dt>Operator</dt>
          <dd>{node.operator_name}</dd>
          {node.rows !== undefined && node.estimated_rows !== undefined ? (
            <>
              <dt>Rows expected</dt>
              <dd>{count(node.estimated_rows)}</dd>
            </>
          ) : null}
          {details.map(([name, text]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </details>
      {node.children.length > 0 ? (
        <ul className={p.steps}>
          {node.children.map((child, index) => (
            <Step key={index} node={child} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}

/** How the engine runs the query, where the time goes, and what would make it faster. */
export default function PlanPanel({ tab }: PanelProps) {
  const [run, setRun] = useState(true);
  const { bound, problems } = bind(tab.definitions, tab.values);
  const missing = Object.entries(problems)[0];
  const { data, error, refetch } = useQuery({
    queryKey: ['plan', tab.sql, bound, run],
    queryFn: ({ signal }) => explainSql(tab.sql, bound, run, signal),
    enabled: missing === undefined,
    staleTime: 0,
    retry: false,
  });
  if (missing)
    return (
      <p className={p.nothing}>
        The parameter {missing[0]} has no value to run it with. {missing[1]}
      </p>
    );
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data)
    return (
      <div role="status" aria-label="The query runs for its times">
        <Bone height={240} />
      </div>
    );
  return (
    <div className={p.panel}>
      <div className={p.filters}>
        <span className={ui.meta}>
          {data.execution_time === undefined
            ? 'It was not run; rows are estimated.'
            : `It ran for ${duration(data.execution_time * 1000)}. Times are processor time.`}
        </span>
        <Button size="compact-sm" variant="subtle" onClick={() => setRun(!run)}>
          {run ? 'Without running it' : 'Run it for its times'}
        </Button>
      </div>
      {data.advice.length > 0 ? (
        <AdviceList advice={data.advice} label="What would make it faster" />
      ) : (
        <p className={ui.meta}>Nothing in the plan asks to be made faster.</p>
      )}
      <FasterWay tab={tab} bound={bound} />
      <ul className={p.steps} aria-label="Steps of the plan, the last one first">
        <Step node={data.plan} />
      </ul>
    </div>
  );
}
