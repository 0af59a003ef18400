import { useQueryClient } from '@tanstack/react-query';
import { deleteFile } from '@/api/files';
import type { FileList } from '@/api/types';
import { ConfirmDialog } from './ConfirmDialog';

/** Deleting a file takes its source with it, so it is asked. */
export function DeleteFileDialog({
  id,
  name,
  onClose,
  onDeleted,
}: {
  id: string;
  name: string;
  onClose: () => void;
  onDeleted?: () => void;
}) {
  const client = useQueryClient();
  const remove = async () => {
    await deleteFile(id);
    client.setQueryData<FileList>(['files'], (list) =>
      list ? { ...list, files: list.files.filter((file) => file.id !== id), total_count: list.total_count - 1 } : list,
    );
    client.removeQueries({ queryKey: ['source-info', id] });
    void client.invalidateQueries({ queryKey: ['sources'] });
    onDeleted?.();
  };
  return (
    <ConfirmDialog title="Delete this file?" action="Delete" onConfirm={remove} onClose={onClose}>
      <b>{name}</b> goes with its tables, its profile and its model. Answers that were computed from it stay in their
      conversations. This can not be undone.
    </ConfirmDialog>
  );
}
