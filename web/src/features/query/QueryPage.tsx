import { Button } from '@mantine/core';
import { useHotkeys, useMediaQuery } from '@mantine/hooks';
import { IconIndentIncrease, IconPlayerPlayFilled, IconPlayerStopFilled } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { ApiError, asApiError } from '@/api/errors';
import { recogniseSql } from '@/api/readings';
import type { Mark } from '@/charts/types';
import { useCrumb } from '@/components/crumb';
import { Kbd, ui } from '@/components/primitives';
import { toast } from '@/components/toast';
import { EMPTY, isEmpty, type Reading, readingOf } from './builder/reading';
import { settled } from './builder/settled';
import { useComposition } from './builder/useComposition';
import type { EditorHandle } from './editor/Editor';
import { formatSql } from './editor/format';
import { bind, definitionsFor } from './parameters';
import { type Problem, problemOf } from './problem';
import { QueryTabs } from './QueryTabs';
import s from './query.module.css';
import { run, runOf, stop, useRuns } from './runs';
import { activeTab, type Mode, useTabs } from './tabs';
import { useSchema } from './useSchema';
import { useValidation } from './useValidation';

const ExportList = lazy(() => import('./ExportList'));
const QueryTools = lazy(() => import('./QueryTools'));
const ResultActions = lazy(() => import('./ResultActions'));
const ResultPane = lazy(() => import('./ResultPane'));
const SqlPane = lazy(() => import('./SqlPane'));
const VisualPane = lazy(() => import('./builder/VisualPane'));

/** A query handed over by another page: opened once, then taken out of the history entry. */
interface Handed {
  title?: string;
  sql?: string;
  reading?: unknown;
}

const LONGEST_TITLE = 80;

function useHandedOver() {
  const { state, pathname } = useLocation();
  const navigate = useNavigate();
  const open = useTabs((tabs) => tabs.open);
  const handed = (state as { query?: Handed } | null)?.query;
  useEffect(() => {
    if (!handed?.sql) return;
    const reading = handed.reading ? readingOf(handed.reading) : null;
    // Statistics and the like are more than one query: their SQL is shown.
    const visual = reading !== null && (reading.intent ?? 'query') === 'query';
    open({
      sql: handed.sql,
      mode: visual ? 'visual' : 'sql',
      reading: visual ? reading : null,
      composed: '',
      kept: false,
      saved: null,
      ...(handed.title ? { title: handed.title.slice(0, LONGEST_TITLE) } : {}),
    });
    navigate(pathname, { replace: true, state: null });
  }, [handed, open, navigate, pathname]);
}

export default function QueryPage() {
  useHandedOver();
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const tab = useTabs(activeTab);
  const { open, close, change } = useTabs();
  const navigate = useNavigate();
  const known = useRuns((runs) => runOf(runs, tab.id));
  const schema = useSchema();
  const editor = useRef<EditorHandle | null>(null);
  useCrumb(tab.title);
  const composition = useComposition(tab);
  const [refused, setRefused] = useState<{ sql: string; problem: Problem } | null>(null);
  const { problem: checked, needed } = useValidation(tab.mode === 'sql' ? tab.sql : '');
  const [tried, setTried] = useState<string | null>(null);
  const [notes, setNotes] = useState<{ tab: string; notes: string[] }>({ tab: '', notes: [] });

  /** The reading of the tab's text, or null, with the reason shown. */
  const recognise = async (): Promise<Reading | null> => {
    const found = await recogniseSql(tab.sql);
    if (found.expressible) {
      setNotes({ tab: tab.id, notes: found.notes });
      return readingOf(found.reading);
    }
    const error = new ApiError(400, {
      code: 'inexpressible',
      message: `The visual builder can not show this. ${found.reason}`,
      hint: found.hint,
      detail: { position: found.position },
    });
    setRefused({ sql: tab.sql, problem: problemOf(error, tab.sql, tab.sql, 0) });
    return null;
  };
  const failed = (error: unknown) => toast(asApiError(error).message, { bad: true });
  const choose = async (mode: Mode) => {
    setRefused(null);
    if (mode === 'sql') {
      const { sql, composed } = await settled(tab);
      change(tab.id, { mode });
      if (sql !== tab.sql) void run(tab.id, composed, { live: true });
      return;
    }
    const written = tab.sql.trim() !== '';
    if (tab.reading && (written ? tab.composed === tab.sql : isEmpty(tab.reading))) {
      change(tab.id, { mode });
      return;
    }
    if (!written) {
      change(tab.id, { mode, reading: EMPTY, composed: '' });
      return;
    }
    const found = await recognise();
    if (found) change(tab.id, { mode, reading: found, composed: tab.sql, kept: true });
  };
  const askAbout = async () => {
    const { questionOf } = await import('./asking');
    const ask = await questionOf(tab, composition.reply?.sentence);
    if (ask) navigate('/conversation', { state: { ask } });
  };

  const drill = async (mark: Mark) => {
    const { openRowsBehind } = await import('./drilling');
    await openRowsBehind(tab, known, schema.tables, mark);
  };
  const runNow = () => {
    const marked = tab.mode === 'sql' ? editor.current?.selection() : undefined;
    const sql = marked?.text.trim() ? marked.text : tab.sql;
    if (!sql.trim()) return;
    const { bound, problems } = bind(definitionsFor(sql, tab.definitions, needed), tab.values);
    const lacking = Object.keys(problems).length > 0;
    setTried(lacking ? tab.id : null);
    if (lacking) return;
    const savedId = sql === tab.saved?.sql ? tab.saved.id : undefined;
    void run(tab.id, sql, { start: marked?.text.trim() ? marked.from : 0, bound, savedId });
  };
  const format = () =>
    formatSql(tab.sql).then(
      (text) => editor.current?.replaceAll(text),
      () => toast('The SQL could not be formatted: it has a mistake in it. Run it to see where.', { bad: true }),
    );
  useHotkeys([['mod+Enter', runNow]], []);
  // These work within the editor too, which has Ctrl Enter by itself.
  useHotkeys(
    [
      ['alt+N', () => open()],
      ['alt+W', () => close(tab.id)],
      ['alt+F', () => void format()],
    ],
    [],
    true,
  );
  const stale = tab.mode === 'sql' && known.result !== null && known.sql !== '' && !tab.sql.includes(known.sql);
  const result = (
    <Suspense fallback={<div className={s.pane} />}>
      <ResultPane
        key={tab.id}
        tab={tab.id}
        known={known}
        tables={schema.tables}
        stale={stale || (known.failure !== null && known.result !== null)}
        gridHeight={narrow ? 384 : 240}
        title={
          (tab.mode === 'visual' && composition.reply?.sentence) || known.result?.suggested_chart.title || 'Result'
        }
        problem={tab.mode === 'visual'}
        onMark={(mark) => void drill(mark).catch(failed)}
        foot={
          <Suspense>
            <ResultActions tab={tab} known={known} onAsk={() => void askAbout().catch(failed)} />
          </Suspense>
        }
      />
    </Suspense>
  );
  return (
    <main className={s.screen} id="content">
      <div className={s.bar}>
        <h1 className={ui.srOnly}>{tab.title}</h1>
        <QueryTabs />
        <div className={s.push}>
          <div className={s.modes} role="radiogroup" aria-label="How the query is written">
            {(['visual', 'sql'] as const).map((mode) => (
              <button
                key={mode}
                type="button"
                role="radio"
                aria-checked={tab.mode === mode}
                onClick={() => void choose(mode).catch(failed)}
              >
                {mode === 'visual' ? 'Visual' : 'SQL'}
              </button>
            ))}
          </div>
          {tab.mode === 'sql' ? (
            <Button
              leftSection={<IconIndentIncrease size={16} stroke={1.6} />}
              onClick={() => void format()}
              disabled={!tab.sql.trim()}
              title="Set the SQL line by line (Alt F)"
            >
              Format
            </Button>
          ) : null}
          <Suspense fallback={<span className={s.toolsPlace} />}>
            <QueryTools tab={tab} needed={needed} />
          </Suspense>
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
      <Suspense fallback={<div className={s.panes} />}>
        {tab.mode === 'visual' ? (
          <VisualPane
            key={tab.id}
            tab={tab}
            schema={schema}
            composition={composition}
            narrow={narrow}
            notes={notes.tab === tab.id && tab.kept ? notes.notes : []}
            onChange={(reading) => change(tab.id, { reading, composed: '', kept: false })}
            result={result}
          />
        ) : (
          <SqlPane
            tab={tab}
            known={known}
            schema={schema}
            editor={editor}
            refusal={refused?.sql === tab.sql ? refused.problem : null}
            checked={checked}
            definitions={definitionsFor(tab.sql, tab.definitions, needed)}
            tried={tried === tab.id}
            narrow={narrow}
            onRun={runNow}
            onFormat={() => void format()}
            result={result}
          />
        )}
      </Suspense>
      <Suspense>
        <ExportList />
      </Suspense>
    </main>
  );
}
