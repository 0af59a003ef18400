import { IconDatabase, IconSchool } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { sourcesQuery } from '@/api/sources';
import { teachingsQuery } from '@/api/teachings';
import type { Source, Turn } from '@/api/types';
import { Chip, Section } from '@/components/primitives';
import { count, plural } from '@/lib/format';
import { sizeOf } from '@/lib/words';
import type { Change } from './changes';
import s from './threads.module.css';

function usedSources(turns: Turn[], sources: Source[]): Source[] {
  const ids = new Set(
    turns.flatMap((turn) => [
      ...turn.answer.data_sources_used,
      ...(turn.answer.receipt?.tables.map((table) => table.source_id) ?? []),
    ]),
  );
  return sources.filter((source) => ids.has(source.source_id));
}

/** Beside the thread: where one is in it, what it rests on, where it can go. */
export function ThreadRail({ turns, onAsk }: { turns: Turn[]; onAsk: (change: Change) => void }) {
  const sources = useQuery(sourcesQuery).data?.sources ?? [];
  const taught = useQuery(teachingsQuery).data?.teachings.length ?? 0;
  const used = usedSources(turns, sources);
  const next = turns.at(-1)?.answer.follow_ups ?? [];
  return (
    <aside className={s.rail} aria-label="About this conversation">
      {turns.length > 1 ? (
        <Section title="In this conversation">
          <ol className={s.outline}>
            {turns.map((turn, index) => (
              <li key={turn.id} data-now={index === turns.length - 1 || undefined}>
                <a href={`#turn-${turn.id}`}>{turn.question}</a>
              </li>
            ))}
          </ol>
        </Section>
      ) : null}
      <Section title={used.length > 0 ? 'Sources used' : 'Sources'}>
        <div className={s.defs}>
          {(used.length > 0 ? used : sources.slice(0, 8)).map((source) => (
            <Link key={source.source_id} to={`/sources/${source.source_id}`} className={s.def}>
              <b title={source.source_name}>
                <IconDatabase size={14} stroke={1.6} />
                <span>{source.source_name}</span>
              </b>
              <p>
                version {count(source.version)}, {sizeOf(source)}
              </p>
            </Link>
          ))}
        </div>
      </Section>
      <Section title="Words it was taught">
        <Link className={s.def} to="/taught">
          <b>
            <IconSchool size={14} stroke={1.6} />
            <span>{taught > 0 ? plural(taught, 'thing') : 'Nothing yet'}</span>
          </b>
          <p>Say “revenue means net amount”, or look at the list.</p>
        </Link>
      </Section>
      {next.length > 0 ? (
        <Section title="Ask next">
          <div className={s.next}>
            {next.map((question) => (
              <Chip key={question} wrap onClick={() => onAsk({ message: question })}>
                {question}
              </Chip>
            ))}
          </div>
        </Section>
      ) : null}
    </aside>
  );
}
