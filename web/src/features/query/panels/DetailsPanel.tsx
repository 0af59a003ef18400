import { useQuery, useQueryClient } from '@tanstack/react-query';
import { changeQuery, savedQueryQuery } from '@/api/saved-queries';
import { ErrorNotice } from '@/components/ErrorNotice';
import { Bone } from '@/components/primitives';
import { toast } from '@/components/toast';
import { keepSaved } from '../opening';
import { useTabs } from '../tabs';
import type { PanelProps } from './Panels';
import { QueryForm } from './QueryForm';
import { closePanel } from './store';

/** Name, description, folder, tags, sharing and parameters of a saved query. */
export default function DetailsPanel({ id }: PanelProps) {
  const client = useQueryClient();
  const { data: query, error, refetch } = useQuery({ ...savedQueryQuery(id), staleTime: 0 });
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!query) return <Bone height={240} />;
  return (
    <QueryForm
      key={query.updated_at}
      initial={{
        name: query.name,
        description: query.description,
        folder: query.folder,
        tags: query.tags,
        shared: query.shared,
        definitions: query.parameter_definitions,
      }}
      reference={query.reference}
      action="Save"
      mayShare={query.owned}
      onSave={async ({ shared, ...fields }) => {
        const changed = await changeQuery(id, query.owned ? { ...fields, shared } : fields);
        const { tabs, change } = useTabs.getState();
        for (const tab of tabs)
          if (tab.saved?.id === id) change(tab.id, { definitions: changed.parameter_definitions });
        keepSaved(changed);
        void client.invalidateQueries({ queryKey: ['saved-queries'] });
        closePanel();
        void toast('Saved.');
      }}
    />
  );
}
