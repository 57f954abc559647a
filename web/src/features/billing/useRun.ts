/* The run that is being posted or undone, if any, and driving it: steps are called until it has ended. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { ApiError, api, newKey } from '@/shared/api/client';
import { refreshAll } from '@/shared/api/hooks';
import { formatMoney } from '@/shared/format';
import { useT } from '@/shared/i18n';
import type { Page } from '@/shared/meta/types';
import { errorText } from '@/shared/ui';
import { useText } from './text';
import type { Run } from './types';

const PAUSE_MS = 150;
const POLL_MS = 1500;

const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

export interface RunUnderWay {
  current: Run | undefined;
  driving: boolean;
  /* Takes a run, as begun or undone, to its end. */
  drive: (run: Run) => Promise<void>;
}

export function useRunUnderWay(): RunUnderWay {
  const t = useText();
  const base = useT();
  const client = useQueryClient();
  const { message } = App.useApp();
  const found = useQuery({
    queryKey: ['list', 'bill_run', 'under_way'],
    queryFn: ({ signal }) =>
      api.get<Page>('/api/bill_run', { state: 'running,undoing', page: 1, size: 1 }, signal),
    refetchInterval: (query) => (query.state.data?.items.length ? POLL_MS : false),
  });
  const [driven, setDriven] = useState<Run>();
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false; // the job runner goes on with it
    };
  }, []);

  const drive = async (begun: Run) => {
    let run = begun;
    setDriven(run);
    try {
      while (here.current && (run.state === 'running' || run.state === 'undoing')) {
        const before = run;
        run = await api.post<Run>(`/api/bill_run/${run.id}/step`, {}, { key: newKey() });
        setDriven(run);
        // Somebody else is at it just now.
        if (run.visited === before.visited && run.voided === before.voided) await pause();
      }
      if (run.state === 'posted')
        message.success(
          t('posted', { no: run.no, n: run.charges, amount: formatMoney(run.gross) }),
          6,
        );
      if (run.state === 'undone') message.success(t('undone', { no: run.no }), 6);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      message.error(errorText(error, base('state.network')), 8);
    } finally {
      setDriven(undefined);
      await refreshAll(client);
    }
  };
  const current = driven ?? ((found.data?.items[0] as Run | undefined) || undefined);
  return { current, driving: driven !== undefined, drive };
}
