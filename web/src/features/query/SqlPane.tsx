import '@mantine/core/styles/Splitter.layer.css';
import { Splitter } from '@mantine/core';
import type { ReactNode } from 'react';
import { EditorPane, type EditorPaneProps } from './EditorPane';
import s from './query.module.css';
import { SchemaTree } from './SchemaTree';
import { sqlName } from './schema';
import type { useSchema } from './useSchema';

export interface SqlPaneProps extends Omit<EditorPaneProps, 'tables'> {
  schema: ReturnType<typeof useSchema>;
  narrow: boolean;
  result: ReactNode;
}

/** Tables at the side, the editor, and its result below. */
export default function SqlPane({ schema, narrow, result, ...rest }: SqlPaneProps) {
  const tree = (
    <SchemaTree
      tables={schema.tables}
      loading={schema.loading}
      error={schema.error}
      onRetry={schema.retry}
      onPick={(name) => rest.editor.current?.insert(sqlName(name.name))}
      pickWord="Insert"
    />
  );
  const pane = <EditorPane tables={schema.tables} {...rest} />;
  if (narrow)
    return (
      <div className={s.stack}>
        <div className={s.phoneEditor}>{pane}</div>
        {result}
        <details className={s.phoneSchema}>
          <summary>Tables and columns</summary>
          {tree}
        </details>
      </div>
    );
  return (
    <Splitter className={s.panes ?? ''} lineSize={1} handleColor="var(--border)" withHandle={false}>
      <Splitter.Pane defaultSize="240px" min="180px">
        {tree}
      </Splitter.Pane>
      <Splitter.Pane defaultSize={100}>
        <Splitter
          orientation="vertical"
          lineSize={1}
          handleColor="var(--border)"
          withHandle={false}
          style={{ height: '100%' }}
        >
          <Splitter.Pane defaultSize="300px" min="120px">
            {pane}
          </Splitter.Pane>
          <Splitter.Pane defaultSize={100} min={20}>
            {result}
          </Splitter.Pane>
        </Splitter>
      </Splitter.Pane>
    </Splitter>
  );
}
