import { useQueryClient } from '@tanstack/react-query';
import { createQuery } from '@/api/saved-queries';
import { toast } from '@/components/toast';
import { fieldsOf, savedState } from '../saved';
import { useTabs } from '../tabs';
import type { PanelProps } from './Panels';
import { QueryForm } from './QueryForm';
import { closePanel } from './store';

/** What the tab holds, as a saved query of its own; of a saved one, another. */
export default function SavePanel({ tab }: PanelProps) {
  const client = useQueryClient();
  const change = useTabs((tabs) => tabs.change);
  return (
    <QueryForm
      initial={{
        name: tab.saved ? `${tab.title} (copy)` : tab.title,
        description: '',
        folder: '',
        tags: [],
        shared: false,
        definitions: tab.definitions,
      }}
      action="Save"
      mayShare
      onSave={async (fields) => {
        const query = await createQuery({ ...fieldsOf(tab), ...fields });
        change(tab.id, { title: query.name, saved: savedState(query), definitions: query.parameter_definitions });
        void client.invalidateQueries({ queryKey: ['saved-queries'] });
        closePanel();
        void toast(`Saved as “${query.name}”.`);
      }}
    />
  );
}
