import { ActionIcon } from '@mantine/core';
import { IconArrowUp, IconPlayerStopFilled } from '@tabler/icons-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { sourceInfoQuery } from '@/api/files';
import { sourcesQuery } from '@/api/sources';
import { Kbd } from '@/components/primitives';
import s from './composer.module.css';
import { completionsOf, vocabularyOf } from './vocabulary';

/** Vocabularies of more sources than this would cost more than they help. */
const MOST_SOURCES = 12;

function useVocabulary(wanted: boolean) {
  const sources = useQuery(sourcesQuery).data?.sources ?? [];
  const infos = useQueries({
    queries: sources
      .slice(0, MOST_SOURCES)
      .map((source) => ({ ...sourceInfoQuery(source.source_id), enabled: wanted })),
    combine: (results) => results.flatMap((result) => (result.data ? [result.data] : [])),
  });
  return useMemo(() => vocabularyOf(infos), [infos]);
}

export function Composer({
  draft,
  busy,
  follows,
  onUnfollow,
  onAsk,
  onStop,
}: {
  draft: string;
  busy: boolean;
  follows: string | undefined;
  /** Given when it goes on from an earlier step: back to the last one. */
  onUnfollow?: (() => void) | undefined;
  onAsk: (message: string) => void;
  onStop: () => void;
}) {
  const [text, setText] = useState(draft);
  const [focused, setFocused] = useState(false);
  const [chosen, setChosen] = useState(0);
  const [closed, setClosed] = useState(false);
  const input = useRef<HTMLTextAreaElement>(null);
  const list = useId();
  const vocabulary = useVocabulary(focused);
  const completions = useMemo(() => (closed ? [] : completionsOf(text, vocabulary)), [closed, text, vocabulary]);
  const open = focused && completions.length > 0;

  useEffect(() => setText(draft), [draft]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useEffect(() => {
    const node = input.current;
    if (!node) return;
    node.style.height = 'auto';
    node.style.height = `${Math.min(160, node.scrollHeight)}px`;
  }, [text]);

  const write = (next: string) => {
    setText(next);
    setChosen(0);
    setClosed(false);
  };
  const take = (index: number) => {
    const completion = completions[index];
    if (!completion) return;
    write(completion.result);
    input.current?.focus();
  };
  const send = () => {
    const message = text.trim();
    if (!message || busy) return;
    setText('');
    onAsk(message);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (open && event.key === 'Tab' && !event.shiftKey) {
      event.preventDefault();
      take(chosen);
    } else if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setChosen((chosen + step + completions.length) % completions.length);
    } else if (open && event.key === 'Escape') {
      setClosed(true);
    }
  };
  return (
    <div className={s.dock}>
      <div className={s.composer}>
        {open ? (
          <div className={s.completions} role="listbox" id={list} aria-label="Completions">
            {completions.map((completion, index) => (
              <button
                key={completion.text}
                id={`${list}-${index}`}
                type="button"
                className={s.completion}
                role="option"
                aria-selected={index === chosen}
                tabIndex={-1}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => take(index)}
              >
                <b>{completion.text}</b> {completion.kind}
              </button>
            ))}
          </div>
        ) : null}
        <div className={s.inputRow}>
          <textarea
            ref={input}
            rows={1}
            value={text}
            placeholder={follows ? 'Ask further' : 'Ask about your data'}
            aria-label="Your question"
            role="combobox"
            aria-expanded={open}
            aria-controls={open ? list : undefined}
            aria-activedescendant={open ? `${list}-${chosen}` : undefined}
            aria-autocomplete="list"
            maxLength={2000}
            onChange={(event) => write(event.target.value)}
            onKeyDown={onKeyDown}
            onFocus={() => setFocused(true)}
            onBlur={() => setFocused(false)}
          />
          {open ? <Kbd>Tab</Kbd> : null}
          {busy ? (
            <ActionIcon variant="default" size={32} aria-label="Stop" onClick={onStop}>
              <IconPlayerStopFilled size={14} />
            </ActionIcon>
          ) : (
            <ActionIcon variant="filled" color="sea" size={32} aria-label="Ask" onClick={send}>
              <IconArrowUp size={18} stroke={2} />
            </ActionIcon>
          )}
        </div>
      </div>
      <div className={s.under}>
        <span>
          {follows ? `${onUnfollow ? 'Goes on from' : 'Follows'} “${follows}”` : 'A new conversation'}
          {onUnfollow ? (
            <button type="button" className={s.unfollow} onClick={onUnfollow}>
              Go on from the last answer instead
            </button>
          ) : null}
        </span>
        <span>Enter asks, Shift + Enter breaks the line</span>
      </div>
    </div>
  );
}
