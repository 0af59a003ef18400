import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/Splitter.layer.css';
import {
  DndContext,
  type DragEndEvent,
  DragOverlay,
  KeyboardSensor,
  MouseSensor,
  pointerWithin,
  rectIntersection,
  TouchSensor,
  useDraggable,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { sortableKeyboardCoordinates } from '@dnd-kit/sortable';
import { Splitter } from '@mantine/core';
import { IconAlertCircle, IconShieldCheck } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';
import { asApiError } from '@/api/errors';
import { Bone } from '@/components/primitives';
import s from '../query.module.css';
import { SchemaTree } from '../SchemaTree';
import type { SchemaColumn } from '../schema';
import type { QueryTab } from '../tabs';
import type { useSchema } from '../useSchema';
import { withComputed } from './computed';
import {
  addColumn,
  addMeasure,
  countRows,
  moveWithin,
  putAcross,
  type Shelf,
  splitsOf,
  usualShelf,
  withFreshColumns,
} from './edit';
import { Joins } from './Joins';
import { EMPTY, isEmpty, type Reading } from './reading';
import { Shelves } from './Shelves';
import type { Composition } from './useComposition';
import { columnOf } from './words';

function Draggable({ column, children }: { column: SchemaColumn; children: ReactNode }) {
  const { listeners, setNodeRef } = useDraggable({ id: `col:${column.table}:${column.name}`, data: { column } });
  return (
    <div ref={setNodeRef} {...listeners} role="none" className={s.draggable}>
      {children}
    </div>
  );
}

/** The shelf that something was dropped on, and the place within it. */
function target(over: string): { shelf: Shelf; index: number | undefined } {
  const [first = '', second] = over.split(':');
  return first === 'shelf'
    ? { shelf: second as Shelf, index: undefined }
    : { shelf: first as Shelf, index: Number(second) };
}

export interface VisualPaneProps {
  tab: QueryTab;
  schema: ReturnType<typeof useSchema>;
  composition: Composition;
  narrow: boolean;
  notes: string[];
  onChange: (reading: Reading) => void;
  result: ReactNode;
}

/** Fields are dragged from the schema to shelves; what they say runs while one builds. */
export default function VisualPane({ tab, schema, composition, narrow, notes, result, ...props }: VisualPaneProps) {
  const onChange = (next: Reading) => props.onChange(withFreshColumns(next));
  const reading = tab.reading ?? EMPTY;
  const [dragged, setDragged] = useState<string | null>(null);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const used = useMemo(() => {
    const refs = [
      ...reading.columns,
      ...reading.measures,
      ...reading.dimensions,
      ...reading.filters.flatMap((filter) => filter.any_of),
    ];
    return new Set(refs.map((ref) => `${ref.table}.${ref.column}`));
  }, [reading]);
  const end = ({ active, over }: DragEndEvent) => {
    setDragged(null);
    if (!over) return;
    const to = target(String(over.id));
    const column = active.data.current?.column as SchemaColumn | undefined;
    if (column) {
      onChange(addColumn(reading, to.shelf, column, to.index));
      return;
    }
    const from = target(String(active.id));
    if (from.index === undefined) return;
    if (from.shelf === to.shelf) {
      if (to.index !== undefined && to.index !== from.index)
        onChange(moveWithin(reading, to.shelf, from.index, to.index));
      return;
    }
    // Groups move between rows and columns.
    if (from.shelf === 'across' && to.shelf === 'split') {
      onChange(putAcross(reading, -1));
      return;
    }
    // From one shelf to another: the column goes there too.
    const held =
      from.shelf === 'measures'
        ? reading.measures[from.index]
        : from.shelf === 'filters'
          ? reading.filters[from.index]?.any_of[0]
          : splitsOf(reading)[from.index];
    const known = held ? columnOf(withComputed(schema.tables, reading.computed ?? []), held) : undefined;
    if (known) onChange(addColumn(reading, to.shelf, known, to.index));
  };
  const error = composition.error ? asApiError(composition.error) : null;
  const tree = (
    <SchemaTree
      tables={schema.tables}
      loading={schema.loading}
      error={schema.error}
      onRetry={schema.retry}
      pickWord="Add"
      used={used}
      onPick={(name) =>
        onChange(
          'columns' in name ? addMeasure(reading, countRows(name.name)) : addColumn(reading, usualShelf(name), name),
        )
      }
      wrapColumn={(column, row) => (
        <Draggable key={`${column.table}.${column.name}`} column={column}>
          {row}
        </Draggable>
      )}
    />
  );
  const builder = (
    <div className={`${s.pane} ${s.builder}`}>
      {isEmpty(reading) ? (
        <p className={s.words}>
          Drag a field to a shelf, or choose one there. <b>Measures</b> are summed up, <b>Split by</b> makes the groups.
        </p>
      ) : (
        <p className={s.words} aria-live="polite">
          {composition.reply ? <b>{composition.reply.sentence}</b> : <Bone width="70%" />}
        </p>
      )}
      <Shelves reading={reading} schema={schema.tables} onChange={onChange} />
      <Joins reading={reading} links={composition.reply?.links ?? []} onChange={onChange} />
      {notes.map((note) => (
        <p key={note} className={s.join}>
          {note}
        </p>
      ))}
      {error ? (
        <div className={s.check} data-tone="bad" role="alert">
          <IconAlertCircle size={16} stroke={1.6} />
          <span>
            {error.message} {error.hint}
          </span>
        </div>
      ) : composition.reply && !isEmpty(reading) ? (
        <div className={s.check}>
          <IconShieldCheck size={16} stroke={1.6} />
          <span>
            {composition.reply.joins.length === 0 ? 'One table, nothing can be counted twice.' : null}
            {composition.reply.joins.map((join) => (
              <span key={join} className={s.checkLine}>
                {join}
              </span>
            ))}
            {composition.reply.implied.map((words) => (
              <span key={words} className={s.checkLine}>
                Only rows where {words}.
              </span>
            ))}
          </span>
        </div>
      ) : null}
    </div>
  );
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={(args) => {
        const within = pointerWithin(args);
        return within.length > 0 ? within : rectIntersection(args);
      }}
      onDragStart={({ active }) => setDragged((active.data.current?.column as SchemaColumn | undefined)?.name ?? '')}
      onDragEnd={end}
      onDragCancel={() => setDragged(null)}
    >
      {narrow ? (
        <div className={s.stack}>
          {builder}
          {result}
          <details className={s.phoneSchema}>
            <summary>Tables and columns</summary>
            {tree}
          </details>
        </div>
      ) : (
        <Splitter className={s.panes ?? ''} lineSize={1} handleColor="var(--border)" withHandle={false}>
          <Splitter.Pane defaultSize="232px" min="180px">
            {tree}
          </Splitter.Pane>
          <Splitter.Pane defaultSize="348px" min="280px">
            {builder}
          </Splitter.Pane>
          <Splitter.Pane defaultSize={100} min={30}>
            {result}
          </Splitter.Pane>
        </Splitter>
      )}
      <DragOverlay dropAnimation={null}>{dragged ? <div className={s.overlay}>{dragged}</div> : null}</DragOverlay>
    </DndContext>
  );
}
