import clsx from 'clsx';
import { Link } from 'react-router';
import type { ModelJoin, ModelTable } from '@/api/types';
import { ScrollCard } from '@/components/primitives';
import { count, percent, plural } from '@/lib/format';
import { diagramOf, joinKey, LINE, NODE_HEAD, NODE_WIDTH } from './diagram';
import s from './model.module.css';

/** The tables and what joins them: how many values match, and how many find no partner. */
export function ModelDiagram({ own, all, joins }: { own: ModelTable[]; all: ModelTable[]; joins: ModelJoin[] }) {
  const { nodes, edges, width, height } = diagramOf(
    own.map((table) => table.name),
    joins,
  );
  const tables = new Map([...own, ...all].map((table) => [table.name, table]));
  const owned = new Set(own.map((table) => table.name));
  return (
    <ScrollCard label="Tables and their joins" className={s.diagramCard}>
      <div className={s.diagram} style={{ width, height }}>
        <svg width={width} height={height} aria-hidden>
          {edges.map((edge) => (
            <path key={joinKey(edge.join)} d={edge.path} data-warn={edge.join.orphans > 0 || undefined} />
          ))}
        </svg>
        {nodes.map((node) => {
          const table = tables.get(node.table);
          const name = table?.display_name ?? node.table;
          return (
            <div
              key={node.table}
              className={clsx(s.node, owned.has(node.table) && s.own)}
              style={{ left: node.x, top: node.y, width: NODE_WIDTH, height: node.height }}
            >
              <div style={{ height: NODE_HEAD }} className={s.nodeHead}>
                {table && !owned.has(node.table) ? (
                  <Link to={`/sources/${table.source_id}?tab=model`} title={node.table}>
                    {name}
                  </Link>
                ) : (
                  <b title={node.table}>{name}</b>
                )}
                <small>{table ? plural(table.rows, 'row') : ''}</small>
              </div>
              {node.columns.map((column) => (
                <p key={column} style={{ height: LINE }} title={column}>
                  {column}
                </p>
              ))}
            </div>
          );
        })}
        {edges.map((edge) => (
          <span
            key={joinKey(edge.join)}
            className={s.edgeLabel}
            style={{ left: edge.x, top: edge.y }}
            data-warn={edge.join.orphans > 0 || undefined}
            title={`${percent(edge.join.match_ratio)} of the values of ${edge.join.left.table}.${edge.join.left.column} are found in ${edge.join.right.table}.${edge.join.right.column}`}
          >
            {percent(edge.join.match_ratio)}
            {edge.join.orphans > 0 ? <small>{count(edge.join.orphans)} without</small> : null}
          </span>
        ))}
      </div>
    </ScrollCard>
  );
}
