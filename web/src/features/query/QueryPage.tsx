import '@mantine/core/styles/Splitter.layer.css';
import { Button, Splitter } from '@mantine/core';
import { useHotkeys, useMediaQuery } from '@mantine/hooks';
import { IconIndentIncrease, IconPlayerPlayFilled, IconPlayerStopFilled } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useCrumb } from '@/components/crumb';
import { Kbd } from '@/components/primitives';
import { toast } from '@/components/toast';
import type { EditorHandle } from './editor/Editor';
import { formatSql } from './editor/format';
import { QueryTabs } from './QueryTabs';
import s from './query.module.css';
import { run, runOf, stop, useRuns } from './runs';
import { SchemaTree } from './SchemaTree';
import { SqlPane } from './SqlPane';
import { type SchemaColumn, type SchemaTable, sqlName } from './schema';
import { activeTab, useTabs } from './tabs';
import { useSchema } from './useSchema';

const ResultPane = lazy(() => import('./ResultPane'));

/** A query handed over by another page: opened once, then taken out of the history entry. */
interface Handed {
  title?: string;
  sql?: string;
}

function useHandedOver() {
  const { state, pathname } = useLocation();
  const navigate = useNavigate();
  const open = useTabs((tabs) => tabs.open);
  const handed = (state as { query?: Handed } | null)?.query;
  useEffect(() => {
    if (!handed?.sql) return;
    open({ sql: handed.sql, ...(handed.title ? { title: handed.title } : {}) });
    navigate(pathname, { replace: true, state: null });
  }, [handed, open, navigate, pathname]);
}

export default function QueryPage() {
  useHandedOver();
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const tab = useTabs(activeTab);
  const { open, close } = useTabs();
  const known = useRuns((runs) => runOf(runs, tab.id));
  const schema = useSchema();
  const editor = useRef<EditorHandle | null>(null);
  useCrumb(tab.title);

  const runNow = () => {
    const marked = editor.current?.selection();
    const sql = marked?.text.trim() ? marked.text : tab.sql;
    if (sql.trim()) void run(tab.id, sql, { start: marked?.text.trim() ? marked.from : 0 });
  };
  const format = () =>
    formatSql(tab.sql).then(
      (text) => editor.current?.replaceAll(text),
      () => toast('The SQL could not be formatted: it has a mistake in it. Run it to see where.', { bad: true }),
    );
  useHotkeys(
    [
      ['mod+Enter', runNow],
      ['alt+N', () => open()],
      ['alt+W', () => close(tab.id)],
      ['alt+F', () => void format()],
    ],
    [],
  );
  const pick = (name: SchemaTable | SchemaColumn) =>
    editor.current?.insert('columns' in name ? sqlName(name.name) : sqlName(name.name));

  const tree = (
    <SchemaTree
      tables={schema.tables}
      loading={schema.loading}
      error={schema.error}
      onRetry={schema.retry}
      onPick={pick}
      pickWord="Insert"
    />
  );
  const sqlPane = (
    <SqlPane
      tab={tab}
      known={known}
      tables={schema.tables}
      editor={editor}
      onRun={runNow}
      onFormat={() => void format()}
    />
  );
  const stale = known.result !== null && known.sql !== '' && !tab.sql.includes(known.sql);
  const result = (
    <Suspense fallback={<div className={s.result} />}>
      <ResultPane
        key={tab.id}
        tab={tab.id}
        known={known}
        tables={schema.tables}
        stale={stale || (known.failure !== null && known.result !== null)}
        gridHeight={narrow ? 384 : 240}
        title={known.result?.suggested_chart.title || 'Result'}
        problem={false}
      />
    </Suspense>
  );
  return (
    <main className={s.screen} id="content">
      <div className={s.bar}>
        <h1 className={s.srOnly}>{tab.title}</h1>
        <QueryTabs />
        <div className={s.push}>
          <Button
            leftSection={<IconIndentIncrease size={16} stroke={1.6} />}
            onClick={() => void format()}
            disabled={!tab.sql.trim()}
            title="Set the SQL line by line (Alt F)"
          >
            Format
          </Button>
          {known.running ? (
            <Button leftSection={<IconPlayerStopFilled size={14} />} onClick={() => stop(tab.id)}>
              Stop
            </Button>
          ) : (
            <Button
              variant="filled"
              leftSection={<IconPlayerPlayFilled size={14} />}
              rightSection={narrow ? undefined : <Kbd>Ctrl Enter</Kbd>}
              disabled={!tab.sql.trim()}
              onClick={runNow}
            >
              Run
            </Button>
          )}
        </div>
      </div>
      {narrow ? (
        <div className={s.stack}>
          <div className={s.phoneEditor}>{sqlPane}</div>
          {result}
          <details className={s.phoneSchema}>
            <summary>Tables and columns</summary>
            {tree}
          </details>
        </div>
      ) : (
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
                {sqlPane}
              </Splitter.Pane>
              <Splitter.Pane defaultSize={100} min={20}>
                {result}
              </Splitter.Pane>
            </Splitter>
          </Splitter.Pane>
        </Splitter>
      )}
    </main>
  );
}
