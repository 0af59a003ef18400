import { queryOptions } from '@tanstack/react-query';
import { request } from './client';
import type { Model, ModelColumn, ModelHistory, ModelJoin, ModelList, ModelTable } from './types';

/** The semantic models of the workspace, with people's edits. */
export const modelsQuery = queryOptions({
  queryKey: ['models'],
  queryFn: ({ signal }) => request<ModelList>('/models', { signal }),
  staleTime: 60_000,
});

export const modelHistoryQuery = (id: string) =>
  queryOptions({
    queryKey: ['models', id, 'history'],
    queryFn: ({ signal }) => request<ModelHistory>(`/models/${encodeURIComponent(id)}/history`, { signal }),
  });

export type ColumnChange = Pick<ModelColumn, 'name'> & Partial<ModelColumn>;
export type TableChange = Pick<ModelTable, 'name'> &
  Partial<Omit<ModelTable, 'columns'>> & { columns?: ColumnChange[] };
export interface MetricChange {
  name: string;
  expression: string;
  table: string;
  unit?: string | null;
  synonyms?: string[];
}

/** Only what is given changes; joins and metrics replace the whole list. */
export interface ModelChange {
  version?: number;
  schema_definition: {
    tables?: TableChange[];
    joins?: Pick<ModelJoin, 'left' | 'right'>[];
    metrics?: MetricChange[];
  };
}

export const changeModel = (id: string, change: ModelChange) =>
  request<Model>(`/models/${encodeURIComponent(id)}`, { method: 'PATCH', body: change });

export const restoreModel = (id: string, version: number) =>
  request<Model>(`/models/${encodeURIComponent(id)}/restore`, { method: 'POST', body: { version } });
