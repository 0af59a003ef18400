import { Button, Group } from '@mantine/core';

/** A message with what can be done about it. */
export default function ToastAction({
  message,
  label,
  onClick,
}: {
  message: string;
  label: string;
  onClick: () => void;
}) {
  return (
    <Group justify="space-between" wrap="nowrap" gap={12}>
      <span>{message}</span>
      <Button size="compact-sm" onClick={onClick}>
        {label}
      </Button>
    </Group>
  );
}
