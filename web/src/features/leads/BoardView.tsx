/* The columns of the board. Desktop: side by side, each scrolls. Phone: one column a screen, with a strip of stages. */
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { api } from '@/shared/api/client';
import { formatDecimal } from '@/shared/format';
import { useLabel } from '@/shared/i18n';
import { usePhone } from '@/shared/prefs';
import { useMay, useMe } from '@/shared/session';
import { CardMenu, type MenuChoice } from './CardMenu';
import { CardFace, LeadCard } from './CardView';
import { DragBoard, useDropColumn } from './dnd';
import { ENDS, moveTo } from './flow';
import { useText } from './text';
import type { Board, Card, Column } from './types';
import { useMove } from './useMove';

export function BoardView(props: { board: Board; owner: string | undefined }) {
  const t = useText();
  const label = useLabel();
  const me = useMe();
  const may = useMay();
  const phone = usePhone();
  const navigate = useNavigate();
  const { columns } = props.board;
  const { move, act, dialog } = useMove();
  const [dragged, setDragged] = useState<string | null>(null);
  const [menu, setMenu] = useState<{ card: Card; anchor: HTMLElement } | null>(null);
  const lane = useRef<HTMLDivElement>(null);
  const cards = useMemo(
    () => new Map(columns.flatMap((column) => column.items.map((card) => [card.id, card]))),
    [columns],
  );
  const nameOf = (stage: string) => {
    const column = columns.find((one) => one.stage === stage);
    if (column) return label(column.label);
    return stage === 'lost' || stage === 'dormant' ? t(stage) : stage;
  };
  const openMenu = useCallback((card: Card, anchor: HTMLElement) => setMenu({ card, anchor }), []);
  const active = dragged ? cards.get(dragged) : undefined;
  const ends = ENDS.filter((end) => !columns.some((column) => column.stage === end));
  const choices = (card: Card): MenuChoice[] => [
    { key: 'open', label: t('open'), onPick: () => navigate(`/e/lead/${card.id}`) },
    { key: 'follow', label: t('followUp'), onPick: () => act(card, 'follow_up') },
    ...(may('floor.read')
      ? [{ key: 'match', label: t('match'), onPick: () => navigate(`/floor?match=${card.id}`) }]
      : []),
    ...[...columns.map((column) => column.stage), ...ends]
      .filter((stage) => moveTo(card.stage, stage))
      .map((stage) => ({
        key: stage,
        group: t('moveTo'),
        label: nameOf(stage),
        danger: stage === 'lost',
        onPick: () => move(card, stage),
      })),
  ];

  return (
    <>
      {phone && (
        <nav className="stage-strip" aria-label={t('stage')}>
          {columns.map((column, i) => (
            <button
              key={column.stage}
              type="button"
              onClick={() =>
                lane.current?.children[i]?.scrollIntoView({
                  behavior: 'smooth',
                  inline: 'center',
                  block: 'nearest',
                })
              }
            >
              {label(column.label)}
              <em>{column.count}</em>
            </button>
          ))}
        </nav>
      )}
      <DragBoard
        texts={{
          picked: (id) => t('picked', { name: cards.get(id)?.name ?? '' }),
          over: (stage) => t('over', { stage: nameOf(stage) }),
          dropped: (stage) => t('dropped', { stage: nameOf(stage) }),
          cancelled: t('cancelled'),
          instructions: t('handle', { name: '' }),
        }}
        onDrag={(id) => {
          setDragged(id);
          setMenu(null);
        }}
        onDrop={(id, stage) => {
          const card = cards.get(id);
          if (card) move(card, stage);
        }}
        overlay={(id) => {
          const card = cards.get(id);
          return card ? (
            <div className="lead-card lifted">
              <div className="card-title">
                <b className="cut">{card.name}</b>
              </div>
              <CardFace card={card} today={me.today} />
            </div>
          ) : null;
        }}
      >
        <div className={`lane${dragged ? ' is-dragging' : ''}`} ref={lane}>
          {columns.map((column) => (
            <ColumnView
              key={column.stage}
              column={column}
              today={me.today}
              owner={props.owner}
              target={active ? Boolean(moveTo(active.stage, column.stage)) : null}
              home={active?.stage === column.stage}
              onMenu={openMenu}
            />
          ))}
        </div>
        {active && ends.length > 0 && (
          <div className="ends">
            {ends.map((end) => (
              <End key={end} stage={end} able={Boolean(moveTo(active.stage, end))} />
            ))}
          </div>
        )}
      </DragBoard>
      {menu && (
        <CardMenu
          key={menu.card.id}
          label={t('moveMenu', { name: menu.card.name })}
          anchor={menu.anchor}
          choices={choices(menu.card)}
          onClose={() => setMenu(null)}
        />
      )}
      {dialog}
    </>
  );
}

function ColumnView(props: {
  column: Column;
  today: string;
  owner: string | undefined;
  /* Whether the card in the air may go here; null while none is. */
  target: boolean | null;
  home: boolean;
  onMenu: (card: Card, anchor: HTMLElement) => void;
}) {
  const t = useText();
  const label = useLabel();
  const { column, target } = props;
  const { columnRef, isOver } = useDropColumn(column.stage);
  const state = target === null || props.home ? '' : target ? ' can' : ' cannot';
  return (
    <section
      ref={columnRef}
      className={`lane-column${state}${isOver ? ' over' : ''}`}
      aria-label={label(column.label)}
    >
      <header>
        <span className={`dot ink-${column.tone}`} />
        <h2>{label(column.label)}</h2>
        <span className="count">{column.count}</span>
        <span className="grow num">
          {Number(column.area) > 0 && `${formatDecimal(column.area, 0)} ㎡`}
        </span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <ul tabIndex={0} aria-label={label(column.label)}>
        {column.items.map((card) => (
          <LeadCard key={card.id} card={card} today={props.today} onMenu={props.onMenu} />
        ))}
        {column.items.length === 0 && (
          <li className="lane-empty">{target ? t('dropHere') : t('empty')}</li>
        )}
        {column.next && (
          <li>
            <More column={column} owner={props.owner} />
          </li>
        )}
      </ul>
    </section>
  );
}

function End({ stage, able }: { stage: 'lost' | 'dormant'; able: boolean }) {
  const t = useText();
  const { columnRef, isOver } = useDropColumn(stage, true);
  return (
    <div
      ref={columnRef}
      className={`end end-${stage}${able ? '' : ' cannot'}${isOver ? ' over' : ''}`}
    >
      {t(stage)}
    </div>
  );
}

/* The cards after the last one shown, appended to the column. */
function More({ column, owner }: { column: Column; owner: string | undefined }) {
  const t = useText();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const load = async () => {
    setBusy(true);
    try {
      const answer = await api.get<Board>('/api/lead/board', {
        stage: column.stage,
        after: column.next,
        owner_id: owner,
      });
      const next = answer.columns[0];
      if (!next) return;
      client.setQueryData<Board>(['board', owner ?? 'all'], (board) =>
        board
          ? {
              columns: board.columns.map((one) =>
                one.stage === column.stage
                  ? { ...one, items: [...one.items, ...next.items], next: next.next }
                  : one,
              ),
            }
          : board,
      );
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button block size="small" loading={busy} onClick={() => load().catch(() => undefined)}>
      {t('more')}
    </Button>
  );
}
