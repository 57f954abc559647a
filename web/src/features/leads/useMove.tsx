/* Moving a card: at once where nothing is asked, through the action's form where something is; back again with the
 * server's words if it refuses. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { ApiError, api } from '@/shared/api/client';
import { refreshAll } from '@/shared/api/hooks';
import { labelIn, useLang, useT } from '@/shared/i18n';
import { type ActionMeta, fieldOf, type Row } from '@/shared/meta/types';
import { useEntity, useMe } from '@/shared/session';
import { errorText } from '@/shared/ui';
import { moveTo } from './flow';
import { useText } from './text';
import type { Board, Card, Column } from './types';

const ActionDialog = lazy(() =>
  import('@/shared/meta/ActionDialog').then((module) => ({ default: module.ActionDialog })),
);

type Mover = Pick<Card, 'id' | 'name' | 'stage'> & Partial<Card>;
interface Asked {
  card: Mover;
  stage: string | null;
  action: ActionMeta;
  version: number | undefined;
}

function shifted(column: Column, card: Card, by: 1 | -1): Column {
  const items = column.items.filter((one) => one.id !== card.id);
  const area = (Number(column.area) + by * Number(card.area)).toFixed(2);
  return {
    ...column,
    items: by > 0 ? [{ ...card, stage: column.stage }, ...items] : items,
    count: column.count + by,
    area,
  };
}

/* The board as it will be once the server has agreed. */
export function boardAfter(board: Board, card: Card, stage: string): Board {
  return {
    columns: board.columns.map((column) => {
      if (column.stage === card.stage) return shifted(column, card, -1);
      return column.stage === stage ? shifted(column, card, 1) : column;
    }),
  };
}

export function complaint(error: unknown, network: string): string {
  const fields = error instanceof ApiError ? error.fields.map((one) => one.message) : [];
  return fields.length ? fields.join('；') : errorText(error, network);
}

export function useMove(): {
  move: (card: Mover, stage: string) => void;
  act: (card: Mover, action: string) => void;
  dialog: ReactNode;
} {
  const t = useText();
  const base = useT();
  const lang = useLang();
  const me = useMe();
  const meta = useEntity('lead');
  const client = useQueryClient();
  const { message } = App.useApp();
  const [asked, setAsked] = useState<Asked>();
  const stageName = (stage: string) =>
    labelIn(
      (meta && fieldOf(meta, 'stage')?.options?.find((one) => one.value === stage)?.label) || stage,
      lang,
    );

  const optimistic = useMutation({
    mutationFn: ({ card, stage }: { card: Mover; stage: string }) => {
      // A move without a form keeps the date of the next call, if it lies ahead.
      const keep = card.next_follow_on && card.next_follow_on >= me.today;
      return api.post(`/api/lead/${card.id}/move`, {
        stage,
        version: card.version,
        ...(keep && stage !== 'dormant' ? { next_on: card.next_follow_on } : {}),
      });
    },
    onMutate: async ({ card, stage }) => {
      await client.cancelQueries({ queryKey: ['board'] });
      const before = client.getQueriesData<Board>({ queryKey: ['board'] });
      client.setQueriesData<Board>({ queryKey: ['board'] }, (board) =>
        board ? boardAfter(board, card as Card, stage) : board,
      );
      return before;
    },
    onError: (error, _, before) => {
      for (const [key, board] of before ?? []) client.setQueryData(key, board);
      message.error(complaint(error, base('state.network')), 5);
    },
    onSuccess: (_, { card, stage }) =>
      message.success(t('moved', { name: card.name, stage: stageName(stage) })),
    onSettled: () => refreshAll(client),
  });

  /* Opens the form of an action as the record offers it now. */
  const ask = async (card: Mover, name: string, stage: string | null) => {
    try {
      const row = await api.get<Row>(`/api/lead/${card.id}`);
      const action = row.actions?.find((one) => one.name === name);
      if (action) setAsked({ card, stage, action, version: row.version });
      else message.warning(t('noRight'));
    } catch (error) {
      message.error(complaint(error, base('state.network')));
    }
  };
  const move = (card: Mover, stage: string) => {
    if (card.stage === stage) return;
    const found = moveTo(card.stage, stage);
    if (found?.asks) ask(card, found.action, stage);
    else optimistic.mutate({ card, stage });
  };
  const run = async (values: Record<string, unknown>, key: string) => {
    if (!asked) return;
    const { card, stage, action, version } = asked;
    const path = stage ? 'move' : action.name;
    await api.post(
      `/api/lead/${card.id}/${path}`,
      {
        ...(action.name === 'follow_up' ? {} : { version }),
        ...(stage ? { stage } : {}),
        ...values,
      },
      { key },
    );
    setAsked(undefined);
    message.success(
      stage
        ? t('moved', { name: card.name, stage: stageName(stage) })
        : base('detail.actionDone', { what: labelIn(action.label, lang) }),
    );
    await refreshAll(client);
  };
  return {
    move,
    act: (card, action) => ask(card, action, null),
    dialog: asked && (
      <Suspense fallback={null}>
        <ActionDialog
          action={asked.action}
          title={`${labelIn(asked.action.label, lang)} ${asked.card.name}`}
          onRun={run}
          onClose={() => setAsked(undefined)}
        />
      </Suspense>
    ),
  };
}
