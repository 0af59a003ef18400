/** The load plan as values: what is chosen, and what changes. No React. */
import type { ColumnChoice, LoadPlan, SheetChoice, TableChoice } from '@/api/types';

export const TYPES: [string, string][] = [
  ['VARCHAR', 'Text'],
  ['BIGINT', 'Whole number'],
  ['DECIMAL', 'Number, exact'],
  ['DOUBLE', 'Number, floating'],
  ['BOOLEAN', 'Yes or no'],
  ['DATE', 'Date'],
  ['TIMESTAMP', 'Date and time'],
  ['TIMESTAMP WITH TIME ZONE', 'Time with a zone'],
  ['TIME', 'Time of day'],
];

/** What a type is called, also with its digits. */
export function typeName(type: string): string {
  const base = type.replace(/\(.*/, '');
  return TYPES.find(([value]) => value === type || value === base)?.[1] ?? type;
}

export const isDateType = (type: string) => type === 'DATE' || type.startsWith('TIMESTAMP');
export const isNumberType = (type: string) => /^(BIGINT|HUGEINT|DOUBLE|DECIMAL)/.test(type);

const isEmptyColumn = (choice: ColumnChoice) =>
  !choice.type && !choice.date_order && !choice.date_format && !choice.decimal_mark && !choice.missing_values;

export const tableChoice = (plan: LoadPlan, key: string): TableChoice | undefined =>
  plan.tables?.find((table) => table.key === key);

export const columnChoice = (plan: LoadPlan, key: string, column: string): ColumnChoice | undefined =>
  tableChoice(plan, key)?.columns?.find((choice) => choice.column === column);

function withTable(plan: LoadPlan, next: TableChoice): LoadPlan {
  const others = (plan.tables ?? []).filter((table) => table.key !== next.key);
  const empty = next.header_row == null && next.header_rows == null && !next.columns?.length;
  const tables = empty ? others : [...others, next];
  const { tables: _, ...rest } = plan;
  return tables.length > 0 ? { ...rest, tables } : rest;
}

/** The plan with one column changed; what is back at what was found is left out of it. */
export function withColumn(plan: LoadPlan, key: string, column: string, change: Partial<ColumnChoice>): LoadPlan {
  const table = tableChoice(plan, key) ?? { key };
  const before = table.columns?.find((choice) => choice.column === column) ?? { column };
  const merged = Object.fromEntries(
    Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined && value !== ''),
  ) as unknown as ColumnChoice;
  const others = (table.columns ?? []).filter((choice) => choice.column !== column);
  const { columns: _, ...rest } = table;
  const columns = isEmptyColumn(merged) ? others : [...others, merged];
  return withTable(plan, columns.length > 0 ? { ...rest, columns } : rest);
}

export function withHeaderRow(plan: LoadPlan, key: string, row: number | undefined): LoadPlan {
  const { header_row: _, ...rest } = tableChoice(plan, key) ?? { key };
  return withTable(plan, row === undefined ? rest : { ...rest, header_row: row });
}

export function withSheet(plan: LoadPlan, sheet: string, change: Omit<SheetChoice, 'sheet'>): LoadPlan {
  const others = (plan.sheets ?? []).filter((one) => one.sheet !== sheet);
  const before = plan.sheets?.find((one) => one.sheet === sheet);
  return { ...plan, sheets: [...others, { ...before, ...change, sheet }] };
}

/** "B3:F20, H1:J9" → the ranges; none: as they are found. */
export function withRanges(plan: LoadPlan, sheet: string, text: string, found: string[]): LoadPlan {
  const ranges = text
    .toUpperCase()
    .split(/[,;\s]+/)
    .filter((range) => range !== '');
  const same = ranges.length === 0 || ranges.join() === found.join();
  const present: SheetChoice = plan.sheets?.find((one) => one.sheet === sheet) ?? { sheet };
  const { ranges: _, ...before } = present;
  const others = (plan.sheets ?? []).filter((one) => one.sheet !== sheet);
  const next: SheetChoice = same ? before : { ...before, ranges };
  const sheets = next.load == null && !next.ranges ? others : [...others, next];
  const { sheets: __, ...rest } = plan;
  return sheets.length > 0 ? { ...rest, sheets } : rest;
}

const RANGE = /^[A-Z]{1,3}[1-9]\d{0,6}:[A-Z]{1,3}[1-9]\d{0,6}$/;

/** The first range of the plan that is none. */
export const badRange = (plan: LoadPlan): string | undefined =>
  (plan.sheets ?? []).flatMap((sheet) => sheet.ranges ?? []).find((range) => !RANGE.test(range));

export function withFile(plan: LoadPlan, change: Pick<LoadPlan, 'encoding' | 'delimiter'>): LoadPlan {
  return Object.fromEntries(
    Object.entries({ ...plan, ...change }).filter(([, value]) => value !== undefined && value !== ''),
  ) as LoadPlan;
}

const sorted = (plan: LoadPlan): string =>
  JSON.stringify({
    ...plan,
    tables: [...(plan.tables ?? [])]
      .map((table) => ({
        ...table,
        columns: [...(table.columns ?? [])].sort((a, b) => (a.column < b.column ? -1 : 1)),
      }))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
    sheets: [...(plan.sheets ?? [])].sort((a, b) => (a.sheet < b.sheet ? -1 : 1)),
  });

export const samePlan = (a: LoadPlan, b: LoadPlan) => sorted(a) === sorted(b);

const withoutColumns = (plan: LoadPlan): LoadPlan => ({
  ...plan,
  tables: (plan.tables ?? [])
    .map(({ key, header_row, header_rows }) => ({ key, header_row, header_rows }))
    .filter((table) => table.header_row != null || table.header_rows != null),
});

/** Whether only columns were re-typed: then the change of types is what is wanted, and needs no second yes. */
export const onlyColumns = (a: LoadPlan, b: LoadPlan) => samePlan(withoutColumns(a), withoutColumns(b));

/** "NA, none" → the words. */
export const wordsOf = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
