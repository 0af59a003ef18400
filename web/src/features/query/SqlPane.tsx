import { Button } from '@mantine/core';
import { IconAlertCircleFilled } from '@tabler/icons-react';
import { type Ref, useMemo } from 'react';
import { Editor, type EditorHandle } from './editor/Editor';
import { problemOf } from './problem';
import s from './query.module.css';
import type { Run } from './runs';
import type { SchemaTable } from './schema';
import { type QueryTab, useTabs } from './tabs';

/** The editor of a tab, and what is wrong with what it ran. */
export function SqlPane({
  tab,
  known,
  tables,
  editor,
  onRun,
  onFormat,
}: {
  tab: QueryTab;
  known: Run;
  tables: SchemaTable[];
  editor: { current: EditorHandle | null };
  onRun: () => void;
  onFormat: () => void;
}) {
  const change = useTabs((tabs) => tabs.change);
  const { failure } = known;
  const problem = useMemo(
    () =>
      failure ? problemOf(failure.error, failure.sql === null ? '' : tab.sql, failure.sql ?? ' ', failure.start) : null,
    [failure, tab.sql],
  );
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
