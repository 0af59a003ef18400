import { Button } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { loadSampleData } from '@/api/files';
import { ErrorNotice } from './ErrorNotice';

/** A made-up data set, for looking around before one's own is at hand. */
export function SampleDataButton({ size = 'sm' }: { size?: 'sm' | 'md' }) {
  const client = useQueryClient();
  const load = useMutation({
    mutationFn: loadSampleData,
    onSuccess: () => client.invalidateQueries({ queryKey: ['files'] }),
  });
  return (
    <>
      <Button
        size={size}
        loading={load.isPending}
        onClick={() => load.mutate()}
        leftSection={<IconFlask size={16} stroke={1.6} />}
      >
        Try sample data
      </Button>
      {load.error ? <ErrorNotice error={load.error} /> : null}
    </>
  );
}
