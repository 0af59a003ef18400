import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeSteps, planQuery } from '@/api/sources';
import type { Step, StepKind, Table } from '@/api/types';
import { Choice } from '@/components/Choice';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone, Card, Section } from '@/components/primitives';
import { plural } from '@/lib/format';
import { StepFields } from './StepFields';
import s from './source.module.css';
import { isComplete, KINDS, stepInWords } from './steps';

/** The steps that are done after reading, on every new version too. */
export default function Cleanup({ sourceId, version, table }: { sourceId: string; version: number; table: Table }) {
  const client = useQueryClient();
  const plan = useQuery(planQuery(sourceId, version));
  const [draft, setDraft] = useState<Step>({ kind: 'rename', table: table.name });
  const change = useMutation({
    mutationFn: (steps: Step[]) => changeSteps(sourceId, steps),
    onSuccess: () => client.invalidateQueries({ queryKey: ['source-versions', sourceId] }),
  });
  const look = useMutation({
    mutationFn: (steps: Step[]) => changeSteps(sourceId, steps, true),
    onSuccess: () => client.invalidateQueries({ queryKey: ['source-versions', sourceId] }),
  });
  if (plan.error) return <ErrorNotice error={plan.error} onRetry={() => void plan.refetch()} />;
  if (!plan.data) return <Bone height={240} />;
  const { steps, step_reports: reports } = plan.data;
  const step: Step = { ...draft, table: table.name };
  return (
    <>
      <Section title="Steps" note="done after reading, in this order, on every new version too">
        {steps.length === 0 ? (
          <p className={s.quiet}>Nothing is changed after reading yet.</p>
        ) : (
          <Card>
            {steps.map((one, index) => (
              <div className={s.item} key={index}>
                <span className={s.number}>{index + 1}</span>
                <div>
                  <p title={stepInWords(one)}>{stepInWords(one)}</p>
                  <p className={s.sub}>
                    {one.table}, {plural(reports[index]?.rows ?? 0, 'row')}
                    {reports[index]?.rows_removed ? `, ${plural(reports[index].rows_removed, 'row')} removed` : ''}
                  </p>
                </div>
                <ActionIcon
                  aria-label={`Take back step ${index + 1}`}
                  disabled={change.isPending}
                  onClick={() => change.mutate(steps.filter((_, at) => at !== index))}
                >
                  <IconX size={16} stroke={1.6} />
                </ActionIcon>
              </div>
            ))}
          </Card>
        )}
      </Section>
      <Section title="Add a step" note={table.title}>
        <Card className={s.form}>
          <Choice
            label="What the step does"
            value={step.kind}
            options={KINDS}
            onChange={(kind) => setDraft({ kind: kind as StepKind, table: table.name })}
          />
          <StepFields step={step} columns={table.columns} onChange={setDraft} />
          <div className={s.pendingActions}>
            <Button
              disabled={!isComplete(step) || change.isPending}
              loading={look.isPending}
              title="Shows above what would become of the rows; nothing changes until you publish it"
              onClick={() => look.mutate([...steps, step])}
            >
              Preview
            </Button>
            <Button
              variant="filled"
              disabled={!isComplete(step) || look.isPending}
              loading={change.isPending}
              onClick={() => change.mutate([...steps, step])}
            >
              Add the step
            </Button>
          </div>
        </Card>
        {(change.error ?? look.error) ? <ErrorNotice error={change.error ?? look.error} /> : null}
      </Section>
    </>
  );
}
