/** Clean-up steps in words, and the form of each kind. No React. */
import type { Step, StepKind } from '@/api/types';
import { listed } from '@/lib/words';

export const KINDS: [StepKind, string][] = [
  ['rename', 'Rename a column'],
  ['hide', 'Hide columns'],
  ['trim', 'Trim spaces'],
  ['replace', 'Replace a text'],
  ['fill', 'Fill missing values'],
  ['split', 'Split a column'],
  ['remove_duplicates', 'Remove duplicate rows'],
  ['unpivot', 'Turn columns into rows'],
  ['compute', 'Add a computed column'],
];

/** What a kind asks for, in the order of its form. */
export type StepField =
  | 'column'
  | 'columns'
  | 'name'
  | 'names'
  | 'separator'
  | 'find'
  | 'replacement'
  | 'whole_cell'
  | 'value'
  | 'previous'
  | 'value_name'
  | 'expression';

export const FIELDS: Record<StepKind, StepField[]> = {
  rename: ['column', 'name'],
  hide: ['columns'],
  trim: ['columns'],
  replace: ['columns', 'find', 'replacement', 'whole_cell'],
  fill: ['columns', 'previous', 'value'],
  split: ['column', 'separator', 'names'],
  remove_duplicates: ['columns'],
  unpivot: ['columns', 'name', 'value_name'],
  compute: ['name', 'expression'],
};

/** Kinds that work on all columns when none is named. */
export const ALL_WHEN_NONE = new Set<StepKind>(['trim', 'remove_duplicates']);

export const FIELD_LABELS: Record<StepField, string> = {
  column: 'Column',
  columns: 'Columns',
  name: 'Name of the new column',
  names: 'Names of the parts, with commas between',
  separator: 'Separator',
  find: 'Find',
  replacement: 'Replace by',
  whole_cell: 'Only cells that are this as a whole',
  value: 'Value',
  previous: 'Take the value of the row above',
  value_name: 'Name of the column of values',
  expression: 'SQL expression over the columns',
};

const names = (step: Step) => listed((step.columns ?? []).slice(0, 4)) + ((step.columns?.length ?? 0) > 4 ? ' …' : '');

export function stepInWords(step: Step): string {
  switch (step.kind) {
    case 'rename':
      return `${step.column} is called ${step.name}`;
    case 'hide':
      return `${names(step)} hidden`;
    case 'trim':
      return `Spaces trimmed in ${step.columns?.length ? names(step) : 'all texts'}`;
    case 'replace':
      return `“${step.find}” becomes “${step.replacement}” in ${names(step)}`;
    case 'fill':
      return `Missing values of ${names(step)} become ${step.previous ? 'the one above' : `“${step.value}”`}`;
    case 'split':
      return `${step.column} split at “${step.separator}” into ${listed(step.names ?? [])}`;
    case 'remove_duplicates':
      return `Rows equal in ${step.columns?.length ? names(step) : 'all columns'} removed`;
    case 'unpivot':
      return `${names(step)} turned into rows of ${step.name} and ${step.value_name}`;
    case 'compute':
      return `${step.name} = ${step.expression}`;
  }
}

/** Whether the form says all that the kind needs. */
export function isComplete(step: Step): boolean {
  return FIELDS[step.kind].every((field) => {
    if (field === 'whole_cell' || field === 'previous' || field === 'replacement') return true;
    if (field === 'value') return Boolean(step.previous) || Boolean(step.value);
    if (field === 'columns') return ALL_WHEN_NONE.has(step.kind) || Boolean(step.columns?.length);
    if (field === 'names') return (step.names?.length ?? 0) >= 2;
    return Boolean(step[field]);
  });
}
