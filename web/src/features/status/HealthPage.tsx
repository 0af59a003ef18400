import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { healthQuery } from '@/api/health';
import { Ago } from '@/components/Ago';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone, Dot, Page, PageHead, ScrollCard, ui } from '@/components/primitives';
import { duration } from '@/lib/format';
import { capital } from '@/lib/words';
import s from './status.module.css';

/** Whether everything works, said in a sentence and checked by doing the real thing. */
export default function HealthPage() {
  const health = useQuery(healthQuery);
  const { data, error, dataUpdatedAt, errorUpdatedAt } = health;
  const works = data && !error;
  const detailed = data?.components.some((component) => component.detail !== '');
  const checked = new Date(Math.max(dataUpdatedAt, errorUpdatedAt)).toISOString();
  return (
    <Page>
      <PageHead
        title={
          health.isPending ? <Bone width={220} height={20} /> : works ? 'All systems work' : 'Something does not work'
        }
        lede={
          health.isPending ? undefined : (
            <>
              Checked <Ago time={checked} />, by a real query in each place.
            </>
          )
        }
        actions={
          <Button
            leftSection={<IconRefresh size={16} stroke={1.6} />}
            loading={health.isFetching}
            onClick={() => void health.refetch()}
          >
            Check now
          </Button>
        }
      />
      {error ? <ErrorNotice error={error} /> : null}
      {works ? (
        <ScrollCard label="Components">
          <table className={ui.table}>
            <thead>
              <tr>
                <th>Component</th>
                <th>State</th>
                <th className={ui.num}>Answered in</th>
                {detailed ? <th>Detail</th> : null}
              </tr>
            </thead>
            <tbody>
              {data.components.map((component) => (
                <tr key={component.name}>
                  <td className={s.component}>{capital(component.name)}</td>
                  <td>
                    <span className={s.state}>
                      <Dot tone={component.status === 'ok' ? 'good' : 'bad'} />
                      {component.status === 'ok' ? 'Works' : 'Fails'}
                    </span>
                  </td>
                  <td className={ui.num}>{duration(component.latency_ms)}</td>
                  {detailed ? <td className={s.detail}>{component.detail}</td> : null}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollCard>
      ) : null}
      {health.isPending ? <Bone height={140} /> : null}
    </Page>
  );
}
