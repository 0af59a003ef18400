import '@mantine/core/styles/Splitter.layer.css';
import { Button, Splitter } from '@mantine/core';
import { IconAlertCircleFilled } from '@tabler/icons-react';
import { type ReactNode, type Ref, useMemo } from 'react';
import { Editor, type EditorHandle } from './editor/Editor';
import { type Problem, problemOf } from './problem';
import s from './query.module.css';
import type { Run } from './runs';
import { SchemaTree } from './SchemaTree';
import { type SchemaTable, sqlName } from './schema';
import { type QueryTab, useTabs } from './tabs';
import type { useSchema } from './useSchema';

interface EditorPaneProps {
  tab: QueryTab;
  known: Run;
  tables: SchemaTable[];
  editor: { current: EditorHandle | null };
  /** Why the text can not be shown in the visual builder. */
  refusal: Problem | null;
  onRun: () => void;
  onFormat: () => void;
}

/** The editor of a tab, and what is wrong with what it ran. */
function EditorPane({ tab, known, tables, editor, refusal, onRun, onFormat }: EditorPaneProps) {
  const change = useTabs((tabs) => tabs.change);
  const { failure } = known;
  const failed = useMemo(
    () =>
      failure ? problemOf(failure.error, failure.sql === null ? '' : tab.sql, failure.sql ?? ' ', failure.start) : null,
    [failure, tab.sql],
  );
  const problem = failed ?? refusal;
  const where = problem?.line === undefined ? '' : `Line ${problem.line}: `;
  const fix = problem?.suggestion;
  return (
    <div className={`${s.pane} ${s.editorPane}`}>
      <div className={s.editor}>
        <Editor
          key={tab.id}
          ref={editor as Ref<EditorHandle>}
          initial={tab.sql}
          tables={tables}
          problem={problem}
          onChange={(text) => change(tab.id, { sql: text })}
          onRun={onRun}
          onFormat={onFormat}
        />
      </div>
      {problem ? (
        <div className={s.problem} role="alert">
          <IconAlertCircleFilled size={16} />
          <p>
            {where}
            {problem.message} {problem.hint}
          </p>
          {fix && problem.from !== undefined && problem.to !== undefined ? (
            <Button
              size="compact-sm"
              variant="filled"
              onClick={() => editor.current?.replace(problem.from ?? 0, problem.to ?? 0, fix)}
            >
              Use {fix}
            </Button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}

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
