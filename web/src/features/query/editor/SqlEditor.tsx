import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { sql } from '@codemirror/lang-sql';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, Prec } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import { useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import type { Problem } from '../problem';
import type { SchemaTable } from '../schema';
import { proposalsFor } from './complete';
import { dialect, FUNCTIONS, KEYWORDS } from './dialect';
import type { SqlEditorProps } from './Editor';
import { ink, look } from './look';

const correction = (text: string) => ({
  name: `Use ${text}`,
  apply: (view: EditorView, from: number, to: number) => view.dispatch({ changes: { from, to, insert: text } }),
});

function show(view: EditorView, problem: Problem | null) {
  const length = view.state.doc.length;
  const from = Math.min(problem?.from ?? 0, length);
  const known = problem?.from !== undefined;
  const diagnostics = known
    ? [
        {
          from,
          to: Math.min(problem.to ?? from + 1, length),
          severity: 'error' as const,
          message: [problem.message, problem.hint].filter(Boolean).join(' '),
          ...(problem.suggestion ? { actions: [correction(problem.suggestion)] } : {}),
        },
      ]
    : [];
  view.dispatch(setDiagnostics(view.state, diagnostics));
}

/** The editor of one tab; a change of tab makes a new one, so that undo stays within a tab. */
export default function SqlEditor({ ref, text, tables, problem, onChange, onRun, onFormat }: SqlEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const start = useRef(text);
  const schema = useRef<SchemaTable[]>(tables);
  schema.current = tables;
  const actions = useRef({ onChange, onRun, onFormat });
  actions.current = { onChange, onRun, onFormat };

  // In the same step as the change, so that nothing is typed between the two.
  useLayoutEffect(() => {
    const editor = view.current;
    if (editor && editor.state.doc.toString() !== text)
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [text]);

  useImperativeHandle(ref, () => ({
    selection: () => {
      const range = view.current?.state.selection.main;
      if (!view.current || !range) return { text: '', from: 0 };
      return { text: view.current.state.sliceDoc(range.from, range.to), from: range.from };
    },
    insert: (added) => {
      view.current?.dispatch(view.current.state.replaceSelection(added));
      view.current?.focus();
    },
    replace: (from, to, by) => {
      view.current?.dispatch({ changes: { from, to, insert: by }, selection: { anchor: from + by.length } });
      view.current?.focus();
    },
    replaceAll: (whole) => {
      const editor = view.current;
      if (!editor || editor.state.doc.toString() === whole) return;
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: whole } });
    },
    focus: () => view.current?.focus(),
  }));

  useEffect(() => {
    if (!host.current) return;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: start.current,
        selection: { anchor: start.current.length },
        extensions: [
          lineNumbers(),
          lintGutter(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          drawSelection(),
          history(),
          bracketMatching(),
          closeBrackets(),
          sql({ dialect }),
          autocompletion({
            override: [
              (context) => {
                const found = proposalsFor(
                  context.state.doc.toString(),
                  context.pos,
                  schema.current,
                  FUNCTIONS,
                  KEYWORDS,
                  context.explicit,
                );
                return found ? { ...found, validFor: /^[\w ]*$/ } : null;
              },
            ],
          }),
          syntaxHighlighting(ink),
          look,
          placeholder('SELECT …   names are completed as you type'),
          EditorView.contentAttributes.of({ 'aria-label': 'SQL', 'aria-multiline': 'true', tabindex: '0' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) actions.current.onChange(update.state.doc.toString());
          }),
          highlightSelectionMatches(),
          Prec.highest(
            keymap.of([
              {
                key: 'Mod-Enter',
                run: () => {
                  actions.current.onRun();
                  return true;
                },
              },
              {
                key: 'Shift-Alt-f',
                run: () => {
                  actions.current.onFormat();
                  return true;
                },
              },
            ]),
          ),
          keymap.of([
            ...closeBracketsKeymap,
            ...completionKeymap,
            ...searchKeymap,
            ...historyKeymap,
            ...lintKeymap,
            ...defaultKeymap,
            indentWithTab,
          ]),
        ],
      }),
    });
    view.current = editor;
    return () => {
      editor.destroy();
      view.current = null;
    };
  }, []);

  useEffect(() => {
    if (view.current) show(view.current, problem);
  }, [problem]);

  return <div ref={host} style={{ height: '100%' }} />;
}
