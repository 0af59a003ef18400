import { useDroppable } from '@dnd-kit/core';
import { SortableContext, verticalListSortingStrategy } from '@dnd-kit/sortable';
import type { ReactNode } from 'react';
import type { Shelf as ShelfName } from './edit';
import s from './shelves.module.css';

/** A named place that fields are dropped on. */
export function Shelf({
  id,
  name,
  items,
  children,
  add,
}: {
  id: ShelfName;
  name: string;
  /** Places on the list that this shelf shows some of. */
  items: number[];
  children: ReactNode;
  add: ReactNode;
}) {
  const { setNodeRef, isOver } = useDroppable({ id: `shelf:${id}` });
  return (
    <section className={s.shelf} aria-label={name}>
      <h3 className={s.shelfName}>{name}</h3>
      <div className={s.slots} ref={setNodeRef} data-over={isOver}>
        <SortableContext items={items.map((index) => `${id}:${index}`)} strategy={verticalListSortingStrategy}>
          {children}
        </SortableContext>
        {add}
      </div>
    </section>
  );
}
