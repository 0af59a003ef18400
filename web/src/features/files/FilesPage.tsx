import { Button } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { filesQuery } from '@/api/files';
import { isRunning } from '@/api/progress';
import { sourcesQuery } from '@/api/sources';
import type { File } from '@/api/types';
import { addUploads, uploadsRunning, useUploads } from '@/api/uploads';
import { DeleteFileDialog } from '@/components/DeleteFileDialog';
import { DropArea } from '@/components/DropArea';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone, Page, PageHead, Section, ui } from '@/components/primitives';
import { SampleDataButton } from '@/components/SampleDataButton';
import { bytes, plural } from '@/lib/format';
import { FileCard } from './FileCard';
import s from './files.module.css';
import { SourceTable } from './SourceTable';
import { filesSentence, onePerSource } from './sentence';
import { UploadCard } from './UploadCard';
import { UploadMenu } from './UploadMenu';

/** A file that became ready while one looks on stays a card: it has just told something. */
const RECENT_MS = 10 * 60_000;

function useRecent(files: File[]): File[] {
  const opened = useRef(Date.now());
  return files.filter(
    (file) =>
      isRunning(file) ||
      file.processing_status === 'failed' ||
      new Date(file.updated_at).getTime() > opened.current - RECENT_MS,
  );
}

export default function FilesPage() {
  const files = useQuery(filesQuery);
  const sources = useQuery(sourcesQuery);
  const uploads = useUploads((state) => state.uploads);
  const [deleting, setDeleting] = useState<File | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const list = files.data?.files ?? [];
  const perSource = onePerSource(list);
  const recent = useRecent(perSource).slice(0, 12);
  const pending = uploads.filter((upload) => upload.state !== 'sent');
  // A file that was added to a source is seen there.
  const ready = list.filter((file) => file.processing_status === 'completed' && file.source_id === file.id);
  const bySource = new Map(sources.data?.sources.map((source) => [source.source_id, source]));
  const runningKey = list.filter(isRunning).length;
  const refetchSources = sources.refetch;
  useEffect(() => {
    if (runningKey === 0) void refetchSources();
  }, [runningKey, refetchSources]);
  const empty = files.data && list.length === 0 && pending.length === 0;
  return (
    <Page>
      <PageHead
        title={files.data ? filesSentence(perSource, uploadsRunning(uploads).length) : <Bone width={320} height={20} />}
        lede="What you upload is kept as it came. Types are decided on the whole file."
        actions={
          <>
            <input
              ref={picker}
              type="file"
              multiple
              hidden
              aria-label="Files to upload"
              onChange={(event) => {
                addUploads([...(event.target.files ?? [])]);
                event.target.value = '';
              }}
            />
            <Button
              variant="filled"
              leftSection={<IconUpload size={16} stroke={1.8} />}
              onClick={() => picker.current?.click()}
            >
              Upload files
            </Button>
            <UploadMenu />
          </>
        }
      />
      <DropArea title="Drop files anywhere on this page, or browse">
        Several files and folders at once are fine, and a table can be pasted. Everything is read and computed on this
        server.
      </DropArea>
      {files.error ? <ErrorNotice error={files.error} onRetry={() => void files.refetch()} /> : null}
      {empty ? (
        <div className={s.sample}>
          <span>No file at hand?</span>
          <SampleDataButton />
          <span className={ui.meta}>A small made-up retail business, to look around with.</span>
        </div>
      ) : null}
      {files.isPending ? <Bone height={148} /> : null}
      {recent.length + pending.length > 0 ? (
        <Section title="Just uploaded">
          <div className={s.cards}>
            {pending.map((upload) => (
              <UploadCard key={upload.key} upload={upload} />
            ))}
            {recent.map((file) => (
              <FileCard key={file.id} file={file} onDelete={() => setDeleting(file)} />
            ))}
          </div>
        </Section>
      ) : null}
      {ready.length > 0 ? (
        <Section
          title="All sources"
          note={`${plural(ready.length, 'source')}, ${bytes(ready.reduce((sum, file) => sum + file.file_size, 0))}`}
        >
          <SourceTable
            rows={ready.map((file) => ({ file, source: bySource.get(file.source_id || file.id) }))}
            onDelete={setDeleting}
          />
        </Section>
      ) : null}
      {deleting ? (
        <DeleteFileDialog id={deleting.id} name={deleting.filename} onClose={() => setDeleting(null)} />
      ) : null}
    </Page>
  );
}
