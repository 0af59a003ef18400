/** How a tab and the saved query that it shows belong together. */
import type { ParameterDefinition, QueryFields, SavedQuery } from '@/api/types';
import { readingOf } from './builder/reading';
import { parametersIn } from './parameters';
import type { QueryTab } from './tabs';

/** What of a saved query a tab remembers, to know what was changed since. */
export interface SavedState {
  id: string;
  version: number;
  name: string;
  sql: string;
  definitions: ParameterDefinition[];
}

export const savedState = (query: SavedQuery): SavedState => ({
  id: query.id,
  version: query.version,
  name: query.name,
  sql: query.sql_query,
  definitions: query.parameter_definitions,
});

/** What a tab shows of a saved query that is opened in it. */
export function openedTab(query: SavedQuery): Omit<QueryTab, 'id' | 'values'> {
  const reading = query.reading ? readingOf(query.reading) : null;
  return {
    title: query.name,
    mode: reading ? 'visual' : 'sql',
    sql: query.sql_query,
    reading,
    composed: reading ? query.sql_query : '',
    kept: reading !== null,
    saved: savedState(query),
    definitions: query.parameter_definitions,
  };
}

/** Whether something of the tab is not in the saved query that it shows. */
export function isChanged({ saved, sql, title, definitions }: QueryTab): boolean {
  if (!saved) return false;
  return sql !== saved.sql || title !== saved.name || JSON.stringify(definitions) !== JSON.stringify(saved.definitions);
}

const usedDefinitions = (sql: string, definitions: ParameterDefinition[]) => {
  const names = parametersIn(sql);
  return definitions.filter((one) => names.includes(one.name));
};

/** What is sent to save what the tab holds. A reading that is not of the text any more is not sent. */
export function fieldsOf({ title, sql, mode, reading, composed, definitions }: QueryTab): QueryFields {
  return {
    name: title,
    sql_query: sql,
    parameter_definitions: usedDefinitions(sql, definitions),
    ...(mode === 'visual' && reading && composed === sql ? { reading } : {}),
  };
}
