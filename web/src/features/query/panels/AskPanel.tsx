import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { address } from '@/api/client';
import { asApiError, errorFromText } from '@/api/errors';
import { fileQuery } from '@/api/files';
import { exportTicket } from '@/api/queries';
import { addUploads, onUploaded } from '@/api/uploads';
import { ErrorNotice } from '@/components/ErrorNotice';
import { ui } from '@/components/primitives';
import { fileNameOf } from '../exports';
import { bind } from '../parameters';
import { runOf, useRuns } from '../runs';
import type { PanelProps } from './Panels';
import p from './panels.module.css';
import { closePanel } from './store';

const POLL_MS = 300;

/** The id of the file, once the server has it. */
function uploaded(file: File): Promise<string> {
  return new Promise((done) => {
    const forget = onUploaded((reply) => {
      const ours = reply.files.find((one) => one.filename === file.name);
      if (!ours) return;
      forget();
      done(ours.file_id);
    });
    addUploads([file]);
  });
}

/** What no reading says can be asked about when its result is a table of its own. */
export default function AskPanel({ tab, id: reason }: PanelProps) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const known = useRuns((runs) => runOf(runs, tab.id));
  const [name, setName] = useState(tab.title);
  const [question, setQuestion] = useState('');
  const [step, setStep] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { bound } = bind(tab.definitions, tab.values);

  const keep = async () => {
    const sql = known.result ? known.sql : tab.sql;
    const fileName = fileNameOf(name, 'parquet');
    setError(null);
    setStep('The whole result is fetched.');
    const { ticket } = await exportTicket(sql, 'parquet', fileName, known.result ? known.bound : bound);
    const response = await fetch(address('/queries/download', { ticket }));
    if (!response.ok) throw errorFromText(response.status, await response.text());
    const file = new File([await response.blob()], fileName, { type: 'application/vnd.apache.parquet' });
    setStep('It becomes a table.');
    const fileId = await uploaded(file);
    for (;;) {
      const read = await client.fetchQuery({ ...fileQuery(fileId), staleTime: 0 });
      if (read.processing_status === 'failed')
        throw new Error(read.error?.message ?? 'The result could not be read as a table.');
      if (read.processing_status === 'completed') {
        // A name such as "taken by country" would else be read as part of the question.
        const ask = { message: question.trim(), sources: [read.source_id] };
        closePanel();
        navigate('/conversation', { state: { ask } });
        return;
      }
      await new Promise((done) => setTimeout(done, POLL_MS));
    }
  };
  return (
    <form
      className={p.panel}
      onSubmit={(event) => {
        event.preventDefault();
        keep().catch((failure: unknown) => {
          setError(failure instanceof Error && !('code' in failure) ? failure : asApiError(failure));
          setStep(null);
        });
      }}
    >
      <p className={ui.meta}>
        {reason} So a conversation can not go on from this SQL as it stands. Its result can be kept as a table of the
        workspace, as it is now; then anything can be asked about that.
      </p>
      <TextInput label="Name of the table" value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <TextInput
        label="What do you want to know of it?"
        placeholder="How many rows are there for each country?"
        value={question}
        onChange={(event) => setQuestion(event.currentTarget.value)}
        data-autofocus
      />
      {error ? <ErrorNotice error={error} /> : null}
      <div className={p.filters}>
        <Button type="submit" variant="filled" loading={step !== null} disabled={!name.trim() || !question.trim()}>
          Keep the result and ask
        </Button>
        <span className={ui.meta} role="status">
          {step}
        </span>
      </div>
    </form>
  );
}
