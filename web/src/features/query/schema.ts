/** Tables and columns of the workspace with what is known of them, for the tree and for completion. */
import type { DataSourceInfo, ModelJoin, SemanticType, Source, ValueCount } from '@/api/types';
import { kindOf } from '@/lib/cells';

export interface SchemaColumn {
  table: string;
  name: string;
  label: string;
  type: string;
  meaning: SemanticType;
  unit: string | undefined;
  /** Frequent values, most frequent first; of columns of labels only. */
  values: ValueCount[];
  /** Of a computed column: SQL over the columns of its table. */
  expression?: string;
}

export interface SchemaTable {
  name: string;
  title: string;
  source: string;
  rows: number;
  columns: SchemaColumn[];
  /** In words: "product_id → products.id, 100 %". */
  joins: ModelJoin[];
}

const NAMES: SemanticType[] = [
  'identifier',
  'amount',
  'quantity',
  'price',
  'measure',
  'share',
  'latitude',
  'longitude',
];

export function schemaOf(sources: Source[], infos: DataSourceInfo[]): SchemaTable[] {
  const bySource = new Map(infos.map((info) => [info.data_source_info?.source_id, info]));
  return sources
    .filter((source) => source.status === 'ready' || source.schema.tables.length > 0)
    .flatMap((source) => {
      const info = bySource.get(source.source_id);
      const profiles = info?.versions[0]?.profiles ?? [];
      const joins = info?.semantic_model?.schema_definition.joins ?? [];
      return source.schema.tables.map((table) => {
        const profile = profiles.find((one) => one.table === table.name);
        return {
          name: table.name,
          title: table.title,
          source: source.source_name,
          rows: table.rows,
          joins: joins.filter((join) => join.left.table === table.name || join.right.table === table.name),
          columns: table.columns.map((column) => {
            const known = profile?.columns.find((one) => one.name === column.name);
            const meaning = known?.semantic_type ?? 'unknown';
            return {
              table: table.name,
              name: column.name,
              label: column.original_name,
              type: column.type,
              meaning,
              unit: known?.unit,
              values: known && kindOf(column.type) === 'text' && !NAMES.includes(meaning) ? known.top : [],
            };
          }),
        };
      });
    });
}

export interface Hit {
  table: SchemaTable;
  columns: SchemaColumn[];
  /** The value that was found, where it is no name. */
  value: string | undefined;
}

/** Tables and columns whose names hold all words, and columns that have such a value. */
export function searchSchema(tables: SchemaTable[], text: string): Hit[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return tables.map((table) => ({ table, columns: table.columns, value: undefined }));
  const holds = (...names: string[]) => {
    const all = names.join(' ').toLowerCase();
    return words.every((word) => all.includes(word));
  };
  return tables.flatMap((table): Hit[] => {
    if (holds(table.name, table.title)) return [{ table, columns: table.columns, value: undefined }];
    let value: string | undefined;
    const columns = table.columns.filter((column) => {
      if (holds(column.name, column.label) || holds(table.name, column.name)) return true;
      const found = column.values.find((one) => holds(one.value));
      value ??= found?.value;
      return found !== undefined;
    });
    return columns.length > 0 ? [{ table, columns, value }] : [];
  });
}

/** A name as it must stand in SQL. */
export const sqlName = (name: string) => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);

/** What columns of these names mean, where all tables that have one agree. */
export function meaningOf(tables: SchemaTable[], name: string): Pick<SchemaColumn, 'meaning' | 'unit'> | undefined {
  const found = tables.flatMap((table) => table.columns.filter((column) => column.name === name));
  const [one] = found;
  return one && found.every((other) => other.meaning === one.meaning && other.unit === one.unit) ? one : undefined;
}
