/* Drag and drop of cards between columns; the only file that knows dnd-kit, so that it can be swapped. By mouse after
 * 6 px, by touch after a long press, by keyboard from a card's handle. */
import {
  type Announcements,
  DndContext,
  DragOverlay,
  type KeyboardCoordinateGetter,
  KeyboardSensor,
  MouseSensor,
  pointerWithin,
  rectIntersection,
  TouchSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { type ReactNode, useState } from 'react';

export interface DragTexts {
  picked: (id: string) => string;
  over: (column: string) => string;
  dropped: (column: string) => string;
  cancelled: string;
  instructions: string;
}

/* Left and right go from column to column, down to the tray and back. */
const columnByColumn: KeyboardCoordinateGetter = (event, { context, currentCoordinates }) => {
  const { droppableRects, collisionRect } = context;
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -2, ArrowDown: 2 }[event.code];
  if (!step || !collisionRect) return undefined;
  event.preventDefault();
  const middle = collisionRect.left + collisionRect.width / 2;
  const columns = [...droppableRects.entries()].map(([id, rect]) => ({ id: String(id), rect }));
  const inTray = (id: string) => id.startsWith('end:');
  const tray = columns.filter((one) => inTray(one.id));
  const wanted =
    Math.abs(step) === 2
      ? step > 0
        ? tray
        : columns.filter((one) => !inTray(one.id))
      : columns.filter((one) => inTray(one.id) === inTray(String(context.over?.id ?? '')));
  const at = (one: { rect: { left: number; width: number } }) => one.rect.left + one.rect.width / 2;
  const next =
    Math.abs(step) === 2
      ? [...wanted].sort((a, b) => Math.abs(at(a) - middle) - Math.abs(at(b) - middle))[0]
      : wanted
          .filter((one) => (at(one) - middle) * step > 8)
          .sort((a, b) => (at(a) - at(b)) * step)[0];
  if (!next) return currentCoordinates;
  return {
    x: next.rect.left + Math.max(0, (next.rect.width - collisionRect.width) / 2),
    y: next.rect.top + 12,
  };
};

export function DragBoard(props: {
  texts: DragTexts;
  overlay: (id: string) => ReactNode;
  onDrag: (id: string | null) => void;
  onDrop: (id: string, column: string) => void;
  children: ReactNode;
}) {
  const { texts } = props;
  const [active, setActive] = useState<string | null>(null);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 240, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: columnByColumn }),
  );
  const name = (id: unknown) => String(id).replace(/^end:/, '');
  const announcements: Announcements = {
    onDragStart: ({ active: a }) => texts.picked(String(a.id)),
    onDragOver: ({ over }) => (over ? texts.over(name(over.id)) : undefined),
    onDragEnd: ({ over }) => (over ? texts.dropped(name(over.id)) : texts.cancelled),
    onDragCancel: () => texts.cancelled,
  };
  const begin = (id: string | null) => {
    setActive(id);
    props.onDrag(id);
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={(args) => {
        const under = pointerWithin(args);
        return under.length ? under : rectIntersection(args);
      }}
      accessibility={{
        announcements,
        screenReaderInstructions: { draggable: texts.instructions },
      }}
      onDragStart={({ active: a }) => begin(String(a.id))}
      onDragCancel={() => begin(null)}
      onDragEnd={({ active: a, over }) => {
        begin(null);
        if (over) props.onDrop(String(a.id), name(over.id));
      }}
    >
      {props.children}
      <DragOverlay dropAnimation={null}>{active && props.overlay(active)}</DragOverlay>
    </DndContext>
  );
}

/* Listeners for the card's body (mouse, touch) and for its handle (keyboard). */
export function useDragCard(id: string) {
  const { setNodeRef, setActivatorNodeRef, listeners, attributes, isDragging } = useDraggable({
    id,
  });
  const { onKeyDown, ...body } = listeners ?? {};
  return {
    cardRef: setNodeRef,
    handleRef: setActivatorNodeRef,
    body,
    handle: { ...attributes, onKeyDown: onKeyDown as React.KeyboardEventHandler | undefined },
    isDragging,
  };
}

export function useDropColumn(id: string, tray = false) {
  const { setNodeRef, isOver } = useDroppable({ id: tray ? `end:${id}` : id });
  return { columnRef: setNodeRef, isOver };
}
