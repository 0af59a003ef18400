import { Button } from '@mantine/core';
import { IconArrowFork, IconBookmark, IconRosetteDiscountCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { asApiError } from '@/api/errors';
import { markGolden } from '@/api/golden';
import { teach } from '@/api/teachings';
import type { Answer } from '@/api/types';
import { toast } from '@/components/toast';
import s from './conversation.module.css';

/** What can be done with an answer that stands: go on from it later, have it always read so, vouch for it. */
export function TurnActions({
  answer,
  question,
  onBranch,
}: {
  answer: Answer;
  question: string;
  onBranch: (() => void) | undefined;
}) {
  const client = useQueryClient();
  const pin = useMutation({
    mutationFn: () => teach('question', question, { reading: answer.reading?.logical }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['teachings'] });
      void toast('This question is read so from now on, for everyone here.');
    },
    onError: (error) => void toast(asApiError(error).message, { bad: true }),
  });
  const vouch = useMutation({
    mutationFn: () => markGolden(answer.turn_id),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['golden'] });
      void toast('You are told when this answer changes.');
    },
    onError: (error) => void toast(asApiError(error).message, { bad: true }),
  });
  if (answer.status !== 'answered' || !answer.reading || !answer.receipt) return null;
  return (
    <div className={s.turnActions}>
      {onBranch ? (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconArrowFork size={14} stroke={1.6} />}
          onClick={onBranch}
        >
          Go on from here
        </Button>
      ) : null}
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconBookmark size={14} stroke={1.6} />}
        loading={pin.isPending}
        onClick={() => pin.mutate()}
      >
        Always read it so
      </Button>
      {answer.generated_query ? (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconRosetteDiscountCheck size={14} stroke={1.6} />}
          loading={vouch.isPending}
          onClick={() => vouch.mutate()}
        >
          Vouch for it
        </Button>
      ) : null}
    </div>
  );
}
