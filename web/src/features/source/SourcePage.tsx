import { Button } from '@mantine/core';
import { IconFilePlus, IconFileUpload, IconMessage2, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { sourceInfoQuery, versionInUse } from '@/api/files';
import { isRunning } from '@/api/progress';
import type { DataSourceInfo, Source, TableProfile } from '@/api/types';
import { addUploads } from '@/api/uploads';
import { ActionMenu } from '@/components/ActionMenu';
import { useCrumb } from '@/components/crumb';
import { DeleteFileDialog } from '@/components/DeleteFileDialog';
import { Empty } from '@/components/Empty';
import { ErrorNotice } from '@/components/ErrorNotice';
import { FileStages, stageFraction } from '@/components/FileStages';
import { Bone, Card, Chip, Page, PageHead, Section } from '@/components/primitives';
import { Tabs, useTab } from '@/components/Tabs';
import { count, plural } from '@/lib/format';
import { listed, stem } from '@/lib/words';
import { outOf100 } from './describe';
import { ProfileStrip } from './ProfileStrip';
import { Quality } from './Quality';
import { Rail } from './Rail';
import s from './source.module.css';

/** What most visits do not show comes when it is needed: other tabs, a change that waits. */
const PendingChange = lazy(() => import('./Changes'));
const Cleanup = lazy(() => import('./Cleanup'));
const PlanView = lazy(() => import('./PlanView'));
const RawRows = lazy(() => import('./RawRows'));
const RowsPreview = lazy(() => import('./RowsPreview'));
const TextView = lazy(() => import('./TextView'));
const ModelTab = lazy(() => import('./ModelTab'));

const POLL_MS = 1500;

/** The one thing that speaks most against the data, unless it is not worth a word. */
function worstFault(profiles: TableProfile[]): string | null {
  const worst = profiles
    .filter((profile) => profile.quality && profile.quality.score < 0.97)
    .sort((a, b) => (a.quality?.score ?? 1) - (b.quality?.score ?? 1))[0];
  const words = worst?.quality?.reasons[0]?.words;
  if (!worst?.quality || !words) return null;
  const whose = profiles.length > 1 ? `The quality of ${worst.table}` : 'Its quality';
  return `${whose} is ${outOf100(worst.quality.score)} of 100 (${words}).`;
}

/** What is worth knowing before asking, in a sentence or two. */
function lede(info: DataSourceInfo): string {
  const version = versionInUse(info);
  if (!version) return '';
  const parts: string[] = [];
  const money = new Set(
    version.profiles.flatMap((profile) =>
      profile.columns.filter((column) => column.semantic_type === 'amount' && column.unit).map((column) => column.unit),
    ),
  );
  if (money.size > 0) parts.push(`Amounts are in ${listed([...money].map(String))}.`);
  const aside = version.load_report.tables.reduce((sum, table) => sum + table.quarantined, 0);
  if (aside > 0) parts.push(`${plural(aside, 'cell')} did not fit and ${aside === 1 ? 'was' : 'were'} set aside.`);
  const fault = worstFault(version.profiles);
  if (fault) parts.push(fault);
  if (version.load_report.tables.length > 0) parts.push('Every type was decided on the whole file.');
  if ((version.load_report.passages ?? 0) > 0) parts.push('Its text can be searched, and answers quote it.');
  return parts.join(' ');
}

/** For a document without tables. */
function documentSentence(info: DataSourceInfo): string {
  const report = info.versions[0]?.load_report;
  if (!report?.passages) return '';
  const name = info.file_info.filename;
  return report.pages ? `${plural(report.pages, 'page')} of text in ${name}` : `The text of ${name}`;
}

function TableChoice({ source, active }: { source: Source; active: string }) {
  const [, setSearch] = useSearchParams();
  if (source.schema.tables.length < 2) return null;
  return (
    <div className={s.tables}>
      {source.schema.tables.map((table) => (
        <Chip
          key={table.name}
          aria-pressed={table.name === active}
          onClick={() =>
            setSearch((before) => {
              const next = new URLSearchParams(before);
              next.set('table', table.name);
              return next;
            })
          }
        >
          <b>{table.title}</b> {plural(table.rows, 'row')}
        </Chip>
      ))}
    </div>
  );
}

function Ready({ info, source }: { info: DataSourceInfo; source: Source }) {
  const [search] = useSearchParams();
  const [deleting, setDeleting] = useState(false);
  const navigate = useNavigate();
  const picker = useRef<HTMLInputElement>(null);
  const mode = useRef<'append' | 'replace'>('replace');
  const pick = (how: 'append' | 'replace') => {
    mode.current = how;
    picker.current?.click();
  };
  const [raw, setRaw] = useState(false);
  const version = versionInUse(info);
  const table = source.schema.tables.find((one) => one.name === search.get('table')) ?? source.schema.tables[0];
  const profile = version?.profiles.find((one) => one.table === table?.name);
  const aside = version?.load_report.tables.reduce((sum, one) => sum + one.quarantined, 0) ?? 0;
  const passages = version?.load_report.passages ?? 0;
  const tabs = [
    ...(table
      ? [
          { id: 'profile', label: 'Profile' },
          { id: 'model', label: 'Meaning' },
          { id: 'rows', label: 'Rows', count: count(table.rows) },
          { id: 'cleanup', label: 'Clean up' },
        ]
      : []),
    ...(passages > 0 ? [{ id: 'text', label: 'Text', count: plural(passages, 'passage') }] : []),
    { id: 'load', label: 'How it was read', count: aside > 0 ? `${count(aside)} set aside` : undefined },
  ];
  const [tab, setTab] = useTab(tabs);
  const first = source.suggested_questions[0];
  return (
    <Page>
      <PageHead
        title={
          source.sentence ||
          profile?.sentence ||
          documentSentence(info) ||
          `${plural(source.rows, 'row')} in ${source.source_name}`
        }
        lede={lede(info)}
        actions={
          <>
            <Button
              variant="filled"
              component={Link}
              to={first ? `/conversation?draft=${encodeURIComponent(first)}` : '/conversation'}
              leftSection={<IconMessage2 size={16} stroke={1.8} />}
            >
              Ask
            </Button>
            <ActionMenu
              label="More actions"
              actions={[
                { label: 'Replace with a newer file', icon: IconFileUpload, onClick: () => pick('replace') },
                { label: 'Add rows from files', icon: IconFilePlus, onClick: () => pick('append') },
                { label: 'Delete the file', icon: IconTrash, onClick: () => setDeleting(true), danger: true },
              ]}
            />
            <input
              ref={picker}
              type="file"
              multiple
              hidden
              aria-label="Files for this source"
              onChange={(event) => {
                addUploads([...(event.target.files ?? [])], { sourceId: source.source_id, mode: mode.current });
                event.target.value = '';
              }}
            />
          </>
        }
      />
      <Suspense>
        <PendingChange sourceId={source.source_id} inUse={source.version} table={table?.name} />
      </Suspense>
      <Tabs items={tabs} active={tab} onChoose={setTab} label="Parts of this source" />
      <div className={s.layout}>
        <div className={s.main} role="tabpanel" aria-labelledby={`tab-${tab}`}>
          {table && tab !== 'text' ? <TableChoice source={source} active={table.name} /> : null}
          {tab === 'profile' && table && version ? (
            <>
              {profile ? <ProfileStrip profile={profile} /> : <Profiling columns={table.columns.length} />}
              {profile ? <Quality profile={profile} /> : null}
              <Section title="Rows" note="as they stand in the file">
                <Suspense fallback={<Bone height={385} />}>
                  <RowsPreview
                    table={table.name}
                    version={version.version}
                    total={table.rows}
                    profile={profile}
                    maxHeight={385}
                  />
                </Suspense>
              </Section>
            </>
          ) : null}
          <Suspense fallback={<Bone height={320} />}>
            {tab === 'rows' && table && version ? (
              <>
                <div className={s.tables}>
                  <Chip aria-pressed={!raw} onClick={() => setRaw(false)}>
                    Typed values
                  </Chip>
                  <Chip aria-pressed={raw} onClick={() => setRaw(true)}>
                    Texts as the file has them
                  </Chip>
                </div>
                {raw ? (
                  <RawRows sourceId={source.source_id} table={table.name} version={version.version} maxHeight={640} />
                ) : (
                  <RowsPreview
                    table={table.name}
                    version={version.version}
                    total={table.rows}
                    profile={profile}
                    maxHeight={640}
                  />
                )}
              </>
            ) : null}
            {tab === 'model' ? <ModelTab source={source} table={table?.name} /> : null}
            {tab === 'cleanup' && table && version ? (
              <Cleanup sourceId={source.source_id} version={version.version} table={table} />
            ) : null}
            {tab === 'text' ? <TextView fileId={info.file_info.id} sourceId={source.source_id} /> : null}
            {tab === 'load' && version ? (
              <PlanView sourceId={source.source_id} version={version.version} table={table?.name} />
            ) : null}
          </Suspense>
        </div>
        <Rail info={info} source={source} />
      </div>
      {deleting ? (
        <DeleteFileDialog
          id={info.file_info.id}
          name={info.file_info.filename}
          onClose={() => setDeleting(false)}
          onDeleted={() => navigate('/files', { replace: true })}
        />
      ) : null}
    </Page>
  );
}

/** Published, and still being looked at: the shape of the strip to come. */
function Profiling({ columns }: { columns: number }) {
  return (
    <Card className={s.profile} aria-busy aria-label="The columns are being profiled">
      {Array.from({ length: Math.min(columns, 14) }, (_, index) => (
        <div className={s.bones} key={index}>
          <Bone width={120} />
          <Bone width={90} />
          <Bone width={152} height={20} />
          <Bone width="40%" />
        </div>
      ))}
    </Card>
  );
}

function NotYet({ info }: { info: DataSourceInfo }) {
  const file = info.file_info;
  if (isRunning(file)) {
    return (
      <Page>
        <PageHead title={`${file.filename} is being read`} lede="This page fills as soon as the rows are published." />
        <FileStages file={file} fraction={stageFraction(file.progress)} />
        <Profiling columns={8} />
      </Page>
    );
  }
  return (
    <Page>
      <Empty sentence={file.error?.message ?? `${file.filename} could not be read.`}>
        <Button variant="filled" component={Link} to="/files">
          See what to do
        </Button>
      </Empty>
    </Page>
  );
}

export default function SourcePage() {
  const { id = '' } = useParams();
  const info = useQuery({
    ...sourceInfoQuery(id),
    refetchInterval: (query) => (query.state.data && isRunning(query.state.data.file_info) ? POLL_MS : false),
  });
  const source = info.data?.data_source_info;
  useCrumb(info.data ? stem(info.data.file_info.filename) : null);
  if (info.error) {
    return (
      <Page>
        <ErrorNotice error={info.error} onRetry={() => void info.refetch()} />
      </Page>
    );
  }
  if (!info.data) {
    return (
      <Page>
        <Bone width={380} height={24} />
        <Profiling columns={10} />
      </Page>
    );
  }
  return source ? <Ready key={id} info={info.data} source={source} /> : <NotYet info={info.data} />;
}
