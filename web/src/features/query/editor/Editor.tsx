import { lazy, type Ref, Suspense } from 'react';
import type { Problem } from '../problem';
import type { SchemaTable } from '../schema';

const Body = lazy(() => import('./SqlEditor'));

export interface EditorHandle {
  selection: () => { text: string; from: number };
  insert: (text: string) => void;
  replace: (from: number, to: number, text: string) => void;
  replaceAll: (text: string) => void;
  focus: () => void;
}

export interface SqlEditorProps {
  ref: Ref<EditorHandle>;
  /** What is written; another text than the editor has takes its place, and can be undone. */
  text: string;
  tables: SchemaTable[];
  problem: Problem | null;
  onChange: (text: string) => void;
  onRun: () => void;
  onFormat: () => void;
}

/** The editor's code comes after the first paint. */
export function Editor(props: SqlEditorProps) {
  return (
    <Suspense fallback={<div style={{ height: '100%', background: 'var(--surface)' }} />}>
      <Body {...props} />
    </Suspense>
  );
}
