import { Button } from '@mantine/core';
import { IconAlertCircleFilled } from '@tabler/icons-react';
import { type Ref, useMemo, useState } from 'react';
import { asApiError } from '@/api/errors';
import { correctedSql } from '@/api/statements';
import type { ParameterDefinition } from '@/api/types';
import { toast } from '@/components/toast';
import { Editor, type EditorHandle } from './editor/Editor';
import s from './editor.module.css';
import { ParameterStrip } from './ParameterStrip';
import { type Problem, problemOf } from './problem';
import q from './query.module.css';
import type { Run } from './runs';
import type { SchemaTable } from './schema';
import { type QueryTab, useTabs } from './tabs';

export interface EditorPaneProps {
  tab: QueryTab;
  known: Run;
  tables: SchemaTable[];
  editor: { current: EditorHandle | null };
  /** Why the text can not be shown in the visual builder. */
  refusal: Problem | null;
  /** What is wrong with the text as it stands, found while one writes. */
  checked: Problem | null;
  definitions: ParameterDefinition[];
  /** A run was asked for, whatever its parameters lack. */
  tried: boolean;
  onRun: () => void;
  onFormat: () => void;
}

/** What the server says of the values that the last run had. */
function refusedValues(failure: Run['failure']): Record<string, string> {
  if (!failure) return {};
  const { message, hint, detail } = asApiError(failure.error);
  const name = detail?.parameter;
  return typeof name === 'string' ? { [name]: [message, hint].filter(Boolean).join(' ') } : {};
}

function ProblemLine({
  problem,
  asked,
  sql,
  editor,
}: {
  problem: Problem;
  /** Somebody waits for it: a run or a switch was asked for. */
  asked: boolean;
  sql: string;
  editor: EditorPaneProps['editor'];
}) {
  const [busy, setBusy] = useState(false);
  const { from, to, line, suggestion, message, hint } = problem;
  const correct = async () => {
    setBusy(true);
    try {
      const found = await correctedSql(sql);
      if (found) {
        editor.current?.replaceAll(found.sql_query);
        void toast(`${found.reason} Ctrl Z takes it back.`);
      } else void toast('No correction was found that would run.');
    } catch (error) {
      void toast(asApiError(error).message, { bad: true });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={s.problem} role={asked ? 'alert' : 'status'}>
      <IconAlertCircleFilled size={16} />
      <p>
        {line === undefined ? '' : `Line ${line}: `}
        {message} {hint}
      </p>
      {suggestion && from !== undefined && to !== undefined ? (
        <Button size="compact-sm" variant="filled" onClick={() => editor.current?.replace(from, to, suggestion)}>
          Use {suggestion}
        </Button>
      ) : (
        <Button size="compact-sm" loading={busy} onClick={() => void correct()}>
          Fix it
        </Button>
      )}
    </div>
  );
}

/** The editor of a tab, its parameters, and what is wrong with it. */
export function EditorPane({
  tab,
  known,
  tables,
  editor,
  refusal,
  checked,
  definitions,
  tried,
  onRun,
  onFormat,
}: EditorPaneProps) {
  const change = useTabs((tabs) => tabs.change);
  const { failure } = known;
  const failed = useMemo(
    () =>
      failure ? problemOf(failure.error, failure.sql === null ? '' : tab.sql, failure.sql ?? ' ', failure.start) : null,
    [failure, tab.sql],
  );
  const refused = useMemo(() => refusedValues(failure), [failure]);
  // What a run said counts until its text is changed; from then on what the check says.
  const edited = failure !== null && failure.sql !== null && !tab.sql.includes(failure.sql);
  const problem = (edited ? null : failed) ?? refusal ?? checked;
  return (
    <div className={`${q.pane} ${s.editorPane}`}>
      <div className={s.editor}>
        <Editor
          key={tab.id}
          ref={editor as Ref<EditorHandle>}
          text={tab.sql}
          tables={tables}
          problem={problem}
          onChange={(text) => change(tab.id, { sql: text })}
          onRun={onRun}
          onFormat={onFormat}
        />
      </div>
      <ParameterStrip tab={tab} definitions={definitions} tried={tried} refused={refused} />
      {problem ? <ProblemLine problem={problem} asked={problem !== checked} sql={tab.sql} editor={editor} /> : null}
    </div>
  );
}
