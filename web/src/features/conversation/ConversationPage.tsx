import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router';
import { conversationsQuery } from '@/api/conversations';
import { useCrumb } from '@/components/crumb';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone } from '@/components/primitives';
import { AnswerView } from './AnswerView';
import { Branch } from './Branch';
import { Composer } from './Composer';
import type { Change } from './changes';
import s from './conversation.module.css';
import { PendingTurn } from './PendingTurn';
import { Start } from './Start';
import { ThreadList } from './ThreadList';
import { ThreadRail } from './ThreadRail';
import { useThread } from './useThread';

const ThreadPopover = lazy(() => import('./ThreadPopover'));

/** A question in the address is asked once, and then taken out of it. */
function useQuestionInAddress(send: (message: string) => void): string {
  const [search, setSearch] = useSearchParams();
  const question = search.get('ask');
  const [draft, setDraft] = useState(search.get('draft') ?? '');
  useEffect(() => {
    if (!question) return;
    const timer = setTimeout(() => {
      setDraft('');
      setSearch({}, { replace: true });
      send(question);
    }, 0);
    return () => clearTimeout(timer);
  }, [question, send, setSearch]);
  return draft;
}

/** A result that another page wants to talk about: its words and its reading. Asked once. */
function useHandedOver(send: (change: Change) => void) {
  const { state, pathname } = useLocation();
  const navigate = useNavigate();
  const asked = (state as { ask?: Change } | null)?.ask;
  useEffect(() => {
    if (!asked) return;
    const timer = setTimeout(() => {
      navigate(pathname, { replace: true, state: null });
      send(asked);
    }, 0);
    return () => clearTimeout(timer);
  }, [asked, send, navigate, pathname]);
}

export default function ConversationPage() {
  const { id } = useParams();
  const { stored, turns, pending, send, stop } = useThread(id);
  const heads = useQuery(conversationsQuery).data?.conversations;
  const title = heads?.find((head) => head.id === id)?.title ?? stored.data?.conversation.title;
  useCrumb(id ? title : null);
  const [asked] = useState(() => (message: string) => void sendNow.current({ message }));
  const [handed] = useState(() => (change: Change) => void sendNow.current(change));
  const sendNow = useRef(send);
  sendNow.current = send;
  const draft = useQuestionInAddress(asked);
  useHandedOver(handed);

  // What was asked last is what one wants to see.
  const end = useRef<HTMLDivElement>(null);
  const seen = turns.length + (pending ? 0.5 : 0);
  useEffect(() => {
    if (seen > 0) end.current?.querySelector(':scope > section:last-of-type')?.scrollIntoView({ block: 'start' });
  }, [seen]);

  // An earlier step that the next question goes on from.
  const [branch, setBranch] = useState<string | null>(null);
  const from = turns.find((turn) => turn.id === branch) ?? turns.at(-1);
  const askFrom = (change: Change) => {
    setBranch(null);
    void send(branch && change.after === undefined ? { ...change, after: branch } : change);
  };
  const loading = id !== undefined && stored.isPending;
  return (
    <main className={s.layout} id="content">
      <nav className={s.threads} aria-label="Conversations">
        <ThreadList activeId={id} />
      </nav>
      <div className={s.center}>
        <div className={s.threadButton}>
          <Suspense>
            <ThreadPopover id={id} />
          </Suspense>
        </div>
        <div className={s.column} ref={end}>
          {loading ? (
            <>
              <Bone width="50%" height={36} />
              <Bone height={240} />
            </>
          ) : null}
          {stored.error && id ? <ErrorNotice error={stored.error} onRetry={() => void stored.refetch()} /> : null}
          {!id && !pending ? <Start onAsk={(change) => void send(change)} /> : null}
          {turns.map((turn, index) => (
            <section className={s.turn} key={turn.id} id={`turn-${turn.id}`}>
              <h2 className={s.question}>{turn.question}</h2>
              {turn.question === turns[index - 1]?.question && turn.answer.reading ? (
                <p className={s.reread}>The same question, read as {turn.answer.reading.sentence}</p>
              ) : null}
              <Branch turn={turn} turns={turns} index={index} />
              <AnswerView
                answer={turn.answer}
                question={turn.question}
                last={index === turns.length - 1 && !pending}
                onAsk={(change) => askFrom({ after: turn.id, ...change })}
                onBranch={
                  index < turns.length - 1 && turn.answer.reading
                    ? () => {
                        setBranch(turn.id);
                        document.querySelector<HTMLTextAreaElement>('textarea[role="combobox"]')?.focus();
                      }
                    : undefined
                }
              />
            </section>
          ))}
          {pending ? <PendingTurn pending={pending} onRetry={() => void send(pending.change)} /> : null}
        </div>
        <Composer
          draft={draft}
          busy={pending !== null && pending.error === undefined}
          follows={from?.question}
          onUnfollow={branch ? () => setBranch(null) : undefined}
          onAsk={(message) => askFrom({ message })}
          onStop={stop}
        />
      </div>
      <ThreadRail turns={turns} onAsk={askFrom} />
    </main>
  );
}
