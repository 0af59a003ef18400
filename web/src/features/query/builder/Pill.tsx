import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { IconGripVertical, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import q from '../query.module.css';
import s from './shelves.module.css';

/** One thing on a shelf: dragged by its grip (with the keyboard: space, arrows, space), changed in place. */
export function Pill({
  id,
  name,
  children,
  onRemove,
}: {
  id: string;
  name: string;
  children: ReactNode;
  onRemove: () => void;
}) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id,
  });
  return (
    <div
      ref={setNodeRef}
      className={s.pill}
      style={{
        transform: CSS.Translate.toString(transform),
        transition: transition ?? undefined,
        opacity: isDragging ? 0.5 : 1,
      }}
    >
      <button
        type="button"
        ref={setActivatorNodeRef}
        className={s.grip}
        aria-label={`Move ${name}`}
        {...attributes}
        {...listeners}
      >
        <IconGripVertical size={14} stroke={1.6} />
      </button>
      <div className={s.pillBody}>{children}</div>
      <button type="button" className={q.tabClose} aria-label={`Remove ${name}`} onClick={onRemove}>
        <IconX size={12} stroke={1.8} />
      </button>
    </div>
  );
}
