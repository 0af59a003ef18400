import { useQuery } from '@tanstack/react-query';
import { modelsQuery } from '@/api/models';
import type { Source } from '@/api/types';
import { Empty } from '@/components/Empty';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone, Section } from '@/components/primitives';
import { ColumnMeanings } from './ColumnMeanings';
import { JoinEditor } from './JoinEditor';
import { Metrics } from './Metrics';
import { ModelDiagram } from './ModelDiagram';
import { ModelHistory } from './ModelHistory';

/** What the tables and columns of a source mean to questions, and where that is changed. */
export default function ModelTab({ source, table }: { source: Source; table: string | undefined }) {
  const models = useQuery(modelsQuery);
  if (models.error) return <ErrorNotice error={models.error} onRetry={() => void models.refetch()} />;
  if (!models.data) {
    return (
      <>
        <Bone height={160} />
        <Bone height={320} />
      </>
    );
  }
  const model = models.data.models.find((one) => one.source_id === source.source_id);
  if (!model) {
    return <Empty sentence="The meaning of this source is not known yet. Sync its features to have it worked out." />;
  }
  const { tables, joins } = model.schema_definition;
  const others = models.data.models.filter((one) => one.id !== model.id).flatMap((one) => one.schema_definition.tables);
  const shown = tables.find((one) => one.name === table) ?? tables[0];
  return (
    <>
      <Section title="Tables and joins" note="compared value by value">
        <ModelDiagram own={tables} all={others} joins={joins} />
        <JoinEditor model={model} others={others} />
      </Section>
      <Metrics key={model.version} model={model} />
      {shown ? (
        <Section title={`Columns of ${shown.display_name}`}>
          <ColumnMeanings key={`${shown.name} ${model.version}`} model={model} table={shown} />
        </Section>
      ) : null}
      <ModelHistory model={model} />
    </>
  );
}
