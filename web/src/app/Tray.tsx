import { ActionIcon } from '@mantine/core';
import { IconAlertCircle, IconCheck, IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { filesQuery } from '@/api/files';
import { isRunning, STAGE_WORDS, STAGES, stageIndex } from '@/api/progress';
import type { File } from '@/api/types';
import { dismissUpload, type Upload, uploadsRunning, useUploads } from '@/api/uploads';
import { bytes, percent, plural } from '@/lib/format';
import t from './tray.module.css';

function Row({
  name,
  words,
  fraction,
  tone,
}: {
  name: string;
  words: string;
  fraction?: number;
  tone?: 'good' | 'bad';
}) {
  return (
    <>
      <div className={t.line}>
        {tone === 'good' ? <IconCheck size={14} stroke={2} color="var(--good)" /> : null}
        {tone === 'bad' ? <IconAlertCircle size={14} stroke={2} color="var(--bad)" /> : null}
        <b title={name}>{name}</b>
      </div>
      <span className={t.words}>{words}</span>
      {fraction === undefined ? null : (
        <i className={t.bar}>
          <i style={{ width: percent(fraction, 0).replace(/\s/g, '') }} />
        </i>
      )}
    </>
  );
}

function UploadRow({ upload }: { upload: Upload }) {
  if (upload.state === 'failed')
    return <Row name={upload.name} words={upload.error?.message ?? 'Could not be uploaded'} tone="bad" />;
  const fraction = upload.size > 0 ? upload.sent / upload.size : 1;
  const words = upload.state === 'waiting' ? 'Waiting' : `Uploading, ${bytes(upload.sent)} of ${bytes(upload.size)}`;
  return <Row name={upload.name} words={words} fraction={fraction} />;
}

function FileRow({ file }: { file: File }) {
  if (file.processing_status === 'failed')
    return <Row name={file.filename} words={file.error?.message ?? 'Could not be read'} tone="bad" />;
  if (file.processing_status === 'completed') return <Row name={file.filename} words="Ready to ask" tone="good" />;
  const stage = STAGES[stageIndex(file.progress.stage)] ?? 'received';
  return <Row name={file.filename} words={STAGE_WORDS[stage]} fraction={file.progress.fraction} />;
}

/** What is under way, on every page but Files, where the same is shown in full. */
export function Tray() {
  const { pathname } = useLocation();
  const uploads = useUploads((state) => state.uploads);
  const { data } = useQuery(filesQuery);
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState(true);
  const files = data?.files ?? [];
  const runningIds = files
    .filter(isRunning)
    .map((file) => file.id)
    .join(' ');
  useEffect(() => {
    if (runningIds) setSeen((before) => new Set([...before, ...runningIds.split(' ')]));
  }, [runningIds]);
  const shownFiles = files.filter((file) => seen.has(file.id) || isRunning(file));
  const shownUploads = uploads.filter((upload) => upload.state !== 'sent');
  const busy = uploadsRunning(uploads).length + shownFiles.filter(isRunning).length;
  const total = shownFiles.length + shownUploads.length;
  if (total === 0 || pathname === '/files') return null;
  const dismiss = () => {
    setSeen(new Set());
    for (const upload of shownUploads) if (upload.state === 'failed') dismissUpload(upload.key);
  };
  return (
    <section className={t.tray} aria-label="Files under way">
      <header>
        <b aria-live="polite">{busy > 0 ? `Reading ${plural(busy, 'file')}` : `${plural(total, 'file')} done`}</b>
        <ActionIcon size={24} aria-label={open ? 'Show less' : 'Show more'} onClick={() => setOpen(!open)}>
          {open ? <IconChevronDown size={15} /> : <IconChevronUp size={15} />}
        </ActionIcon>
        {busy === 0 ? (
          <ActionIcon size={24} aria-label="Close" onClick={dismiss}>
            <IconX size={15} />
          </ActionIcon>
        ) : null}
      </header>
      {open ? (
        <ul>
          {shownUploads.map((upload) => (
            <li key={upload.key}>
              <UploadRow upload={upload} />
            </li>
          ))}
          {shownFiles.map((file) => (
            <li key={file.id}>
              <Link to={file.processing_status === 'completed' ? `/sources/${file.id}` : '/files'}>
                <FileRow file={file} />
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
