import { Button } from '@mantine/core';
import { IconGitBranch, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { syncFeatures } from '@/api/files';
import type { DataSourceInfo, FeatureState, ModelJoin, Source } from '@/api/types';
import { Ago } from '@/components/Ago';
import { askAddress } from '@/components/AskBox';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Card, ChipLink, Dot, Section } from '@/components/primitives';
import { toast } from '@/components/toast';
import { bytes, count, percent, plural } from '@/lib/format';
import { featureName } from '@/lib/words';
import s from './source.module.css';
import { Versions } from './Versions';

function Facts({ info, source }: { info: DataSourceInfo; source: Source }) {
  const file = info.file_info;
  return (
    <Section title="About">
      <Card>
        <div className={s.fact}>
          <span>Updated</span>
          <span>
            <Ago time={source.updated_at} />
          </span>
        </div>
        {source.schema.tables.length > 0 ? (
          <div className={s.fact}>
            <span>Rows</span>
            <span>{count(source.rows)}</span>
          </div>
        ) : null}
        <div className={s.fact}>
          <span>File</span>
          <span title={file.filename}>{file.filename}</span>
        </div>
        <div className={s.fact}>
          <span>Size</span>
          <span>{bytes(file.file_size)}</span>
        </div>
      </Card>
    </Section>
  );
}

function Joins({ joins, tables }: { joins: ModelJoin[]; tables: Set<string> }) {
  if (joins.length === 0) return null;
  return (
    <Section title="Joins" note="found by comparing values">
      <Card>
        {joins.map((join) => {
          const own = tables.has(join.left.table);
          const other = own ? join.right : join.left;
          const mine = own ? join.left : join.right;
          return (
            <div
              className={s.item}
              key={`${join.left.table}.${join.left.column} ${join.right.table}.${join.right.column}`}
            >
              <IconGitBranch size={16} stroke={1.6} />
              <div>
                <p title={other.table}>{other.table}</p>
                <p className={s.sub}>
                  {mine.column === other.column ? `on ${mine.column}` : `${mine.column} = ${other.column}`}
                </p>
              </div>
              <span className={s.side}>
                {percent(join.match_ratio)}
                <span className={join.orphans > 0 ? s.subWarn : s.sub}>{plural(join.orphans, 'orphan')}</span>
              </span>
            </div>
          );
        })}
      </Card>
    </Section>
  );
}

function Features({ source }: { source: Source }) {
  const client = useQueryClient();
  const sync = useMutation({
    mutationFn: () => syncFeatures(source.source_id),
    onSuccess: (reply) => {
      void toast(reply.started > 0 ? 'The features are being brought up to date.' : 'Every feature is up to date.');
      void client.invalidateQueries({ queryKey: ['source-info', source.source_id] });
    },
  });
  const states: [string, FeatureState][] = Object.entries(source.feature_integrations);
  const behind = states.filter(([, state]) => state.enabled && state.version < source.version).length;
  return (
    <Section
      title="Features"
      note={behind === 0 ? 'all up to date' : `${count(behind)} behind`}
      action={
        <Button
          size="compact-sm"
          leftSection={<IconRefresh size={14} stroke={1.6} />}
          loading={sync.isPending}
          onClick={() => sync.mutate()}
        >
          Sync features
        </Button>
      }
    >
      <Card>
        {states.map(([name, state]) => (
          <div className={s.feature} key={name}>
            <Dot tone={!state.enabled ? 'none' : state.version >= source.version ? 'good' : 'warn'} />
            <span>{featureName(name)}</span>
            <span className={s.sub}>
              {!state.enabled ? (
                'off'
              ) : state.version >= source.version ? (
                state.last_sync ? (
                  <Ago time={state.last_sync} />
                ) : (
                  'up to date'
                )
              ) : state.version > 0 ? (
                `at version ${state.version}`
              ) : (
                'not yet'
              )}
            </span>
          </div>
        ))}
      </Card>
      {sync.error ? <ErrorNotice error={sync.error} /> : null}
    </Section>
  );
}

/** What stands beside every tab: questions to start with, facts, joins, features, versions. */
export function Rail({ info, source }: { info: DataSourceInfo; source: Source }) {
  const tables = new Set(source.schema.tables.map((table) => table.name));
  const joins = (info.semantic_model?.schema_definition.joins ?? []).filter(
    (join) => tables.has(join.left.table) || tables.has(join.right.table),
  );
  return (
    <div className={s.rail}>
      {source.suggested_questions.length > 0 ? (
        <Section title="Ask first">
          <div className={s.asks}>
            {source.suggested_questions.slice(0, 6).map((question) => (
              <ChipLink key={question} to={askAddress(question)}>
                {question}
              </ChipLink>
            ))}
          </div>
        </Section>
      ) : null}
      <Facts info={info} source={source} />
      <Joins joins={joins} tables={tables} />
      <Features source={source} />
      <Versions sourceId={source.source_id} />
    </div>
  );
}
