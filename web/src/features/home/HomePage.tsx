import { IconMessage2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { meQuery } from '@/api/auth';
import { conversationsQuery } from '@/api/conversations';
import { filesQuery } from '@/api/files';
import { isRunning } from '@/api/progress';
import { sourcesQuery } from '@/api/sources';
import type { ConversationHead, File, Source } from '@/api/types';
import { useUploads } from '@/api/uploads';
import { Ago } from '@/components/Ago';
import { AskBox, askAddress } from '@/components/AskBox';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone, Card, ChipLink, Dot, Page, PageHead, Section, type Tone, ui } from '@/components/primitives';
import { compact, count, percent, plural } from '@/lib/format';
import { sizeOf, stem } from '@/lib/words';
import { FirstRun } from './FirstRun';
import s from './home.module.css';
import { greeting, suggestionsOf } from './suggestions';

function lede(sources: Source[], files: File[]): string {
  const rows = sources.reduce((sum, source) => sum + source.rows, 0);
  const running = files.filter(isRunning).length;
  const failed = files.filter((file) => file.processing_status === 'failed').length;
  const parts = [`${plural(sources.length, 'source')} with ${rows >= 1e6 ? compact(rows) : count(rows)} rows to ask.`];
  if (running > 0) parts.push(`${plural(running, 'file is', 'files are')} being read.`);
  if (failed > 0) parts.push(`${plural(failed, 'file')} could not be read.`);
  return parts.join(' ');
}

function Recent({ conversations }: { conversations: ConversationHead[] }) {
  if (conversations.length === 0) {
    return (
      <Card className={s.list}>
        <p className={s.nothing}>Nothing asked yet. Write a question above, or take one of the suggestions.</p>
      </Card>
    );
  }
  return (
    <Card className={s.list}>
      {conversations.slice(0, 8).map((conversation) => (
        <Link to={`/conversation/${conversation.id}`} className={s.row} key={conversation.id}>
          <IconMessage2 size={18} stroke={1.6} color="var(--text-3)" />
          <div className={s.rowText}>
            <p className={s.rowTitle} title={conversation.title}>
              {conversation.title}
            </p>
            <p className={s.rowSub}>{plural(conversation.turns, 'question')}</p>
          </div>
          <span className={s.rowSide}>
            <Ago time={conversation.updated_at} />
          </span>
        </Link>
      ))}
    </Card>
  );
}

/** What there is to ask, each with its sentence and a question to begin with. */
function YourData({ sources }: { sources: Source[] }) {
  if (sources.length === 0) return null;
  return (
    <Section title="Your data">
      <div className={s.data}>
        {sources.slice(0, 4).map((source) => (
          <Card key={source.source_id} className={s.datum}>
            <Link to={`/sources/${source.source_id}`} className={s.datumHead}>
              <b title={source.source_name}>{stem(source.source_name)}</b>
              <p>{source.sentence || sizeOf(source)}</p>
            </Link>
            <div className={s.datumAsks}>
              {source.suggested_questions.slice(0, 2).map((question) => (
                <ChipLink key={question} to={askAddress(question)}>
                  {question}
                </ChipLink>
              ))}
            </div>
          </Card>
        ))}
      </div>
    </Section>
  );
}

const TONES: Record<File['processing_status'], Tone> = {
  completed: 'good',
  processing: 'accent',
  pending: 'accent',
  failed: 'bad',
};

function FileRow({ file, source }: { file: File; source: Source | undefined }) {
  const to = file.processing_status === 'completed' ? `/sources/${file.source_id || file.id}` : '/files';
  return (
    <Link to={to} className={s.source}>
      <Dot tone={TONES[file.processing_status]} />
      <span title={file.filename}>{file.filename}</span>
      <span>
        {isRunning(file)
          ? percent(file.progress.fraction, 0)
          : file.processing_status === 'failed'
            ? 'not read'
            : source
              ? sizeOf(source)
              : 'ready'}
      </span>
    </Link>
  );
}

function Skeleton() {
  return (
    <Page>
      <div className={s.grid}>
        <div className={s.col}>
          <Bone width={240} height={24} />
          <Bone height={48} />
          <Bone height={220} />
        </div>
        <div className={s.col}>
          <Bone height={220} />
        </div>
      </div>
    </Page>
  );
}

export default function HomePage() {
  const me = useQuery(meQuery);
  const files = useQuery(filesQuery);
  const sources = useQuery(sourcesQuery);
  const conversations = useQuery(conversationsQuery);
  const uploading = useUploads((state) => state.uploads.length > 0);
  const firstName = me.data?.full_name.split(' ')[0];
  if (files.error) {
    return (
      <Page>
        <ErrorNotice error={files.error} onRetry={() => void files.refetch()} />
      </Page>
    );
  }
  if (!files.data || !sources.data) return <Skeleton />;
  if (files.data.files.length === 0 && !uploading) return <FirstRun name={firstName} />;
  const list = sources.data.sources;
  const bySource = new Map(list.map((source) => [source.source_id, source]));
  const hello = greeting(new Date().getHours());
  const suggestions = suggestionsOf(list, 4);
  return (
    <Page>
      <div className={s.grid}>
        <div className={s.col}>
          <PageHead title={firstName ? `${hello}, ${firstName}` : hello} lede={lede(list, files.data.files)} />
          <div className={s.ask}>
            <AskBox note={list.length > 1 ? `in all ${count(list.length)} sources` : undefined} />
            {suggestions.length > 0 ? (
              <div className={s.suggest}>
                {suggestions.map((question) => (
                  <ChipLink key={question} to={askAddress(question)}>
                    {question}
                  </ChipLink>
                ))}
              </div>
            ) : null}
          </div>
          <Section title="Recent conversations">
            {conversations.data ? (
              <Recent conversations={conversations.data.conversations} />
            ) : conversations.error ? (
              <ErrorNotice error={conversations.error} onRetry={() => void conversations.refetch()} />
            ) : (
              <Bone height={104} />
            )}
          </Section>
          <YourData sources={list} />
        </div>
        <div className={s.col}>
          <Section
            title="Files"
            note={`${count(files.data.total_count)} in this workspace`}
            action={
              <Link to="/files" className={ui.link}>
                Add
              </Link>
            }
          >
            <Card className={s.list}>
              {files.data.files.slice(0, 12).map((file) => (
                <FileRow key={file.id} file={file} source={bySource.get(file.source_id || file.id)} />
              ))}
            </Card>
          </Section>
        </div>
      </div>
    </Page>
  );
}
