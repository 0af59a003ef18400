import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { sourceInfoQuery } from '@/api/files';
import { sourcesQuery } from '@/api/sources';
import type { DataSourceInfo } from '@/api/types';
import { schemaOf } from './schema';

/** Profiles of more sources than this are not loaded ahead. */
const MOST_SOURCES = 24;
const infosOf = (results: { data: DataSourceInfo | undefined }[]) =>
  results.flatMap((result) => (result.data ? [result.data] : []));

export function useSchema() {
  const sources = useQuery(sourcesQuery);
  const list = sources.data?.sources;
  const infos = useQueries({
    queries: (list ?? []).slice(0, MOST_SOURCES).map((source) => sourceInfoQuery(source.source_id)),
    combine: infosOf,
  });
  const tables = useMemo(() => schemaOf(list ?? [], infos), [list, infos]);
  return { tables, loading: sources.isPending, error: sources.error, retry: () => void sources.refetch() };
}
