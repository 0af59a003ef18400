import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changeModel, type ModelChange } from '@/api/models';
import type { Model } from '@/api/types';
import { toast } from '@/components/toast';

/** Saves a change; every page that shows the model learns of it. */
export function useModelChange(model: Model, done: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (schema: ModelChange['schema_definition']) =>
      changeModel(model.id, { version: model.version, schema_definition: schema }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['models'] });
      void client.invalidateQueries({ queryKey: ['source-info', model.source_id] });
      void toast('Saved. Questions use it from now on.');
      done();
    },
  });
}

/** “a, b , c” as a list. */
export const listOf = (text: string) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
