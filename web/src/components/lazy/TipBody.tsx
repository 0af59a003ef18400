import '@mantine/core/styles/Tooltip.layer.css';
import { Tooltip } from '@mantine/core';
import type { TipProps } from '../Tip';

export default function TipBody({ label, children, position, wide }: TipProps) {
  return (
    <Tooltip
      label={label}
      position={position}
      multiline={wide}
      maw={wide ? 320 : undefined}
      openDelay={wide ? 100 : 300}
      events={{ hover: true, focus: true, touch: true }}
    >
      {children}
    </Tooltip>
  );
}
