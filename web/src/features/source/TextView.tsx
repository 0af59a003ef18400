import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { passagesQuery, SHORTEST_SEARCH, searchQuery } from '@/api/passages';
import type { Passage, PassageHit } from '@/api/types';
import { SmallInput } from '@/components/Choice';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone, Card } from '@/components/primitives';
import { Snippet } from '@/components/Snippet';
import { plural } from '@/lib/format';
import t from './text.module.css';

/** What stands before the passage that was asked for. */
const CONTEXT = 3;

function Hits({ hits, onOpen }: { hits: PassageHit[]; onOpen: (ordinal: number) => void }) {
  return (
    <Card>
      {hits.map((hit) => (
        <button key={hit.passage.ordinal} type="button" className={t.hit} onClick={() => onOpen(hit.passage.ordinal)}>
          <span className={t.place}>
            {hit.passage.page != null ? <b>Page {hit.passage.page}</b> : null}
            {hit.passage.heading ? <span>{hit.passage.heading}</span> : null}
          </span>
          <span className={t.snippet}>
            <Snippet parts={hit.snippet} />
          </span>
        </button>
      ))}
    </Card>
  );
}

/** A bar with blanks or an end of the line around it; an empty cell has a bar on both sides. */
const BETWEEN_CELLS = /(?<=^|\s)\|(?=\s|$)/;

function TableText({ text }: { text: string }) {
  return (
    <table className={t.table}>
      <tbody>
        {text.split('\n').map((line, row) => (
          <tr key={row}>
            {line.split(BETWEEN_CELLS).map((cell, column) => (
              <td key={column}>{cell.trim()}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function PassageText({ passage, wanted }: { passage: Passage; wanted: boolean }) {
  const id = `passage-${passage.ordinal}`;
  const className = clsx(t.passage, t[passage.kind], wanted && t.wanted);
  if (passage.kind === 'heading') {
    return (
      <h3 id={id} className={className}>
        {passage.text}
      </h3>
    );
  }
  return (
    <div id={id} className={className}>
      {passage.kind === 'table' ? <TableText text={passage.text} /> : passage.text}
    </div>
  );
}

/** The prose of a document in reading order, with a search in it. */
export default function TextView({ fileId, sourceId }: { fileId: string; sourceId: string }) {
  const [search, setSearch] = useSearchParams();
  const [words, setWords] = useState('');
  const [query] = useDebouncedValue(words.trim(), 200);
  const wanted = Number(search.get('passage')) || 0;
  const after = Math.max(0, wanted - 1 - CONTEXT);
  const pages = useInfiniteQuery(passagesQuery(fileId, after));
  const hits = useQuery(searchQuery(query, sourceId));
  const loaded = pages.data !== undefined;
  useEffect(() => {
    if (wanted && loaded) document.getElementById(`passage-${wanted}`)?.scrollIntoView({ block: 'center' });
  }, [wanted, loaded]);
  const open = (ordinal: number) => {
    setWords('');
    setSearch((before) => {
      const next = new URLSearchParams(before);
      if (ordinal > 0) next.set('passage', String(ordinal));
      else next.delete('passage');
      return next;
    });
  };
  const passages = pages.data?.pages.flatMap((page) => page.passages) ?? [];
  return (
    <div className={t.view}>
      <div className={t.search}>
        <IconSearch size={16} stroke={1.6} />
        <SmallInput
          type="search"
          value={words}
          onChange={setWords}
          placeholder="Search in this document"
          label="Search in this document"
        />
      </div>
      {hits.error ? <ErrorNotice error={hits.error} onRetry={() => void hits.refetch()} /> : null}
      {words.trim().length >= SHORTEST_SEARCH && hits.data ? (
        <section aria-label="Found in this document" aria-live="polite">
          {hits.data.passages.length > 0 ? (
            <Hits hits={hits.data.passages} onOpen={open} />
          ) : (
            <p className={t.quiet}>Nothing in this document has these words. Try fewer or other ones.</p>
          )}
        </section>
      ) : null}
      {pages.error ? <ErrorNotice error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {pages.isPending ? <Bone height={240} /> : null}
      {after > 0 ? (
        <Button variant="default" size="xs" className={t.earlier ?? ''} onClick={() => open(0)}>
          Read from the start
        </Button>
      ) : null}
      {loaded ? (
        <Card className={t.paper}>
          {passages.map((passage, index) => (
            <div key={passage.ordinal}>
              {passage.page != null && passage.page !== passages[index - 1]?.page ? (
                <p className={t.page}>Page {passage.page}</p>
              ) : null}
              <PassageText passage={passage} wanted={passage.ordinal === wanted} />
            </div>
          ))}
        </Card>
      ) : null}
      {pages.hasNextPage ? (
        <Button
          variant="default"
          className={t.earlier ?? ''}
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Read on ({plural(pages.data?.pages[0]?.total_count ?? 0, 'passage')} in all)
        </Button>
      ) : null}
    </div>
  );
}
